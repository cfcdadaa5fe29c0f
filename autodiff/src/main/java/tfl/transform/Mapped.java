package tfl.transform;

import tfl.primitive.BatchOps;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** A value of a {@link Mapping}: one element of a value further out that has all of them along its axis 0. */
public final class Mapped extends Lifted {
    private final Mapping level;
    private final TensorValue all;
    private final TensorType type;

    Mapped(Mapping level, TensorValue all, boolean weak) {
        super(weak);
        this.level = level;
        this.all = all;
        this.type = BatchOps.element(all.type());
    }

    @Override
    Mapping level() {
        return level;
    }

    /** All elements, along axis 0. */
    TensorValue all() {
        return all;
    }

    @Override
    TensorValue primal() {
        return null;
    }

    @Override
    Mapped as(boolean weak) {
        return new Mapped(level, all, weak);
    }

    @Override
    public TensorType type() {
        return type;
    }

    @Override
    public void retain() {
        all.retain();
    }

    @Override
    public void release() {
        all.release();
    }

    @Override
    public void unretain() {
        all.unretain();
    }

    @Override
    public void discard() {
        all.discard();
    }

    @Override
    public void pin() {
        all.pin();
    }
}
