package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.function.Supplier;
import tfl.interpreter.TflException;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.tensor.TensorValue;

/**
 * What a variable holds of which only the graph knows whether it has a value, or which a graph cannot give one.
 * Either matters only where the variable is read.
 */
public final class Unsure {
    private final Object value;
    private final Object assigned;
    private final Supplier<TflException> refusal;

    private Unsure(Object value, Object assigned, Supplier<TflException> refusal) {
        this.value = value;
        this.assigned = assigned;
        this.refusal = refusal;
    }

    /** The value if it has been assigned, which is a {@code Boolean} or a bool that only the graph knows. */
    static Object of(Object value, Object assigned) {
        if (Boolean.TRUE.equals(assigned)) {
            return value;
        }
        Holding.pin(value);
        return new Unsure(value, assigned, null);
    }

    /** A variable whose values no graph can bring together. */
    static Unsure refused(Supplier<TflException> refusal) {
        return new Unsure(null, null, refusal);
    }

    boolean isRefused() {
        return refusal != null;
    }

    TflException refusal() {
        return refusal.get();
    }

    Object value() {
        return value;
    }

    Object assigned() {
        return assigned;
    }

    /** The value, as sure or unsure as the other is. */
    static Object like(Object value, Object other) {
        return other instanceof Unsure && !(value instanceof Unsure) ? new Unsure(value, true, null) : value;
    }

    /**
     * The value, for whoever reads the variable; that it has one is left to the graph.
     *
     * @param unassigned the error if it has none
     */
    @TruffleBoundary
    public Object read(Supplier<TflException> unassigned) {
        if (isRefused()) {
            throw refusal();
        }
        if (assigned instanceof TensorValue truth) {
            Raised.unless("assigned", truth, None.NONE, nothing -> unassigned.get());
        } else if (Boolean.FALSE.equals(assigned)) {
            throw unassigned.get();
        }
        return value;
    }
}
