package tfl.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tfl.kernel.BinaryOp;
import tfl.primitive.Binary;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * One walk backwards over a tape: cotangents wait at each entry until all that use it have handed theirs
 * back.
 */
final class Sweep implements AutoCloseable {
    private static final Binary ADD = new Binary(BinaryOp.ADD);

    private final Tape tape;
    private final List<Entry> entries;
    private final TensorValue[][] waiting;

    Sweep(Tape tape, List<Entry> entries) {
        this.tape = tape;
        this.entries = entries;
        this.waiting = new TensorValue[entries.size()][];
    }

    /**
     * Adds to the cotangent of a value of this tape; the sweep holds what it keeps.
     *
     * @param ours whether the sweep holds the cotangent once, and may overwrite it if nobody else does
     */
    void add(Recorded value, TensorValue cotangent, boolean ours) {
        int index = value.source().index();
        if (waiting[index] == null) {
            waiting[index] = new TensorValue[value.source().outputs().size()];
        }
        var slots = waiting[index];
        var before = slots[value.output()];
        var sum = before == null ? cotangent : sum(before, cotangent, ours);
        sum.retain();
        slots[value.output()] = sum;
        if (before != null) {
            before.release();
        }
    }

    /** The sum; into the memory of one that nobody else reads. */
    private TensorValue sum(TensorValue held, TensorValue fresh, boolean ours) {
        if (held instanceof Tensor x && fresh instanceof Tensor y) {
            int donated = (x != y && x.isExclusive() && x.isContiguous() ? 1 : 0)
                    | (ours && y.isExclusive() && y.isContiguous() ? 2 : 0);
            return tape.ops().plan(ADD, new TensorType[] {x.type(), y.type()}).run(new Tensor[] {x, y}, donated)[0];
        }
        return tape.ops().call(ADD, held, fresh);
    }

    List<TensorValue> back(List<Recorded> leaves) {
        for (int index = entries.size() - 1; index >= 0; index--) {
            var entry = entries.get(index);
            if (waiting[index] != null && entry.rule() != null) {
                pull(entry, waiting[index]);
                release(index);
            }
        }
        var results = new ArrayList<TensorValue>();
        for (var leaf : leaves) {
            var slots = waiting[leaf.source().index()];
            var cotangent = slots == null ? null : slots[0];
            if (cotangent != null) {
                slots[0] = null;
                cotangent.unretain();
            }
            results.add(cotangent);
        }
        return results;
    }

    private void pull(Entry entry, TensorValue[] slots) {
        var trace = Trace.current();
        if (trace != null) {
            trace.borrow(entry.at());
        }
        try (var rules = new RuleOps(tape.ops())) {
            var cotangents = entry.rule().pull(rules, Arrays.asList(slots));
            // All are held first: one that serves two inputs must not be overwritten for the first of them.
            cotangents.stream().filter(Objects::nonNull).forEach(TensorValue::retain);
            for (int k = 0; k < cotangents.size(); k++) {
                var cotangent = cotangents.get(k);
                if (cotangent != null && tape.watches(entry.inputs().get(k))) {
                    add((Recorded) entry.inputs().get(k), cotangent, true);
                }
                if (cotangent != null) {
                    cotangent.release();
                }
            }
        } finally {
            if (trace != null) {
                trace.borrow(null);
            }
        }
    }

    private void release(int index) {
        for (var cotangent : waiting[index]) {
            if (cotangent != null) {
                cotangent.release();
            }
        }
        waiting[index] = null;
    }

    @Override
    public void close() {
        for (int index = 0; index < waiting.length; index++) {
            if (waiting[index] != null) {
                release(index);
            }
        }
    }
}
