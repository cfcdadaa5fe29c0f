package tfl.transform;

import tfl.graph.Atom;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** A value of a {@link Trace}: a variable of the graph that is being written. It has no elements yet. */
public final class Traced extends Lifted {
    private final Trace level;
    private final Atom atom;

    Traced(Trace level, Atom atom, boolean weak) {
        super(weak);
        this.level = level;
        this.atom = atom;
    }

    @Override
    Trace level() {
        return level;
    }

    Atom atom() {
        return atom;
    }

    @Override
    TensorValue primal() {
        return null;
    }

    @Override
    Traced as(boolean weak) {
        return new Traced(level, atom, weak);
    }

    @Override
    public TensorType type() {
        return atom.type();
    }
}
