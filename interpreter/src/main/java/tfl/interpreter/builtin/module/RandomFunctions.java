package tfl.interpreter.builtin.module;

import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.None;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Clip;
import tfl.primitive.Sort;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * Random draws of the prelude. Each takes {@code key=}; without one it draws from the session's generator.
 */
public final class RandomFunctions {
    private static final int MOST_ROUNDS = 24;

    private RandomFunctions() {}

    /** The rows. */
    public static List<Builtin> rows() {
        var rows = new Rows("prelude");
        rows.add("seed", "n", "Starts the session's random generator from a number.", call -> {
            Outside.reach("seed", "sets the generator");
            Generator.of(call.context()).seed(call.integer(0));
            return None.NONE;
        });
        rows.add("rand", "shape=(), key=none, dtype=none", "Floats from 0 to below 1, all as likely.",
                call -> uniform(call, call.shape(0), 1, call.dtype(2, DType.F32)));
        rows.add("randn", "shape=(), key=none, dtype=none",
                "Normally distributed floats, mean 0, deviation 1.",
                call -> call.ops().cast(normal(call, call.shape(0), 1, 0), call.dtype(2, DType.F32)));
        rows.add("uniform", "low=0.0, high=1.0, shape=(), key=none, dtype=none",
                "Floats from low to below high, all as likely.", RandomFunctions::between);
        rows.add("randint", "low, high=none, shape=(), key=none, dtype=none",
                "Ints from low to below high, from 0 if one bound is given.", RandomFunctions::integers);
        rows.add("bernoulli", "p=0.5, shape=none, key=none", "true with probability p.", call -> {
            var p = call.operand(0);
            var shape = call.isNone(1) ? Tensors.shape(p) : call.shape(1);
            return call.ops().binary(BinaryOp.LT, uniform(call, shape, 2, DType.F32), p);
        });
        rows.add("permutation", "x, key=none", "The ints below x, or the rows of x, in random order.",
                call -> {
            boolean count = call.value(0) instanceof Long;
            var order = order(call, count ? call.integer(0, 0) : call.tensor(0).type().shape().dim(0), 1);
            return count ? order : Indexing.get(call.ops(), call.tensor(0), order);
        });
        rows.add("choice", "x, shape=(), replace=true, p=none, key=none",
                "Random rows of x, or ints below x; p are their probabilities.", RandomFunctions::choice);
        rows.add("truncated_normal", "shape=(), low=-2.0, high=2.0, key=none",
                "Normally distributed floats between two bounds.", RandomFunctions::truncated);
        rows.add("gamma", "alpha, shape=none, key=none", "Gamma distributed floats of shape parameter alpha.",
                RandomFunctions::gamma);
        rows.add("categorical", "logits, shape=none, axis=-1, key=none",
                "Indices along an axis, as likely as the softmax of the logits says.",
                RandomFunctions::categorical);
        return rows.list();
    }

    private static Object between(Call call) {
        var ops = call.ops();
        var low = call.operand(0);
        var high = call.operand(1);
        var unit = uniform(call, call.shape(2), 3, call.dtype(4, DType.F32));
        var width = ops.subtract(high, low);
        // The difference of two numbers is as weakly typed as they are.
        boolean weak = call.isNumber(0) && call.isNumber(1);
        return ops.add(ops.multiply(unit, weak ? ops.cast(width, unit.type().dtype()) : width), low);
    }

    private static TensorValue words(Call call, int key, long count, long round) {
        return Generator.words(call, key, count, round);
    }

    private static TensorValue part(Call call, TensorValue words, long start, long count) {
        return call.ops().slice(words, 0, start, 1, count);
    }

    private static TensorValue uniform(Call call, Shape shape, int key, DType dtype) {
        return uniform(call, shape, key, dtype, 0);
    }

    private static TensorValue uniform(Call call, Shape shape, int key, DType dtype, long round) {
        var ops = call.ops();
        long size = shape.size();
        if (dtype == DType.F64) {
            var words = words(call, key, 2 * size, round);
            return ops.reshape(Draws.uniform64(ops, part(call, words, 0, size),
                    part(call, words, size, size)),
                    shape.dims());
        }
        if (!dtype.isFloat()) {
            throw call.fail("random floats cannot be " + dtype, null);
        }
        // One number needs no kernel.
        int[] block = shape.rank() == 0 && round == 0 ? Generator.block(call, key) : null;
        if (block != null) {
            return Tensor.scalar(dtype, (block[0] >>> 8) * 0x1p-24);
        }
        return ops.cast(ops.reshape(Draws.uniform(ops, words(call, key, size, round)), shape.dims()), dtype);
    }

    private static TensorValue normal(Call call, Shape shape, int key, long round) {
        var ops = call.ops();
        long half = (shape.size() + 1) / 2;
        var words = words(call, key, 2 * half, round);
        var pairs = Draws.normal(ops, part(call, words, 0, half), part(call, words, half, half));
        var all = ops.concat(0, List.copyOf(pairs));
        return ops.reshape(part(call, all, 0, shape.size()), shape.dims());
    }

    private static Object integers(Call call) {
        var ops = call.ops();
        boolean single = call.isNone(1);
        long low = single ? 0 : call.integer(0);
        long high = call.integer(single ? 0 : 1);
        if (high <= low) {
            throw call.fail("there is no int from " + low + " to below " + high, null);
        }
        var shape = call.shape(2);
        long span = Math.subtractExact(high, low);
        int[] block = shape.rank() == 0 && call.dtype(4, DType.I64).isInteger() ? Generator.block(call, 3) : null;
        if (block != null) {
            long bits = ((long) block[0] << 32 | Integer.toUnsignedLong(block[1])) >>> 1;
            return Tensor.scalar(call.dtype(4, DType.I64), bits % span + low);
        }
        var words = words(call, 3, 2 * shape.size(), 0);
        var bits = Draws.integers(ops, part(call, words, 0, shape.size()),
                part(call, words, shape.size(), shape.size()));
        var drawn = ops.add(ops.binary(BinaryOp.MOD, ops.reshape(bits, shape.dims()), span), low);
        return ops.cast(drawn, call.dtype(4, DType.I64));
    }

    /** The ints below n in random order. */
    private static TensorValue order(Call call, long n, int key) {
        var words = words(call, key, 2 * n, 0);
        var bits = Draws.integers(call.ops(), part(call, words, 0, n), part(call, words, n, n));
        return call.ops().runAll(new Sort(false), bits).get(1);
    }

    private static Object choice(Call call) {
        var ops = call.ops();
        boolean count = call.value(0) instanceof Long;
        long n = count ? call.integer(0, 1) : call.tensor(0).type().shape().dim(0);
        var shape = call.shape(1);
        TensorValue picked;
        if (!call.flag(2)) {
            if (shape.size() > n) {
                throw call.fail("there are only " + n + " to choose from, " + shape.size() + " are asked for",
                        "replace=true allows repeats");
            }
            // Without replacement, weighted or not: the largest of noisy log-probabilities (Vieira, 2014).
            var noisy = call.isNone(3) ? null : ops.add(logarithms(call), gumbel(call, Shape.of(n), 4));
            var all = noisy == null ? order(call, n, 4) : ops.runAll(new Sort(true), noisy).get(1);
            picked = ops.reshape(part(call, all, 0, shape.size()), shape.dims());
        } else if (call.isNone(3)) {
            var unit = uniform(call, shape, 4, DType.F64);
            picked = ops.cast(ops.multiply(unit, (double) n), DType.I64);
        } else {
            var wide = withLast(shape, n);
            var noisy = ops.add(logarithms(call), gumbel(call, wide, 4));
            picked = Reductions.argument(ops, true, noisy, shape.rank(), false);
        }
        return count ? picked : Indexing.get(ops, call.tensor(0), picked);
    }

    private static TensorValue logarithms(Call call) {
        return call.ops().floating(UnaryOp.LOG, call.tensor(3));
    }

    private static Shape withLast(Shape shape, long size) {
        var dims = Arrays.copyOf(shape.dims(), shape.rank() + 1);
        dims[shape.rank()] = size;
        return Shape.of(dims);
    }

    /** Noise whose largest sum with log-probabilities is distributed as they say. */
    private static TensorValue gumbel(Call call, Shape shape, int key) {
        var ops = call.ops();
        var open = ops.subtract(1.0, uniform(call, shape, key, DType.F32));
        var inner = ops.unary(UnaryOp.NEG, ops.unary(UnaryOp.LOG, open));
        return ops.unary(UnaryOp.NEG, ops.unary(UnaryOp.LOG, ops.binary(BinaryOp.MAX, inner, 1e-30)));
    }

    private static Object truncated(Call call) {
        var ops = call.ops();
        var low = call.element(1, DType.F64);
        var high = call.element(2, DType.F64);
        if (Lifted.isKnown(low) && Lifted.isKnown(high) && !(call.threshold(1) < call.threshold(2))) {
            throw call.fail("low must be below high", null);
        }
        var unit = uniform(call, call.shape(0), 3, DType.F32);
        var from = distribution(ops, low);
        var width = ops.cast(ops.subtract(distribution(ops, high), from), DType.F32);
        var probability = ops.add(ops.multiply(unit, width), ops.cast(from, DType.F32));
        var inside = ops.run(new Clip(0x1p-24, 1 - 0x1p-24), probability);
        return ops.clip(Draws.normalQuantile(ops, inside), ops.cast(low, DType.F32), ops.cast(high, DType.F32));
    }

    /** The normal distribution function. */
    private static TensorValue distribution(Tensors ops, TensorValue x) {
        return ops.multiply(ops.add(ops.unary(UnaryOp.ERF, ops.multiply(x, Math.sqrt(0.5))), 1.0), 0.5);
    }

    /**
     * By rejection (Marsaglia and Tsang: A simple method for generating gamma variables, 2000), all elements
     * at once.
     */
    private static Object gamma(Call call) {
        var ops = call.ops();
        if (call.value(0) instanceof Number given && !(given.doubleValue() > 0)) {
            throw call.wrong(0, "a number above 0");
        }
        var alpha = ops.floats(ops.as(call.operand(0), Tensors.dtype(call.operand(0)) == DType.F64 ? DType.F64
                : DType.F32,
                call.isNone(1) ? Tensors.shape(call.operand(0)) : call.shape(1)));
        var shape = alpha.type().shape();
        var small = ops.binary(BinaryOp.LT, alpha, 1.0);
        var d = ops.subtract(ops.select(small, ops.add(alpha, 1.0), alpha), 1.0 / 3);
        var c = ops.divide(1.0 / 3, ops.unary(UnaryOp.SQRT, d));
        TensorValue result = d;
        // Each round accepts more than 95 % of what is left.
        for (int round = MOST_ROUNDS; round > 0; round--) {
            var x = normal(call, shape, 2, 2L * round);
            var base = ops.add(ops.multiply(c, x), 1.0);
            var v = ops.multiply(ops.multiply(base, base), base);
            var u = ops.subtract(1.0, uniform(call, shape, 2, DType.F32, 2L * round + 1));
            var safe = ops.binary(BinaryOp.MAX, v, 1e-30);
            var bound = ops.add(ops.multiply(ops.multiply(x, x), 0.5), ops.multiply(d, ops.add(
                    ops.subtract(1.0, v), ops.unary(UnaryOp.LOG, safe))));
            var accepted = ops.binary(BinaryOp.AND, ops.binary(BinaryOp.GT, base, 0.0),
                    ops.binary(BinaryOp.LT, ops.unary(UnaryOp.LOG, u), bound));
            result = ops.select(accepted, ops.multiply(d, v), result);
        }
        var u = ops.subtract(1.0, uniform(call, shape, 2, DType.F32, 1));
        var boost = ops.binary(BinaryOp.POW, u, ops.divide(1.0, alpha));
        return ops.select(small, ops.multiply(result, boost), result);
    }

    private static Object categorical(Call call) {
        var ops = call.ops();
        var logits = ops.floats(call.tensor(0));
        int rank = logits.type().shape().rank();
        int axis = call.axis(2, rank);
        var last = ops.moveAxis(logits, axis, rank - 1);
        if (call.isNone(1)) {
            return Reductions.argument(ops, true, ops.add(last, gumbel(call, last.type().shape(), 3)),
                    rank - 1, false);
        }
        var shape = call.shape(1);
        var noise = gumbel(call, withLast(shape, last.type().shape().dim(rank - 1)), 3);
        return Reductions.argument(ops, true, ops.add(last, noise), shape.rank(), false);
    }
}
