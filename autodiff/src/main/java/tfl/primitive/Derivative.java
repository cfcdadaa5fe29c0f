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
import static tfl.primitive.Scalars.unary;

import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/**
 * Differentiates scalar expressions backwards: {@link #pull} takes the cotangent of an expression down to
 * those of the inputs. One row for each scalar operation; constants, comparisons and steps hand nothing on.
 *
 * <p>Conventions: {@code abs} has slope 0 at 0; equal operands of {@code max} and {@code min} share the
 * cotangent; {@code x ** 0} is constant in x, and {@code 0 ** y} in y. See {@link WhereSafe}.
 */
final class Derivative {
    private final ScalarExpr[] sums;

    Derivative(int inputs) {
        sums = new ScalarExpr[inputs];
    }

    /** What arrived at that input, null if nothing did. */
    ScalarExpr of(int input) {
        return sums[input];
    }

    /**
     * Adds to the inputs what {@code ct}, the cotangent of {@code expr}, means for them; {@code y} equals
     * expr.
     */
    void pull(ScalarExpr expr, ScalarExpr y, ScalarExpr ct) {
        switch (expr) {
            case ScalarExpr.Input(var index, var dtype) -> {
                if (index < sums.length && dtype.isDifferentiable()) {
                    sums[index] = sums[index] == null ? ct : add(sums[index], ct);
                }
            }
            case ScalarExpr.Unary(var op, var x) -> pullUnary(op, x, y, ct);
            case ScalarExpr.Binary(var op, var left, var right) -> pullBinary(op, left, right, y, ct);
            case ScalarExpr.Select select -> pullSelect(select, ct);
            case ScalarExpr.Cast(var dtype, var x) -> {
                if (dtype.isDifferentiable() && x.dtype().isDifferentiable()) {
                    pull(x, x, uncast(x.dtype(), ct));
                }
            }
            case ScalarExpr.Constant constant -> { }
            case ScalarExpr.Index index -> { }
            case ScalarExpr.Stage stage -> throw new IllegalArgumentException("a row stage has no derivative here");
        }
    }

    private static ScalarExpr uncast(DType dtype, ScalarExpr ct) {
        return ct.dtype().isComplex() && !dtype.isComplex() ? cast(dtype, unary(UnaryOp.REAL, ct)) : cast(dtype, ct);
    }

    private void pullUnary(UnaryOp op, ScalarExpr x, ScalarExpr y, ScalarExpr ct) {
        if (!x.dtype().isDifferentiable()) {
            return;
        }
        var slope = Slopes.of(op, x, y);
        if (slope != null) {
            pull(x, x, times(ct, slope, Slopes.mayBeInfinite(op)));
            return;
        }
        switch (op) {
            case NEG -> pull(x, x, neg(ct));
            case CONJ -> pull(x, x, conj(ct));
            case REAL -> pull(x, x, x.dtype().isComplex() ? binary(BinaryOp.COMPLEX, ct, like(ct, 0)) : ct);
            case IMAG -> pull(x, x, x.dtype().isComplex() ? binary(BinaryOp.COMPLEX, like(ct, 0), ct) : like(ct, 0));
            case ABS -> pull(x, x, x.dtype().isComplex()
                    ? select(binary(BinaryOp.EQ, y, like(y, 0)), like(x, 0),
                            div(mul(cast(x.dtype(), ct), x), cast(x.dtype(), y)))
                    : mul(ct, unary(UnaryOp.SIGN, x)));
            case SIGN -> {
                if (x.dtype().isComplex()) {
                    pull(x, x, Slopes.across(x, y, ct));
                }
            }
            default -> { }
        }
    }

    private void pullBinary(BinaryOp op, ScalarExpr a, ScalarExpr b, ScalarExpr y, ScalarExpr ct) {
        if (!a.dtype().isDifferentiable()) {
            return;
        }
        if (op == BinaryOp.COMPLEX) {
            both(a, unary(UnaryOp.REAL, ct), b, unary(UnaryOp.IMAG, ct));
            return;
        }
        var slopes = Slopes.of(op, a, b, y);
        if (slopes != null) {
            both(a, times(ct, slopes.left(), slopes.mayBeInfinite()),
                    b, times(ct, slopes.right(), slopes.mayBeInfinite()));
        }
    }

    private static ScalarExpr times(ScalarExpr ct, ScalarExpr slope, boolean mayBeInfinite) {
        return slope == null ? null : WhereSafe.product(ct, conj(slope), mayBeInfinite);
    }

    private void both(ScalarExpr a, ScalarExpr toA, ScalarExpr b, ScalarExpr toB) {
        pull(a, a, toA);
        if (toB != null) {
            pull(b, b, toB);
        }
    }

    private void pullSelect(ScalarExpr.Select select, ScalarExpr ct) {
        var safe = WhereSafe.product(select);
        if (safe != null) {
            both(safe.x(), times(ct, safe.y(), true), safe.y(), mul(ct, conj(safe.x())));
            return;
        }
        var condition = select.condition();
        for (boolean taken : new boolean[] {true, false}) {
            var branch = new Derivative(sums.length);
            var expr = taken ? select.yes() : select.no();
            branch.pull(expr, expr, ct);
            for (int input = 0; input < sums.length; input++) {
                var sum = branch.sums[input];
                if (sum != null) {
                    var zero = number(0, sum.dtype());
                    var masked = taken ? select(condition, sum, zero) : select(condition, zero, sum);
                    sums[input] = sums[input] == null ? masked : add(sums[input], masked);
                }
            }
        }
    }
}
