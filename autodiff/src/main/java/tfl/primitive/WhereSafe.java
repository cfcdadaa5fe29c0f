package tfl.primitive;

import static tfl.primitive.Scalars.binary;
import static tfl.primitive.Scalars.like;
import static tfl.primitive.Scalars.mul;
import static tfl.primitive.Scalars.neg;
import static tfl.primitive.Scalars.select;

import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;

/** Products of a cotangent or tangent with a slope. See Note [Where-safe products]. */
final class WhereSafe {
    private WhereSafe() {}

    // Note [Where-safe products]. In where(x > 0, sqrt(x), 0) the branch not taken hands back 0 * inf = nan.
    // So a cotangent of exactly 0 stays 0 under a slope that may be infinite: select(ct == 0, 0, ct * slope).
    // That product is still linear in ct, also at 0, so its own derivative is that of ct * slope and not that
    // of the select. Forwards the same holds for tangents.
    static ScalarExpr product(ScalarExpr change, ScalarExpr slope, boolean mayBeInfinite) {
        var plain = Scalars.is(slope, -1) ? neg(change) : mul(change, slope);
        boolean times = plain instanceof ScalarExpr.Binary(var op, var x, var by)
                && op == BinaryOp.MUL && x.equals(change);
        return mayBeInfinite && times
                ? select(binary(BinaryOp.EQ, change, like(change, 0)), like(plain, 0), plain) : plain;
    }

    /** The product {@code change * slope} that such a select stands for, null if it is another one. */
    static ScalarExpr.Binary product(ScalarExpr.Select select) {
        return select.condition() instanceof ScalarExpr.Binary(BinaryOp equal, ScalarExpr tested, ScalarExpr zero)
                && equal == BinaryOp.EQ && Scalars.is(zero, 0) && Scalars.is(select.yes(), 0)
                && select.no() instanceof ScalarExpr.Binary product
                && product.op() == BinaryOp.MUL && product.x().equals(tested) ? product : null;
    }
}
