package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import tfl.kernel.BinaryOp;
import tfl.language.source.Location;
import tfl.tensor.TensorType;

/** Reverse mode over any kind of values: remembers what was applied, and pulls cotangents back through it. */
public final class ReverseOps<V> implements Ops<ReverseOps.Noted<V>> {
    private static final Binary ADD = new Binary(BinaryOp.ADD);

    private final Ops<V> ops;
    private final List<Entry<V>> entries = new ArrayList<>();
    private Location place = Location.NONE;

    /** A value, and where it comes from; entry -1 is that of a constant. */
    public record Noted<V>(V value, int entry, int output) {}

    /** One application; primitive null is a leaf. */
    private record Entry<V>(Primitive primitive, List<Noted<V>> inputs, List<V> outputs, Location at) {}

    public ReverseOps(Ops<V> ops) {
        this.ops = ops;
    }

    /** A value whose cotangent will be asked for. */
    public Noted<V> leaf(V value) {
        entries.add(new Entry<>(null, List.of(), List.of(value), Location.NONE));
        return new Noted<>(value, entries.size() - 1, 0);
    }

    /** A value without a cotangent. */
    public Noted<V> constant(V value) {
        return new Noted<>(value, -1, 0);
    }

    @Override
    public List<Noted<V>> apply(Primitive primitive, List<Noted<V>> inputs) {
        if (primitive instanceof Effect effect) {
            // Others were done when the program ran forwards.
            return effect.action().looks() ? record(effect, inputs) : List.of();
        }
        return record(SilentOps.silent(primitive), inputs);
    }

    private List<Noted<V>> record(Primitive primitive, List<Noted<V>> inputs) {
        var values = inputs.stream().map(Noted::value).toList();
        boolean depends = inputs.stream().anyMatch(input -> input.entry() >= 0)
                && !(primitive instanceof StopGradient);
        var noted = depends ? primitive.forReverse() : primitive;
        var outputs = ops.apply(noted, values);
        int entry = -1;
        if (depends) {
            entries.add(new Entry<>(noted, inputs, outputs, place));
            entry = entries.size() - 1;
        }
        int visible = noted == primitive ? outputs.size()
                : primitive.shape(values.stream().map(ops::type).toList()).size();
        var results = new ArrayList<Noted<V>>();
        for (int k = 0; k < visible; k++) {
            boolean smooth = ops.type(outputs.get(k)).dtype().isDifferentiable();
            results.add(new Noted<>(outputs.get(k), smooth ? entry : -1, k));
        }
        return results;
    }

    /**
     * The cotangents of the leaves asked for, null where zero.
     *
     * @param cotangents one for each result, null where zero
     */
    public List<V> pull(List<Noted<V>> results, List<V> cotangents, List<Noted<V>> leaves) {
        var waiting = new ArrayList<List<V>>();
        entries.forEach(entry -> waiting.add(new ArrayList<>(Collections.nCopies(entry.outputs().size(), null))));
        for (int k = 0; k < results.size(); k++) {
            add(waiting, results.get(k), cotangents.get(k));
        }
        for (int index = entries.size() - 1; index >= 0; index--) {
            var entry = entries.get(index);
            var arrived = waiting.get(index);
            if (entry.primitive() != null && arrived.stream().anyMatch(Objects::nonNull)) {
                var inputs = entry.inputs();
                ops.at(entry.at());
                var pulled = entry.primitive().vjp(ops, inputs.stream().map(Noted::value).toList(), entry.outputs(),
                        arrived, input -> inputs.get(input).entry() >= 0);
                for (int k = 0; k < inputs.size(); k++) {
                    add(waiting, inputs.get(k), pulled.get(k));
                }
            }
        }
        var answers = new ArrayList<V>();
        leaves.forEach(leaf -> answers.add(waiting.get(leaf.entry()).getFirst()));
        return answers;
    }

    private void add(List<List<V>> waiting, Noted<V> value, V cotangent) {
        if (value.entry() >= 0 && cotangent != null) {
            var slots = waiting.get(value.entry());
            V before = slots.get(value.output());
            slots.set(value.output(), before == null ? cotangent : ops.call(ADD, before, cotangent));
        }
    }

    @Override
    public void at(Location next) {
        place = next;
        ops.at(next);
    }

    @Override
    public TensorType type(Noted<V> value) {
        return ops.type(value.value());
    }

    @Override
    public Noted<V> full(TensorType type, double value) {
        return constant(ops.full(type, value));
    }
}
