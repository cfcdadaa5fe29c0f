package tfl.interpreter.builtin.text;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.StructValue;
import tfl.tensor.OutOfTensorMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/**
 * A value as the prompt shows it: tensors with a header, models as a tree, functions with what they are for.
 */
public final class Display {
    private Display() {}

    /** The text, at most {@code columns} wide where that is possible; empty for {@code none}. */
    @TruffleBoundary
    public static String of(Object value, int columns) {
        return switch (value) {
            case None none -> "";
            case String text -> ValueText.quoted(text);
            case TensorValue tensor -> tensor(tensor, columns);
            case FunctionValue function -> function(function);
            case StructValue struct when ModelTree.fits(struct) -> ModelTree.of(struct);
            case null, default -> ValueText.inline(value);
        };
    }

    private static String function(FunctionValue function) {
        String head = (isBuiltin(function) ? "builtin " : "") + ValueText.inline(function);
        return function.doc() == null || function.doc().isEmpty() ? head : head + "\n" + function.doc();
    }

    /** Whether nobody wrote it in TFL, not even what it was made of. */
    private static boolean isBuiltin(Object function) {
        return function instanceof BuiltinFunction made
                && !(made.builtin().body() instanceof Wrapping wrapping && !isBuiltin(wrapping.wrapped()));
    }

    private static String tensor(TensorValue value, int columns) {
        var tensor = Concrete.of(value);
        if (tensor.rank() == 0) {
            return TensorText.of(tensor, columns);
        }
        String text = header(tensor) + "\n" + TensorText.of(tensor, columns);
        return hasSummary(tensor) ? text + "\n" + TensorSummary.of(tensor) : text;
    }

    static String header(Tensor tensor) {
        return tensor.type() + " cpu " + OutOfTensorMemory.bytes(tensor.type().bytes());
    }

    static boolean hasSummary(Tensor tensor) {
        return tensor.size() > TensorText.ALL && !tensor.dtype().isComplex();
    }
}
