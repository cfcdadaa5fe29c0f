package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import tfl.primitive.ForwardOps;
import tfl.primitive.ForwardOps.Dual;
import tfl.primitive.Primitive;
import tfl.tensor.TensorValue;

/** Forward mode: tangents are pushed through each operation as it runs. For one thread at a time. */
public final class Forward extends Level {
    private final EagerOps ops;

    /** Opens the innermost level. */
    public Forward(EagerOps ops) {
        this.ops = ops;
    }

    /**
     * A value that moves.
     *
     * @param tangent of the value's type
     * @param weak whether it stands for a number of the language
     */
    public TensorValue lift(TensorValue value, TensorValue tangent, boolean weak) {
        return new Moving(this, value, tangent, weak);
    }

    /** The value one level further out. */
    public TensorValue primal(TensorValue value) {
        return value instanceof Moving moving && moving.level() == this ? moving.primal() : value;
    }

    /** The tangent of a value, null where zero. */
    public TensorValue tangent(TensorValue value) {
        return value instanceof Moving moving && moving.level() == this ? moving.tangent() : null;
    }

    @Override
    List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs) {
        var duals = new ArrayList<Dual<TensorValue>>();
        inputs.forEach(input -> duals.add(new Dual<>(primal(input), tangent(input))));
        try (var rules = new RuleOps(ops)) {
            var results = new ArrayList<TensorValue>();
            for (var dual : new ForwardOps<>(rules).apply(primitive, duals)) {
                duals.forEach(input -> share(input, dual));
                rules.keep(dual.primal());
                if (dual.tangent() != null) {
                    rules.keep(dual.tangent());
                }
                results.add(dual.tangent() == null ? dual.primal()
                        : new Moving(this, dual.primal(), dual.tangent(), false));
            }
            return results;
        }
    }

    // Where a rule hands on what it was given, two values own the same tensor; neither may free it for the other.
    private static void share(Dual<TensorValue> input, Dual<TensorValue> result) {
        if (result.primal() == input.primal()) {
            result.primal().pin();
        }
        if (result.tangent() != null && result.tangent() == input.tangent()) {
            result.tangent().pin();
        }
    }
}
