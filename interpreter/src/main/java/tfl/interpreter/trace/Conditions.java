package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.UnaryOp;
import tfl.tensor.TensorValue;

/** Logic on conditions that only the graph knows. */
public final class Conditions {
    private Conditions() {}

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
