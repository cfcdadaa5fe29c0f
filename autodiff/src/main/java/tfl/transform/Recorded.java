package tfl.transform;

import java.util.List;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * A value that a {@link Tape} watches: it stands for {@link #primal}, a tensor or a value of an outer tape,
 * whose memory it shares.
 */
public final class Recorded implements TensorValue {
    private final Tape tape;
    private final TensorValue primal;
    private final Entry source;
    private final int output;

    Recorded(Tape tape, TensorValue primal, Entry source, int output) {
        this.tape = tape;
        this.primal = primal;
        this.source = source;
        this.output = output;
    }

    /** The tape of the innermost gradient among these, null if all are plain tensors. */
    static Tape innermost(List<? extends TensorValue> values) {
        Tape innermost = null;
        for (var value : values) {
            if (value instanceof Recorded recorded && (innermost == null || recorded.tape.isInside(innermost))) {
                innermost = recorded.tape;
            }
        }
        return innermost;
    }

    /** The plain tensor at the bottom, for printing, conditions and conversions, which no gradient passes. */
    public static Tensor plain(TensorValue value) {
        var inner = value;
        while (inner instanceof Recorded recorded) {
            inner = recorded.primal;
        }
        return (Tensor) inner;
    }

    /** The value one level further out. */
    public TensorValue primal() {
        return primal;
    }

    Tape tape() {
        return tape;
    }

    Entry source() {
        return source;
    }

    int output() {
        return output;
    }

    @Override
    public TensorType type() {
        return primal.type();
    }

    @Override
    public void retain() {
        primal.retain();
    }

    @Override
    public void release() {
        primal.release();
    }

    @Override
    public void unretain() {
        primal.unretain();
    }

    @Override
    public void discard() {
        primal.discard();
    }

    /** Never: the tape may still read it. */
    @Override
    public boolean isExclusive() {
        return false;
    }

    @Override
    public void pin() {
        primal.pin();
    }
}
