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
import static tfl.primitive.Scalars.square;
import static tfl.primitive.Scalars.sub;
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
 * cotangent; {@code x ** 0} is constant in x, and {@code 0 ** y} in y. See Note [Where-safe products].
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
            case ScalarExpr.Select(var condition, var yes, var no) -> pullSelect(condition, yes, no, ct);
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
            pull(x, x, product(ct, conj(slope), Slopes.mayBeInfinite(op)));
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
            default -> { }
        }
    }

    private void pullBinary(BinaryOp op, ScalarExpr a, ScalarExpr b, ScalarExpr y, ScalarExpr ct) {
        if (!a.dtype().isDifferentiable()) {
            return;
        }
        switch (op) {
            case ADD -> both(a, ct, b, ct);
            case SUB -> both(a, ct, b, neg(ct));
            case MUL -> both(a, mul(ct, conj(b)), b, mul(ct, conj(a)));
            case DIV -> both(a, product(ct, conj(div(like(b, 1), b)), true),
                    b, product(ct, conj(neg(div(y, b))), true));
            case MOD -> both(a, ct, b, neg(mul(ct, unary(UnaryOp.FLOOR, div(a, b)))));
            case POW -> both(a, product(ct, conj(Slopes.powBase(a, b)), true),
                    b, product(ct, conj(Slopes.powExponent(a, b, y)), true));
            case MAX -> both(a, mul(ct, share(BinaryOp.GT, a, b)), b, mul(ct, share(BinaryOp.LT, a, b)));
            case MIN -> both(a, mul(ct, share(BinaryOp.LT, a, b)), b, mul(ct, share(BinaryOp.GT, a, b)));
            case ATAN2 -> {
                var radius = add(square(a), square(b));
                both(a, product(ct, div(b, radius), true), b, product(ct, neg(div(a, radius)), true));
            }
            case HYPOT -> both(a, mul(ct, part(a, y)), b, mul(ct, part(b, y)));
            case LOGADDEXP -> both(a, mul(ct, weight(a, y)), b, mul(ct, weight(b, y)));
            case COPYSIGN -> pull(a, a, mul(ct, mul(unary(UnaryOp.SIGN, a), binary(op, like(b, 1), b))));
            case NEXTAFTER -> pull(a, a, ct);
            case COMPLEX -> both(a, unary(UnaryOp.REAL, ct), b, unary(UnaryOp.IMAG, ct));
            default -> { }
        }
    }

    private void both(ScalarExpr a, ScalarExpr toA, ScalarExpr b, ScalarExpr toB) {
        pull(a, a, toA);
        pull(b, b, toB);
    }

    private static ScalarExpr share(BinaryOp wins, ScalarExpr a, ScalarExpr b) {
        return select(binary(wins, a, b), like(a, 1), select(binary(BinaryOp.EQ, a, b), like(a, 0.5), like(a, 0)));
    }

    private static ScalarExpr part(ScalarExpr a, ScalarExpr y) {
        return select(binary(BinaryOp.EQ, y, like(y, 0)), like(y, 0), div(a, y));
    }

    private static ScalarExpr weight(ScalarExpr a, ScalarExpr y) {
        return select(binary(BinaryOp.EQ, a, y), like(a, 1), unary(UnaryOp.EXP, sub(a, y)));
    }

    // Note [Where-safe products]. In where(x > 0, sqrt(x), 0) the branch not taken hands back 0 * inf = nan.
    // So a cotangent of exactly 0 stays 0 under a slope that may be infinite: select(ct == 0, 0, ct * slope).
    // That product is still linear in ct, also at 0, so its own derivative is that of ct * slope and not that
    // of the select.
    private static ScalarExpr product(ScalarExpr ct, ScalarExpr slope, boolean mayBeInfinite) {
        var plain = mul(ct, slope);
        boolean times = plain instanceof ScalarExpr.Binary(var op, var x, var by)
                && op == BinaryOp.MUL && x.equals(ct);
        return mayBeInfinite && times ? select(binary(BinaryOp.EQ, ct, like(ct, 0)), like(plain, 0), plain) : plain;
    }

    private static boolean isWhereSafe(ScalarExpr condition, ScalarExpr yes, ScalarExpr no) {
        return condition instanceof ScalarExpr.Binary(BinaryOp equal, ScalarExpr tested, ScalarExpr zero)
                && equal == BinaryOp.EQ && Scalars.is(zero, 0) && Scalars.is(yes, 0)
                && no instanceof ScalarExpr.Binary(BinaryOp times, ScalarExpr ct, ScalarExpr slope)
                && times == BinaryOp.MUL && ct.equals(tested);
    }

    private void pullSelect(ScalarExpr condition, ScalarExpr yes, ScalarExpr no, ScalarExpr ct) {
        if (isWhereSafe(condition, yes, no)) {
            var safe = (ScalarExpr.Binary) no;
            both(safe.x(), product(ct, conj(safe.y()), true), safe.y(), mul(ct, conj(safe.x())));
            return;
        }
        for (boolean taken : new boolean[] {true, false}) {
            var branch = new Derivative(sums.length);
            var expr = taken ? yes : no;
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
