package tfl.kernel;

import java.util.List;
import tfl.tensor.DType;

/**
 * What happens to one element. Every expression has one dtype, computed from those of the inputs by {@link #dtype}.
 *
 * <pre>
 * e ::= input i | stage k | constant | index axis | op e | e op e | select e e e | cast dtype e
 * </pre>
 */
public sealed interface ScalarExpr {
    /** The element of the kernel's i-th input. */
    record Input(int index, DType dtype) implements ScalarExpr {}

    /** The k-th reduced value of the current row; only in {@link Kernel.Rows}. */
    record Stage(int index, DType dtype) implements ScalarExpr {}

    /** A constant; {@code bits} is {@link Double#doubleToRawLongBits} for floats, the number itself otherwise. */
    record Constant(long bits, DType dtype) implements ScalarExpr {}

    /** The position along an axis of the output, as i64. */
    record Index(int axis) implements ScalarExpr {
        @Override
        public DType dtype() {
            return DType.I64;
        }
    }

    /** {@code op x}; the dtype is that of x, but bool for the predicates and the real type for parts of a complex. */
    record Unary(UnaryOp op, ScalarExpr x) implements ScalarExpr {
        @Override
        public DType dtype() {
            return op.result(x.dtype());
        }
    }

    /** {@code x op y}, both of one dtype; bool for comparisons. */
    record Binary(BinaryOp op, ScalarExpr x, ScalarExpr y) implements ScalarExpr {
        @Override
        public DType dtype() {
            return op.result(x.dtype());
        }
    }

    /** {@code condition ? yes : no}, without evaluating lazily; the condition is bool. */
    record Select(ScalarExpr condition, ScalarExpr yes, ScalarExpr no) implements ScalarExpr {
        @Override
        public DType dtype() {
            return yes.dtype();
        }
    }

    /** Conversion between dtypes: float to int truncates and saturates, int to int wraps, to bool is {@code != 0}. */
    record Cast(DType dtype, ScalarExpr x) implements ScalarExpr {}

    /** The element type of the result. */
    DType dtype();

    /** The direct parts, in order. */
    default List<ScalarExpr> parts() {
        return switch (this) {
            case Unary(var op, var x) -> List.of(x);
            case Binary(var op, var x, var y) -> List.of(x, y);
            case Select(var condition, var yes, var no) -> List.of(condition, yes, no);
            case Cast(var dtype, var x) -> List.of(x);
            case Input input -> List.of();
            case Stage stage -> List.of();
            case Constant constant -> List.of();
            case Index index -> List.of();
        };
    }
}
