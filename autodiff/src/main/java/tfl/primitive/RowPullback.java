package tfl.primitive;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.UnaryOp;
import tfl.tensor.TensorType;

/**
 * The pullbacks of the operations on rows, each in one pass: {@code y, dy -> dx}, but {@code x, dy -> dx} for
 * STANDARDIZE. Their own derivatives are those of the formula, written with plain operations.
 */
public record RowPullback(Of of, double epsilon) implements Primitive {
    /** Of which operation. */
    public enum Of { SOFTMAX, LOG_SOFTMAX, STANDARDIZE }

    @Override
    public String name() {
        return "pullback of " + of.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        Check.sameTypes(name(), inputs);
        Check.axis(name(), -1, inputs.getFirst().shape().rank());
        return List.of(inputs.getFirst());
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        var shape = inputs.getFirst().shape();
        double one = 1.0 / Math.max(1, shape.dim(shape.rank() - 1));
        var row = new Rows(inputs.getFirst().dtype());
        var x = row.input(0);
        var ct = row.input(1);
        return row.kernel(2, switch (of) {
            // dx = y (dy - sum(dy y))
            case SOFTMAX -> {
                var total = row.stage(Scalars.mul(x, ct), Kernel.Fold.SUM);
                yield Scalars.mul(x, Scalars.sub(ct, total));
            }
            // dx = dy - exp(y) sum(dy)
            case LOG_SOFTMAX -> {
                var total = row.stage(ct, Kernel.Fold.SUM);
                yield Scalars.sub(ct, Scalars.mul(Scalars.unary(UnaryOp.EXP, x), total));
            }
            // With c = x - mean, s = 1 / sqrt(variance + epsilon): dx = s (dy - mean(dy) - c s² mean(dy c))
            case STANDARDIZE -> {
                var mean = row.stage(Scalars.mul(row.stage(x, Kernel.Fold.SUM), one), Kernel.Fold.SUM);
                var centred = Scalars.sub(x, mean);
                var variance = Scalars.mul(row.stage(Scalars.square(centred), Kernel.Fold.SUM), one);
                var scale = row.stage(Scalars.unary(UnaryOp.RSQRT,
                        Scalars.add(variance, Scalars.like(variance, epsilon))), Kernel.Fold.SUM);
                var slope = row.stage(Scalars.mul(row.stage(ct, Kernel.Fold.SUM), one), Kernel.Fold.SUM);
                var along = row.stage(Scalars.mul(ct, centred), Kernel.Fold.SUM);
                var pull = row.stage(Scalars.mul(Scalars.mul(Scalars.square(scale), along), one), Kernel.Fold.SUM);
                yield Scalars.mul(scale, Scalars.sub(Scalars.sub(ct, slope), Scalars.mul(centred, pull)));
            }
        });
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        var x = inputs.get(0);
        var dy = inputs.get(1);
        var ct = cotangents.getFirst();
        var a = Algebra.of(ops);
        var row = RowAlgebra.of(a, x);
        return switch (of) {
            // out = y (dy - sum(dy y)): with t = sum(ct y), dy gets y (ct - t), y gets ct (dy - sum(dy y)) -
            // dy t
            case SOFTMAX -> {
                var toY = a.sub(a.mul(ct, a.sub(dy, row.sum(a.mul(dy, x)))),
                        a.mul(dy, row.sum(a.mul(ct, x))));
                yield Arrays.asList(toY, ops.call(this, x, ct));
            }
            // out = dy - e sum(dy), e = exp(y): dy gets ct - sum(ct e), y gets -ct e sum(dy)
            case LOG_SOFTMAX -> {
                var weighted = a.mul(ct, a.unary(UnaryOp.EXP, x));
                yield Arrays.asList(a.neg(a.mul(weighted, row.sum(dy))), a.sub(ct, row.sum(weighted)));
            }
            case STANDARDIZE -> standardize(row, x, dy, ct);
        };
    }

    // out is linear and symmetric in dy, so dy gets the same of ct. For x: with n = c s the standardised row,
    // m(.) the mean, out = s (dy - m(dy) - n m(dy n)); ds = -s n m(.) along dx, dn is the operation's own
    // pullback.
    private <V> List<V> standardize(RowAlgebra<V> row, V x, V dy, V ct) {
        var a = row.a();
        var part = standardized(row, x, dy);
        var scale = part.scale;
        var n = part.n;
        var inner = part.inner;
        var scaled = a.mul(ct, scale);
        // Through n: inner holds -n m(dy n), so n gets -(m(dy n) s ct) - dy m(s ct n).
        var toN = a.neg(a.add(a.mul(scaled, row.mean(a.mul(dy, n))), a.mul(dy, row.mean(a.mul(scaled, n)))));
        var throughN = a.ops().call(this, x, toN);
        // Through s = rsqrt(variance + epsilon): ds/dx = -s² n / count, and s gets sum(ct inner).
        var toScale = row.mean(a.mul(ct, inner));
        var throughScale = a.neg(a.mul(a.mul(a.mul(scale, scale), n), toScale));
        return Arrays.asList(a.add(throughN, throughScale), a.ops().call(this, x, ct));
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var a = Algebra.of(ops);
        var x = inputs.get(0);
        var tx = tangents.get(0);
        // Linear in dy.
        var along = tangents.get(1) == null ? null : ops.call(this, x, tangents.get(1));
        return List.of(tx == null ? along : a.add(pushed(RowAlgebra.of(a, x), x, inputs.get(1), tx), along));
    }

    /** The tangent along x. */
    private <V> V pushed(RowAlgebra<V> row, V x, V dy, V tx) {
        var a = row.a();
        return switch (of) {
            // out = y (dy - sum(dy y)): ty (dy - sum(dy y)) - y sum(dy ty)
            case SOFTMAX -> a.sub(a.mul(tx, a.sub(dy, row.sum(a.mul(dy, x)))), a.mul(x, row.sum(a.mul(dy, tx))));
            // out = dy - exp(y) sum(dy): -exp(y) ty sum(dy)
            case LOG_SOFTMAX -> a.neg(a.mul(a.mul(a.unary(UnaryOp.EXP, x), tx), row.sum(dy)));
            // out = s inner, inner = dy - m(dy) - n m(dy n): dn is the operation's own pullback, which is symmetric,
            // ds = -s² m(n dx)
            case STANDARDIZE -> {
                var part = standardized(row, x, dy);
                var n = part.n;
                var dn = a.ops().call(this, x, tx);
                var through = a.neg(a.mul(part.scale, a.add(a.mul(dn, row.mean(a.mul(dy, n))),
                        a.mul(n, row.mean(a.mul(dy, dn))))));
                var ds = a.neg(a.mul(a.mul(part.scale, part.scale), row.mean(a.mul(n, tx))));
                yield a.add(through, a.mul(ds, part.inner));
            }
        };
    }

    /** The factor s, the standardised row n, and what s multiplies in the result. */
    private record Standardized<V>(V scale, V n, V inner) {}

    private <V> Standardized<V> standardized(RowAlgebra<V> row, V x, V dy) {
        var a = row.a();
        var centred = a.sub(x, row.mean(x));
        var variance = row.mean(a.mul(centred, centred));
        var scale = a.unary(UnaryOp.RSQRT, a.add(variance, a.ops().full(a.ops().type(x), epsilon)));
        var n = a.mul(centred, scale);
        return new Standardized<>(scale, n, a.sub(a.sub(dy, row.mean(dy)), a.mul(n, row.mean(a.mul(dy, n)))));
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return ops.apply(this, BatchOps.spread(ops, size, inputs, mapped));
    }
}
