package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tfl.language.source.Location;
import tfl.tensor.TensorType;

/** Forward mode: each value has its tangent beside it. */
public final class ForwardOps<V> implements Ops<ForwardOps.Dual<V>> {
    private final Ops<V> ops;

    /** A value and its tangent, of the same type; null is zero. */
    public record Dual<V>(V primal, V tangent) {}

    public ForwardOps(Ops<V> ops) {
        this.ops = ops;
    }

    @Override
    public List<Dual<V>> apply(Primitive primitive, List<Dual<V>> inputs) {
        var primals = inputs.stream().map(Dual::primal).toList();
        var tangents = new ArrayList<V>();
        inputs.forEach(input -> tangents.add(input.tangent()));
        boolean moves = tangents.stream().anyMatch(tangent -> tangent != null);
        var pushed = moves ? primitive.push(ops, primals, tangents) : still(ops.apply(primitive, primals));
        var duals = new ArrayList<Dual<V>>();
        for (int k = 0; k < pushed.outputs().size(); k++) {
            duals.add(new Dual<>(pushed.outputs().get(k), pushed.tangents().get(k)));
        }
        return duals;
    }

    private static <V> Primitive.Pushed<V> still(List<V> outputs) {
        return new Primitive.Pushed<>(outputs, Collections.nCopies(outputs.size(), null));
    }

    @Override
    public void at(Location place) {
        ops.at(place);
    }

    @Override
    public TensorType type(Dual<V> value) {
        return ops.type(value.primal());
    }

    @Override
    public Dual<V> full(TensorType type, double value) {
        return new Dual<>(ops.full(type, value), null);
    }
}
