package tfl.kernel;

import static tfl.kernel.KernelTypes.require;

import java.util.List;
import tfl.tensor.DType;

/** Whether an expression reads only what there is, and joins only what belongs together. */
final class ExpressionTypes {
    private ExpressionTypes() {}

    static void check(ScalarExpr expression, List<DType> inputs, List<DType> stages, int rank) {
        switch (expression) {
            case ScalarExpr.Input(int index, var dtype) -> reads(expression, index, dtype, inputs);
            case ScalarExpr.Stage(int index, var dtype) -> reads(expression, index, dtype, stages);
            case ScalarExpr.Index(int axis) -> require(axis >= 0 && axis < rank, expression + " of " + rank + " axes");
            case ScalarExpr.Unary(var op, var x) -> require(fits(op, x.dtype()), op + " of " + x.dtype());
            case ScalarExpr.Binary(var op, var x, var y) -> require(
                    x.dtype() == y.dtype() && fits(op, x.dtype()), op + " of " + x.dtype() + " and " + y.dtype());
            case ScalarExpr.Select(var condition, var yes, var no) -> require(
                    condition.dtype() == DType.BOOL && yes.dtype() == no.dtype(), expression.toString());
            case ScalarExpr.Cast cast -> { }
            case ScalarExpr.Constant constant -> { }
        }
        expression.parts().forEach(part -> check(part, inputs, stages, rank));
    }

    private static void reads(ScalarExpr expression, int index, DType dtype, List<DType> known) {
        require(index >= 0 && index < known.size() && known.get(index) == dtype, expression + " of " + known);
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
