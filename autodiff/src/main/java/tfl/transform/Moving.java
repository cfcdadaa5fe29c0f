package tfl.transform;

import java.util.function.Consumer;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** A value of a {@link Forward} level: a value further out, and its tangent; null is zero. */
public final class Moving extends Lifted {
    private final Forward level;
    private final TensorValue primal;
    private final TensorValue tangent;

    Moving(Forward level, TensorValue primal, TensorValue tangent, boolean weak) {
        super(weak);
        this.level = level;
        this.primal = primal;
        this.tangent = tangent;
    }

    @Override
    Forward level() {
        return level;
    }

    @Override
    public TensorValue primal() {
        return primal;
    }

    TensorValue tangent() {
        return tangent;
    }

    @Override
    Moving as(boolean weak) {
        return new Moving(level, outer(primal, weak), tangent, weak);
    }

    @Override
    public TensorType type() {
        return primal.type();
    }

    private void both(Consumer<TensorValue> work) {
        work.accept(primal);
        if (tangent != null && tangent != primal) {
            work.accept(tangent);
        }
    }

    @Override
    public void retain() {
        both(TensorValue::retain);
    }

    @Override
    public void release() {
        both(TensorValue::release);
    }

    @Override
    public void unretain() {
        both(TensorValue::unretain);
    }

    @Override
    public void discard() {
        both(TensorValue::discard);
    }

    @Override
    public void pin() {
        both(TensorValue::pin);
    }
}
