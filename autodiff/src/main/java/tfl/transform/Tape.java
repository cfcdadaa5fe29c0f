package tfl.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import tfl.primitive.Primitive;
import tfl.primitive.ShapeProblem;
import tfl.primitive.StopGradient;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * What one gradient call writes down while its function runs: each operation on values that depend on the
 * leaves. It holds the tensors that the backward rules read, until it is closed. Used by one thread at a
 * time.
 */
public final class Tape extends Level implements AutoCloseable {
    private static final ScopedValue<Boolean> READING = ScopedValue.newInstance();

    private final EagerOps ops;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Recorded> leaves = new ArrayList<>();
    private boolean recording = true;

    /** Opens the innermost level. */
    public Tape(EagerOps ops) {
        this.ops = ops;
    }

    EagerOps ops() {
        return ops;
    }

    /** A leaf: the value, watched from now on. */
    public Recorded lift(TensorValue value) {
        return lift(value, false);
    }

    /** A leaf; {@code weak} if it stands for a number of the language. */
    public Recorded lift(TensorValue value, boolean weak) {
        value.retain();
        var entry = add(List.of(), List.of(value.type()), null, List.of());
        var leaf = new Recorded(this, value, entry, 0, weak);
        leaves.add(leaf);
        return leaf;
    }

    /** Whether the value depends on this tape's leaves. */
    public boolean watches(TensorValue value) {
        return value instanceof Recorded recorded && recorded.level() == this;
    }

    /** The value one level further out; what this tape does not watch is there already. */
    public TensorValue unlift(TensorValue value) {
        return value instanceof Recorded recorded && recorded.level() == this ? recorded.primal() : value;
    }

    /** The function has returned: a value of this tape that is used later has escaped, which is an error. */
    public void stop() {
        recording = false;
    }

    /** Does a piece of work that may read the values of tapes that have stopped: they are constants to it. */
    static <T> T reading(Supplier<T> work) {
        return ScopedValue.where(READING, true).call(work::get);
    }

    private Entry add(List<TensorValue> inputs, List<TensorType> outputs, Entry.PullRule rule,
            List<TensorValue> held) {
        var entry = new Entry(Trace.here(), entries.size(), inputs, outputs, rule, held);
        entries.add(entry);
        return entry;
    }

    @Override
    List<TensorValue> apply(Primitive primitive, List<TensorValue> inputs) {
        requireRecording();
        var primals = new ArrayList<TensorValue>(inputs.size());
        inputs.forEach(input -> primals.add(unlift(input)));
        var recorded = primitive.forReverse();
        var outputs = ops.apply(recorded, primals);
        var types = primals.stream().map(TensorValue::type).toArray(TensorType[]::new);
        int visible = recorded == primitive ? outputs.size() : primitive.shape(Arrays.asList(types)).size();
        if (primitive instanceof StopGradient || outputs.stream().noneMatch(Tape::isDifferentiable)) {
            return outputs.subList(0, visible);
        }
        var residuals = primals.stream().allMatch(Tensor.class::isInstance) ? ops.plan(recorded, types).residuals()
                : recorded.residuals(Arrays.asList(types));
        var held = new ArrayList<TensorValue>();
        if (residuals.inputs()) {
            held.addAll(primals);
        }
        if (residuals.outputs()) {
            held.addAll(outputs);
        }
        Entry.PullRule rule = (rules, cotangents) ->
                recorded.vjp(rules, primals, outputs, cotangents, index -> watches(inputs.get(index)));
        return watched(inputs, outputs, rule, held).subList(0, visible);
    }

    private static boolean isDifferentiable(TensorValue value) {
        return value.type().dtype().isDifferentiable();
    }

    /** The outputs as values of this tape, with a rule that reads what is held. */
    List<TensorValue> watched(List<TensorValue> inputs, List<TensorValue> outputs, Entry.PullRule rule,
            List<TensorValue> held) {
        requireRecording();
        if (!recording) {
            return outputs;
        }
        held.forEach(TensorValue::retain);
        var entry = add(inputs, outputs.stream().map(TensorValue::type).toList(), rule, held);
        var values = new ArrayList<TensorValue>(outputs.size());
        for (int k = 0; k < outputs.size(); k++) {
            var output = outputs.get(k);
            values.add(isDifferentiable(output) ? new Recorded(this, output, entry, k, false) : output);
        }
        return values;
    }

    private void requireRecording() {
        if (!recording && !READING.isBound()) {
            throw new ShapeProblem("TFL-E0323", "a value of a gradient that has ended is used",
                    "return it from the differentiated function, beside the loss, with has_aux=true");
        }
    }

    /**
     * The cotangents of the leaves, in the order they were lifted, null where zero. May be called several
     * times. The results are temporaries of the caller.
     *
     * @param outputs results of the function, watched or not
     * @param cotangents one for each output, of its type; null is zero
     */
    public List<TensorValue> pull(List<? extends TensorValue> outputs, List<? extends TensorValue> cotangents) {
        // Held beyond the sweep, so that the sweep's own releases do not free what the caller brought.
        var brought = cotangents.stream().filter(Objects::nonNull).toList();
        brought.forEach(TensorValue::retain);
        try (var sweep = new Sweep(this, entries)) {
            for (int k = 0; k < outputs.size(); k++) {
                boolean used = cotangents.get(k) != null;
                if (used && outputs.get(k) instanceof Recorded recorded && recorded.level() == this) {
                    sweep.add(recorded, cotangents.get(k), false);
                }
            }
            return sweep.back(leaves);
        } finally {
            brought.forEach(TensorValue::unretain);
        }
    }

    /**
     * Lets go of everything held; the values of this tape are of no use from here on. Leaves stay the
     * caller's.
     */
    @Override
    public void close() {
        recording = false;
        entries.forEach(entry -> entry.held().forEach(TensorValue::release));
        entries.clear();
        leaves.forEach(Recorded::unretain);
        leaves.clear();
    }
}
