package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.function.BooleanSupplier;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.UnaryOp;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Logic on conditions that only the graph knows. */
public final class Conditions {
    private static final ThreadLocal<int[]> ASSUMED = ThreadLocal.withInitial(() -> new int[1]);

    private Conditions() {}

    /** Takes the first so many conditions that are not known for true, in a match of a pattern. */
    public static boolean assuming(int count, BooleanSupplier match) {
        int[] left = ASSUMED.get();
        int before = left[0];
        left[0] = count;
        try {
            return match.getAsBoolean();
        } finally {
            left[0] = before;
        }
    }

    /**
     * Whether a part of a pattern fits.
     *
     * @throws UnknownCondition if that is known only when a graph runs
     */
    public static boolean test(TensorValue condition) {
        if (Lifted.isKnown(condition)) {
            return Lifted.plain(condition).readLong(0) != 0;
        }
        int[] left = ASSUMED.get();
        if (left[0] > 0) {
            left[0]--;
            return true;
        }
        throw new UnknownCondition(truth(condition));
    }

    /** One bool from a tensor of one element. */
    @TruffleBoundary
    public static TensorValue truth(TensorValue value) {
        return Leaf.truth(value);
    }

    /** {@code not}. */
    @TruffleBoundary
    public static TensorValue not(TensorValue condition) {
        return Tensors.work(ops -> ops.unary(UnaryOp.NOT, condition));
    }

    /** A condition as the program sees it: a bool of the language. */
    public static Object seen(TensorValue condition) {
        return Leaf.of(true).seen(condition);
    }
}
