package tfl.primitive;

import static tfl.primitive.Scalars.add;
import static tfl.primitive.Scalars.binary;
import static tfl.primitive.Scalars.cast;
import static tfl.primitive.Scalars.conj;
import static tfl.primitive.Scalars.div;
import static tfl.primitive.Scalars.like;
import static tfl.primitive.Scalars.mul;
import static tfl.primitive.Scalars.neg;
import static tfl.primitive.Scalars.number;
import static tfl.primitive.Scalars.select;
import static tfl.primitive.Scalars.sub;
import static tfl.primitive.Scalars.unary;

import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/**
 * Differentiates scalar expressions forwards: {@link #push} brings the tangents of the inputs up to that of an
 * expression. Conventions are those of {@link Derivative}, its transpose.
 *
 * @param tangents one for each input, null where it is zero
 */
record Differential(List<ScalarExpr> tangents) {
    /** The tangent of {@code expr}, null where it is zero; {@code y} equals expr. */
    ScalarExpr push(ScalarExpr expr, ScalarExpr y) {
        return switch (expr) {
            case ScalarExpr.Input(var index, var dtype) -> tangents.get(index);
            case ScalarExpr.Unary(var op, var x) -> pushUnary(op, x, y);
            case ScalarExpr.Binary(var op, var left, var right) -> pushBinary(op, left, right, y);
            case ScalarExpr.Select select -> pushSelect(select);
            case ScalarExpr.Cast(var dtype, var x) -> dtype.isDifferentiable() ? converted(dtype, push(x, x)) : null;
            case ScalarExpr.Constant constant -> null;
            case ScalarExpr.Index index -> null;
            case ScalarExpr.Stage stage -> throw new IllegalArgumentException("a row stage has no derivative here");
        };
    }

    private static ScalarExpr converted(DType dtype, ScalarExpr t) {
        return t == null ? null : cast(dtype, dtype.isComplex() ? t : real(t));
    }

    private static ScalarExpr real(ScalarExpr x) {
        return x.dtype().isComplex() ? unary(UnaryOp.REAL, x) : x;
    }

    private ScalarExpr pushUnary(UnaryOp op, ScalarExpr x, ScalarExpr y) {
        var t = push(x, x);
        if (t == null) {
            return null;
        }
        var slope = Slopes.of(op, x, y);
        if (slope != null) {
            return WhereSafe.product(t, slope, Slopes.mayBeInfinite(op));
        }
        return switch (op) {
            case NEG -> neg(t);
            case CONJ -> conj(t);
            case REAL -> real(t);
            case IMAG -> x.dtype().isComplex() ? unary(UnaryOp.IMAG, t) : null;
            case ABS -> x.dtype().isComplex()
                    ? select(binary(BinaryOp.EQ, y, like(y, 0)), like(y, 0), div(real(mul(t, conj(x))), y))
                    : mul(t, unary(UnaryOp.SIGN, x));
            case SIGN -> x.dtype().isComplex() ? Slopes.across(x, y, t) : null;
            default -> null;
        };
    }

    private ScalarExpr pushBinary(BinaryOp op, ScalarExpr a, ScalarExpr b, ScalarExpr y) {
        var left = push(a, a);
        var right = push(b, b);
        if (left == null && right == null) {
            return null;
        }
        if (op == BinaryOp.COMPLEX) {
            return binary(op, orZero(left, a), orZero(right, b));
        }
        var slopes = Slopes.of(op, a, b, y);
        return slopes == null ? null : sum(times(left, slopes.left(), slopes.mayBeInfinite()),
                times(right, slopes.right(), slopes.mayBeInfinite()));
    }

    private static ScalarExpr times(ScalarExpr t, ScalarExpr slope, boolean mayBeInfinite) {
        return t == null || slope == null ? null : WhereSafe.product(t, slope, mayBeInfinite);
    }

    private static ScalarExpr sum(ScalarExpr x, ScalarExpr y) {
        if (x == null || y == null) {
            return x == null ? y : x;
        }
        return y instanceof ScalarExpr.Unary(var op, var less) && op == UnaryOp.NEG ? sub(x, less) : add(x, y);
    }

    private static ScalarExpr orZero(ScalarExpr t, ScalarExpr x) {
        return t == null ? number(0, x.dtype()) : t;
    }

    private ScalarExpr pushSelect(ScalarExpr.Select select) {
        var safe = WhereSafe.product(select);
        if (safe != null) {
            var change = push(safe.x(), safe.x());
            var slope = push(safe.y(), safe.y());
            return sum(times(change, safe.y(), true), times(safe.x(), slope, true));
        }
        var yes = push(select.yes(), select.yes());
        var no = push(select.no(), select.no());
        return yes == null && no == null ? null
                : select(select.condition(), orZero(yes, select.yes()), orZero(no, select.no()));
    }
}
