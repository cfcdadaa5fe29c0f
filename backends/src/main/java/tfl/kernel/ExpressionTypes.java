package tfl.kernel;

import static tfl.kernel.KernelTypes.require;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tfl.tensor.DType;

/** Whether expressions read only what there is, and join only what belongs together. */
final class ExpressionTypes {
    private final List<DType> inputs;
    private final List<DType> stages;
    private final int rank;
    private final Map<ScalarExpr, DType> known = new IdentityHashMap<>();

    /**
     * For the expressions of a kernel.
     *
     * @param stages may grow from one check to the next
     */
    ExpressionTypes(List<DType> inputs, List<DType> stages, int rank) {
        this.inputs = inputs;
        this.stages = stages;
        this.rank = rank;
    }

    /** The dtype of an expression, each shared part of which is looked at once. */
    DType check(ScalarExpr expression) {
        var dtype = known.get(expression);
        if (dtype == null) {
            dtype = fresh(expression);
            known.put(expression, dtype);
        }
        return dtype;
    }

    private DType fresh(ScalarExpr expression) {
        return switch (expression) {
            case ScalarExpr.Input(int index, var dtype) -> reads(expression, index, dtype, inputs);
            case ScalarExpr.Stage(int index, var dtype) -> reads(expression, index, dtype, stages);
            case ScalarExpr.Index(int axis) -> {
                require(axis >= 0 && axis < rank, expression, " of ", rank, " axes");
                yield expression.dtype();
            }
            case ScalarExpr.Unary(var op, var x) -> {
                var dtype = check(x);
                require(fits(op, dtype), op, " of ", dtype);
                yield op.result(dtype);
            }
            case ScalarExpr.Binary(var op, var x, var y) -> {
                var left = check(x);
                var right = check(y);
                require(left == right && fits(op, left), op, " of ", left, " and ", right);
                yield op.result(left);
            }
            case ScalarExpr.Select(var condition, var yes, var no) -> {
                var dtype = check(yes);
                require(check(condition) == DType.BOOL && dtype == check(no), expression);
                yield dtype;
            }
            case ScalarExpr.Cast(var dtype, var x) -> {
                check(x);
                yield dtype;
            }
            case ScalarExpr.Constant constant -> constant.dtype();
        };
    }

    private static DType reads(ScalarExpr expression, int index, DType dtype, List<DType> known) {
        require(index >= 0 && index < known.size() && known.get(index) == dtype, expression, " of ", known);
        return dtype;
    }

    private static boolean fits(UnaryOp op, DType dtype) {
        return switch (op) {
            case NEG, ABS, SIGN, CONJ, REAL, IMAG, IS_NAN, IS_INF, IS_FINITE -> true;
            case NOT, BIT_COUNT -> !dtype.isDifferentiable();
            case FLOOR, CEIL, TRUNC, ROUND, SIGNBIT -> !dtype.isComplex();
            case ERF, LGAMMA, DIGAMMA -> dtype.isFloat();
            default -> dtype.isDifferentiable();
        };
    }

    private static boolean fits(BinaryOp op, DType dtype) {
        return switch (op) {
            case ADD, SUB, MUL, POW, EQ, NE -> true;
            case DIV -> dtype.isDifferentiable();
            case FLOOR_DIV, MOD, MAX, MIN, LT, LE, GT, GE -> !dtype.isComplex();
            case ATAN2, HYPOT, COPYSIGN, NEXTAFTER, LOGADDEXP -> dtype.isFloat();
            case AND, OR, XOR -> !dtype.isDifferentiable();
            case SHIFT_LEFT, SHIFT_RIGHT -> dtype.isInteger();
            case COMPLEX -> dtype == DType.F32;
        };
    }
}
