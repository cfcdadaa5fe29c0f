package tfl.transform;

import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/**
 * A value that a {@link Tape} watches: it stands for {@link #primal}, a tensor or a value of an outer level,
 * whose memory it shares.
 */
public final class Recorded extends Lifted {
    private final Tape tape;
    private final TensorValue primal;
    private final Entry source;
    private final int output;

    Recorded(Tape tape, TensorValue primal, Entry source, int output, boolean weak) {
        super(weak);
        this.tape = tape;
        this.primal = primal;
        this.source = source;
        this.output = output;
    }

    @Override
    public TensorValue primal() {
        return primal;
    }

    @Override
    Tape level() {
        return tape;
    }

    Entry source() {
        return source;
    }

    int output() {
        return output;
    }

    @Override
    Recorded as(boolean weak) {
        return new Recorded(tape, outer(primal, weak), source, output, weak);
    }

    @Override
    public TensorType type() {
        return primal.type();
    }
}
