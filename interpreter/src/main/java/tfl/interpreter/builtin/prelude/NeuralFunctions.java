package tfl.interpreter.builtin.prelude;

import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.module.Tree;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Products;
import tfl.interpreter.builtin.tensor.Promotion;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.Routine.Pass;
import tfl.kernel.UnaryOp;
import tfl.primitive.Convolution;
import tfl.primitive.LogSoftmax;
import tfl.primitive.Pool;
import tfl.primitive.Primitive;
import tfl.primitive.Softmax;
import tfl.primitive.Standardize;
import tfl.primitive.StopGradient;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** What neural networks are made of. Images are {@code [batch, channels, sizes...]}. */
final class NeuralFunctions {
    private NeuralFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        rows.add("softmax", "x, axis=-1", "exp(x) / sum(exp(x)) along an axis.",
                call -> along(call, new Softmax()));
        rows.add("log_softmax", "x, axis=-1", "The logarithm of softmax, without overflow.",
                call -> along(call, new LogSoftmax()));
        rows.add("standardize", "x, axis=-1, eps=1e-5, weight=none, bias=none",
                "x less its mean, by its deviation, along an axis, times a weight and plus a bias for each place "
                        + "there: layer normalisation.", NeuralFunctions::standardize);
        rows.add("logsumexp", "x, axis=none, keepdims=false", "log(sum(exp(x))), without overflow.",
                NeuralFunctions::logSumExp);
        rows.add("conv", "x, w, stride=1, padding=\"valid\", dilation=1, groups=1",
                "The convolution of x[n, c, sizes...] with w[out, c / groups, sizes...]; padding is \"valid\", "
                        + "\"same\", an int, or one int or (low, high) for each axis.",
                        NeuralFunctions::convolution);
        rows.add("conv_transpose", "x, w, stride=1, padding=\"valid\", dilation=1, groups=1",
                "The transposed convolution of x[n, c, sizes...] with w[c, out / groups, sizes...]: what the gradient "
                        + "of conv does to its input. With \"same\" each size grows by the stride; other padding "
                        + "is cut off the result.", NeuralFunctions::transposedConvolution);
        rows.add("max_pool", "x, size, stride=none, padding=0",
                "The largest element of each window; stride is size for none.",
                call -> pool(call, true));
        rows.add("avg_pool", "x, size, stride=none, padding=0",
                "The mean of each window, padding not counted.",
                call -> pool(call, false));
        rows.add("resize", "x, size, method=\"linear\"",
                "The last axes at other sizes, by \"linear\" interpolation or the \"nearest\" element.",
                NeuralFunctions::resize);
        rows.add("einsum", "spec, *xs", "A sum of products by index letters: einsum(\"ij,jk->ik\", a, b).",
                call -> Einsum.of(call.ops(), call.text(0), call.tensorList(1)));
        rows.add("stop_gradient", "x", "x itself, which no gradient passes.",
                call -> Tree.map(call.value(0), leaf -> stopped(call.ops(), leaf)));
        return rows.list();
    }

    private static Object stopped(Tensors ops, Object leaf) {
        if (!(leaf instanceof TensorValue x)) {
            return leaf;
        }
        var stopped = ops.run(new StopGradient(), x);
        return Tensors.isNumber(x) ? ops.number(stopped) : stopped;
    }

    private static TensorValue along(Call call, Primitive primitive) {
        var ops = call.ops();
        var x = ops.floats(call.tensor(0));
        int rank = x.type().shape().rank();
        int axis = call.axis(1, rank);
        return ops.moveAxis(ops.run(primitive, ops.moveAxis(x, axis, rank - 1)), rank - 1, axis);
    }

    private static TensorValue standardize(Call call) {
        if (call.isNone(3) && call.isNone(4) && !call.isLifted(2)) {
            return along(call, new Standardize(call.number(2)));
        }
        var ops = call.ops();
        var x = ops.floats(call.tensor(0));
        int last = x.type().shape().rank() - 1;
        int axis = call.axis(1, last + 1);
        var moved = ops.moveAxis(x, axis, last);
        var weight = spread(call, 3, 1, moved);
        var bias = spread(call, 4, 0, moved);
        var result = call.isLifted(2) ? ops.add(ops.multiply(standardized(call, moved, last), weight), bias)
                : ops.run(new Standardize(call.number(2)), moved, weight, bias);
        return ops.moveAxis(result, last, axis);
    }

    /** Along the last axis, with an eps that a transformation is at work on. */
    private static TensorValue standardized(Call call, TensorValue x, int last) {
        var ops = call.ops();
        int[] axes = {last};
        var variance = Reductions.variance(ops, x, axes, 0, true);
        var deviation = ops.unary(UnaryOp.SQRT, ops.add(variance, call.element(2, x.type().dtype())));
        return ops.divide(ops.subtract(x, Reductions.mean(ops, x, axes, true)), deviation);
    }

    /** An argument with one element for each place along the last axis, or {@code otherwise} for none. */
    private static TensorValue spread(Call call, int argument, long otherwise, TensorValue x) {
        var ops = call.ops();
        var shape = x.type().shape();
        if (call.isNone(argument)) {
            return ops.broadcast(ops.full(x.type().dtype(), Shape.SCALAR, otherwise), shape);
        }
        var given = call.tensor(argument);
        long places = shape.dim(shape.rank() - 1);
        if (!given.type().shape().equals(Shape.of(places))) {
            throw call.fail((argument == 3 ? "weight" : "bias") + " has one element for each of the " + places
                    + " places along the axis, not shape " + given.type().shape(), null);
        }
        return ops.broadcast(ops.cast(given, x.type().dtype()), shape);
    }

    private static Object logSumExp(Call call) {
        var ops = call.ops();
        var x = ops.floats(call.tensor(0));
        int[] axes = call.axes(1, x.type().shape().rank());
        var largest = ops.run(new StopGradient(), Reductions.extreme(ops, true, x, axes, true));
        // An infinite maximum would make inf - inf; zero in its place gives the right limit.
        var finite = ops.select(ops.unary(UnaryOp.IS_FINITE, largest), largest,
                ops.full(largest.type().dtype(), Shape.SCALAR, 0L));
        var sum = Reductions.sum(ops, ops.unary(UnaryOp.EXP, ops.subtract(x, finite)), axes, true, null);
        var result = ops.add(ops.unary(UnaryOp.LOG, sum), finite);
        if (call.flag(2)) {
            return call.unwrapped(result);
        }
        var dims = new long[result.type().shape().rank() - axes.length];
        int next = 0;
        for (int axis = 0; axis < result.type().shape().rank(); axis++) {
            if (Arrays.binarySearch(axes, axis) < 0) {
                dims[next++] = result.type().shape().dim(axis);
            }
        }
        return call.unwrapped(ops.reshape(result, dims));
    }

    /** How many sizes images and a kernel have. */
    private static int spatialAxes(Call call, TensorValue x, TensorValue w, String kernel) {
        int axes = x.type().shape().rank() - 2;
        if (axes < 1 || axes > 3 || w.type().shape().rank() != axes + 2) {
            throw call.fail("x is " + x.type() + ", w is " + w.type()
                    + "; both need 3 to 5 axes, as many as the other",
                    "x is [batch, channels, sizes...], w is " + kernel);
        }
        return axes;
    }

    // The result is what conv, with the same kernel and padding, would make x of: conv's gradient to its input.
    private static Object transposedConvolution(Call call) {
        var ops = call.ops();
        var x = ops.floats(call.tensor(0));
        var w = ops.floats(call.tensor(1));
        int axes = spatialAxes(call, x, w, "[channels, out / groups, sizes...]");
        long groups = call.integer(5, 1);
        if (x.type().shape().dim(1) != w.type().shape().dim(0) || w.type().shape().dim(0) % groups != 0) {
            throw call.fail("x has " + x.type().shape().dim(1) + " channels, w takes " + w.type().shape().dim(0)
                    + " in " + groups + (groups == 1 ? " group" : " groups"),
                    "a transposed kernel is [channels, out / groups, sizes...]");
        }
        var dtype = Promotion.of(x.type().dtype(), w.type().dtype());
        var stride = positive(call, 2, axes);
        var dilation = positive(call, 4, axes);
        var low = new Long[axes];
        var high = new Long[axes];
        var size = new Long[axes];
        for (int i = 0; i < axes; i++) {
            long reach = (w.type().shape().dim(i + 2) - 1) * dilation[i] + 1;
            long steps = x.type().shape().dim(i + 2);
            long[] pair = padding(call, 3, i, axes, steps * stride[i], reach, stride[i]);
            low[i] = pair[0];
            high[i] = pair[1];
            size[i] = "same".equals(call.value(3)) ? steps * stride[i]
                    : (steps - 1) * stride[i] + reach - low[i] - high[i];
            if (size[i] < 1) {
                throw call.fail("nothing is left of axis " + (i + 2) + ": its size would be " + size[i], null);
            }
        }
        return ops.run(new Convolution(Pass.INPUT, list(stride), List.of(low), List.of(high), list(dilation), groups,
                List.of(size)), ops.cast(x, dtype), ops.cast(w, dtype));
    }

    private static Object convolution(Call call) {
        var ops = call.ops();
        var x = ops.floats(call.tensor(0));
        var w = ops.floats(call.tensor(1));
        int axes = spatialAxes(call, x, w, "[out, channels / groups, sizes...]");
        var dtype = Promotion.of(x.type().dtype(), w.type().dtype());
        var stride = positive(call, 2, axes);
        var dilation = positive(call, 4, axes);
        var low = new Long[axes];
        var high = new Long[axes];
        for (int i = 0; i < axes; i++) {
            long reach = (w.type().shape().dim(i + 2) - 1) * dilation[i] + 1;
            long[] pair = padding(call, 3, i, axes, x.type().shape().dim(i + 2), reach, stride[i]);
            low[i] = pair[0];
            high[i] = pair[1];
        }
        return ops.run(new Convolution(Pass.FORWARD, list(stride), List.of(low), List.of(high),
                list(dilation),
                call.integer(5, 1), List.of()), ops.cast(x, dtype), ops.cast(w, dtype));
    }

    private static List<Long> list(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static long[] positive(Call call, int index, int count) {
        var values = call.integers(index, count);
        if (Arrays.stream(values).anyMatch(value -> value < 1)) {
            throw call.wrong(index, "ints of at least 1");
        }
        return values;
    }

    /** The padding before and behind one axis. */
    private static long[] padding(Call call, int index, int axis, int axes, long size, long reach,
            long stride) {
        Object given = call.value(index);
        if (given instanceof String name) {
            return switch (name) {
                case "valid" -> new long[] {0, 0};
                case "same" -> {
                    long total = Math.max(0, (Math.ceilDiv(size, stride) - 1) * stride + reach - size);
                    yield new long[] {total / 2, total - total / 2};
                }
                default -> throw call.wrong(index, "\"valid\", \"same\" or ints");
            };
        }
        Object own = given instanceof TupleValue tuple && tuple.size() == axes ? tuple.get(axis) : given;
        var values = Conversion.integers(own);
        if (values == null || values.length < 1 || values.length > 2 || values[0] < 0
                || values[values.length - 1] < 0) {
            throw call.wrong(index, "\"valid\", \"same\", an int, or one int or (low, high) for each axis");
        }
        return new long[] {values[0], values[values.length - 1]};
    }

    private static Object pool(Call call, boolean max) {
        var x = call.ops().floats(call.tensor(0));
        boolean all = call.value(1) instanceof Long;
        int axes = all ? x.type().shape().rank() - 2 : call.integers(1).length;
        if (axes < 1 || axes > 3 || x.type().shape().rank() < axes) {
            throw call.wrong(0, "images [batch, channels, sizes...]");
        }
        var window = positive(call, 1, axes);
        var stride = call.isNone(2) ? window : positive(call, 2, axes);
        int first = x.type().shape().rank() - axes;
        var low = new Long[axes];
        var high = new Long[axes];
        for (int i = 0; i < axes; i++) {
            long[] pair = padding(call, 3, i, axes, x.type().shape().dim(first + i), window[i], stride[i]);
            low[i] = pair[0];
            high[i] = pair[1];
        }
        return call.ops().run(new Pool(max, list(window), list(stride), List.of(low), List.of(high)), x);
    }

    // Interpolation along one axis is a product with a sparse matrix, so gradients come by themselves.
    private static Object resize(Call call) {
        var ops = call.ops();
        boolean linear = switch (call.text(2)) {
            case "linear", "bilinear", "trilinear" -> true;
            case "nearest" -> false;
            default -> throw call.wrong(2, "\"linear\" or \"nearest\"");
        };
        var x = ops.floats(call.tensor(0));
        var sizes = call.integers(1);
        int rank = x.type().shape().rank();
        if (sizes.length > rank) {
            throw call.fail("x has " + rank + " axes, but " + sizes.length + " sizes are given", null);
        }
        var result = x;
        for (int i = 0; i < sizes.length; i++) {
            int axis = rank - sizes.length + i;
            long from = x.type().shape().dim(axis);
            if (sizes[i] < 1 || from < 1) {
                throw call.fail("sizes are at least 1", null);
            }
            if (sizes[i] != from) {
                var weights = ops.cast(ops.own(weights(from, sizes[i], linear)), x.type().dtype());
                var last = ops.moveAxis(result, axis, rank - 1);
                result = ops.moveAxis(Products.matmul(ops, last, weights), rank - 1, axis);
            }
        }
        return result;
    }

    /** How much each old element (row) counts in each new one (column); the edges repeat. */
    private static Tensor weights(long from, long to, boolean linear) {
        var weights = new double[Math.toIntExact(from * to)];
        for (long j = 0; j < to; j++) {
            double centre = (j + 0.5) * from / to - 0.5;
            long low = (long) Math.floor(centre);
            if (linear) {
                weights[(int) (Math.clamp(low, 0, from - 1) * to + j)] += 1 - (centre - low);
                weights[(int) (Math.clamp(low + 1, 0, from - 1) * to + j)] += centre - low;
            } else {
                weights[(int) (Math.clamp((long) Math.floor((j + 0.5) * from / to), 0, from - 1) * to + j)] =
                        1;
            }
        }
        return Tensor.of(DType.F32, weights, from, to);
    }
}
