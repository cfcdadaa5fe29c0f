package tfl.transform;

import tfl.primitive.ShapeProblem;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** A value of a {@link Level}: it stands for a tensor, or for a value of a level further out. */
public abstract sealed class Lifted implements TensorValue permits Recorded, Moving, Mapped, Traced {
    private final boolean weak;

    Lifted(boolean weak) {
        this.weak = weak;
    }

    abstract Level level();

    /** The value further out whose numbers it has; null if it has none yet, or many. */
    abstract TensorValue primal();

    /**
     * Whether it stands for a number of the language, whose dtype gives way to those of tensors, and which is a number
     * again when the transformation is over.
     */
    public final boolean isWeak() {
        return weak;
    }

    /** The same value, standing for a number of the language. */
    public final Lifted weakened() {
        return standing(true);
    }

    /** The same value, standing for a tensor. */
    public final Lifted strengthened() {
        return standing(false);
    }

    private Lifted standing(boolean forNumber) {
        return weak == forNumber ? this : as(forNumber);
    }

    /** A copy that is weak or not. */
    abstract Lifted as(boolean weak);

    /** The value further out, as weak or not if there it is one of a transformation too. */
    static TensorValue outer(TensorValue primal, boolean weak) {
        return primal instanceof Lifted lifted ? lifted.standing(weak) : primal;
    }

    /** Whether that is a value which stands for a number of the language. */
    public static boolean isWeak(Object value) {
        return value instanceof Lifted lifted && lifted.isWeak();
    }

    /** Whether they are one value, of which either may stand for a number or for a tensor. */
    public static boolean areSame(TensorValue a, TensorValue b) {
        return a == b || switch (a) {
            case Recorded x -> b instanceof Recorded y && x.source() == y.source() && x.output() == y.output();
            case Moving x -> b instanceof Moving y && x.level() == y.level() && x.tangent() == y.tangent()
                    && areSame(x.primal(), y.primal());
            case Mapped x -> b instanceof Mapped y && x.level() == y.level() && x.all() == y.all();
            case Traced x -> b instanceof Traced y && x.level() == y.level() && x.atom() == y.atom();
            default -> false;
        };
    }

    /** Whether the elements can be looked at now. */
    public static boolean isKnown(TensorValue value) {
        var inner = value;
        while (inner instanceof Lifted lifted) {
            inner = lifted.primal();
        }
        return inner != null;
    }

    /**
     * The plain tensor at the bottom, for printing, conditions and conversions, which no derivative passes.
     *
     * @throws ShapeProblem if the value is traced or mapped and has no elements yet
     */
    public static Tensor plain(TensorValue value) {
        var inner = value;
        while (inner instanceof Lifted lifted) {
            if (lifted.primal() == null) {
                throw unknown(lifted);
            }
            inner = lifted.primal();
        }
        return (Tensor) inner;
    }

    /** The plain tensor that has all elements of what {@code vmap} maps over; null if only a graph knows them. */
    public static Tensor everyElement(TensorValue value) {
        var inner = value;
        while (inner instanceof Lifted lifted) {
            inner = lifted instanceof Mapped mapped ? mapped.all() : lifted.primal();
        }
        return (Tensor) inner;
    }

    private static ShapeProblem unknown(Lifted value) {
        if (value instanceof Traced traced && !traced.level().isOpen()) {
            return Trace.escaped();
        }
        return value instanceof Mapped
                ? new ShapeProblem("TFL-E0361", "vmap maps over this " + value.type() + ", so it has no one value here",
                        "shapes, indices of tuples and the like must be the same for every element")
                : new ShapeProblem("TFL-E0360", "the elements of this " + value.type()
                        + " are known only when the graph runs, and are needed while it is traced",
                        "compute it outside of the graph and pass it in as an int, or use operations on tensors");
    }

    @Override
    public void retain() {
        if (primal() != null) {
            primal().retain();
        }
    }

    @Override
    public void release() {
        if (primal() != null) {
            primal().release();
        }
    }

    @Override
    public void unretain() {
        if (primal() != null) {
            primal().unretain();
        }
    }

    @Override
    public void discard() {
        if (primal() != null) {
            primal().discard();
        }
    }

    @Override
    public void pin() {
        if (primal() != null) {
            primal().pin();
        }
    }

    /** Never: a transformation may still read it. */
    @Override
    public boolean isExclusive() {
        return false;
    }
}
