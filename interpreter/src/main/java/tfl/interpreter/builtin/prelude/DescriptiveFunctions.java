package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Devices;
import tfl.interpreter.builtin.tensor.Norms;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.tensor.Products;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Combine;
import tfl.kernel.UnaryOp;
import tfl.language.ast.BinaryOperator;
import tfl.primitive.Clip;
import tfl.primitive.ReduceSum;
import tfl.primitive.Scatter;
import tfl.primitive.Sort;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Descriptions of how numbers are spread, and products of tensors. */
final class DescriptiveFunctions {
    private DescriptiveFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        rows.add("quantile", "x, q, axis=none, keepdims=false",
                "The numbers below which fractions q of the elements lie, interpolated.",
                call -> call.unwrapped(quantile(call, call.value(1), 2, 3)));
        rows.add("median", "x, axis=none, keepdims=false",
                "The middle element, or the mean of the two in the middle.",
                call -> call.unwrapped(quantile(call, 0.5, 1, 2)));
        rows.add("histogram", "x, bins=10, range=none",
                "(counts, edges): how many elements lie between neighbouring edges.",
                DescriptiveFunctions::histogram);
        rows.add("norm", "x, axis=none, ord=2, keepdims=false",
                "The length of vectors: the ord-norm of the elements. Its gradient at 0 is 0.",
                call -> call.unwrapped(Norms.vector(call.ops(), call.ops().floats(call.tensor(0)),
                        call.axes(1, call.tensor(0).type().shape().rank()), call.number(2), call.flag(3))));
        rows.add("matmul", "x, y", "x @ y.", call -> Operators.binary(
                BinaryOperator.MATMUL, call.tensor(0), call.tensor(1)));
        rows.add("tensordot", "x, y, axes=2",
                "Sums of products over the last axes of x and the first of y, or named pairs.",
                DescriptiveFunctions::tensordot);
        rows.add("vecdot", "x, y, axis=-1", "The dot products of vectors along an axis.", call -> {
            var ops = call.ops();
            var x = call.tensor(0);
            var left = x.type().dtype().isComplex() ? ops.unary(UnaryOp.CONJ, x) : x;
            var product = ops.multiply(left, call.tensor(1));
            return Reductions.sum(ops, product,
                    new int[] {call.axis(2, product.type().shape().rank())}, false, product.type().dtype());
        });
        rows.add("to", "x, device", "x on a device.", call -> {
            Devices.require("to", call.text(1));
            return call.value(0);
        });
        return rows.list();
    }

    private static TensorValue quantile(Call call, Object fractions, int axisIndex, int keepIndex) {
        var ops = call.ops();
        var x = ops.floats(call.tensor(0));
        int rank = x.type().shape().rank();
        int[] axes = call.axes(axisIndex, rank);
        var rows = rowsOver(ops, x, axes);
        long size = rows.type().shape().dim(rows.type().shape().rank() - 1);
        if (size == 0) {
            throw call.fail("there are no elements", null);
        }
        var sorted = ops.runAll(new Sort(false, false), rows).getFirst();
        if (fractions instanceof Number one) {
            return kept(call, keepIndex, x, axes, at(ops, sorted, one.doubleValue(), size, call));
        }
        var given = call.tensor(1);
        var shape = given.type().shape();
        var known = given instanceof Tensor plain ? plain.toDoubles() : null;
        var parts = new ArrayList<TensorValue>();
        for (int i = 0; i < shape.size(); i++) {
            var part = known != null ? at(ops, sorted, known[i], size, call)
                    : between(ops, sorted, ops.reshape(ops.slice(ops.reshape(given, shape.size()), 0, i, 1, 1)), size);
            parts.add(ops.expand(kept(call, keepIndex, x, axes, part), 0));
        }
        var all = ops.concat(0, parts);
        var dims = all.type().shape().dims();
        var result = Arrays.copyOf(shape.dims(), shape.rank() + dims.length - 1);
        System.arraycopy(dims, 1, result, shape.rank(), dims.length - 1);
        return ops.reshape(all, result);
    }

    private static TensorValue at(Tensors ops, TensorValue sorted, double fraction, long size, Call call) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw call.fail("fractions go from 0 to 1, not " + fraction, null);
        }
        int last = sorted.type().shape().rank() - 1;
        double place = fraction * (size - 1);
        long below = (long) Math.floor(place);
        var low = ops.squeeze(ops.slice(sorted, last, below, 1, 1), last);
        if (below == place) {
            return low;
        }
        var high = ops.squeeze(ops.slice(sorted, last, below + 1, 1, 1), last);
        return ops.add(low, ops.multiply(ops.subtract(high, low), place - below));
    }

    /** The same at a fraction that a transformation follows: each element by how near it is; nan beyond 0 and 1. */
    private static TensorValue between(Tensors ops, TensorValue sorted, TensorValue fraction, long size) {
        var dtype = sorted.type().dtype();
        var share = ops.cast(fraction, DType.F64);
        var far = ops.unary(UnaryOp.ABS, ops.subtract(ops.iota(DType.F64, Shape.of(size), 0, 0, 1),
                ops.multiply(share, (double) (size - 1))));
        var weights = ops.cast(ops.subtract(1.0, far), dtype);
        var near = ops.binary(BinaryOp.GT, weights, 0.0);
        var parts = ops.select(near, ops.multiply(sorted, weights), 0.0);
        var inside = ops.binary(BinaryOp.AND, ops.binary(BinaryOp.GE, share, 0.0), ops.binary(BinaryOp.LE, share, 1.0));
        int last = sorted.type().shape().rank() - 1;
        return ops.select(inside, ops.run(new ReduceSum(List.of(last)), parts), Double.NaN);
    }

    /** The axes joined to one, behind the others. */
    private static TensorValue rowsOver(Tensors ops, TensorValue x, int[] axes) {
        var shape = x.type().shape();
        int[] others = Arrays.stream(Axes.all(shape.rank()))
                .filter(axis -> Arrays.binarySearch(axes, axis) < 0).toArray();
        int[] order = Arrays.copyOf(others, shape.rank());
        System.arraycopy(axes, 0, order, others.length, axes.length);
        var dims = new long[others.length + 1];
        dims[others.length] = 1;
        for (int i = 0; i < order.length; i++) {
            if (i < others.length) {
                dims[i] = shape.dim(order[i]);
            } else {
                dims[others.length] *= shape.dim(order[i]);
            }
        }
        return ops.reshape(ops.permute(x, order), dims);
    }

    private static TensorValue kept(Call call, int keepIndex, TensorValue x, int[] axes, TensorValue result) {
        if (!call.flag(keepIndex)) {
            return result;
        }
        var dims = x.type().shape().dims();
        for (int axis : axes) {
            dims[axis] = 1;
        }
        return call.ops().reshape(result, dims);
    }

    private static Object histogram(Call call) {
        var ops = call.ops();
        var x = ops.cast(call.tensor(0), DType.F64);
        var values = ops.reshape(x, x.type().shape().size());
        var edges = ops.cast(call.isNumber(1) ? edges(call) : call.tensor(1), DType.F64);
        long bins = edges.type().shape().size() - 1;
        if (bins < 1) {
            return TupleValue.of(ops.full(DType.I64, Shape.of(0), 0L), ops.cast(edges, DType.F32));
        }
        // The last bin includes its upper edge.
        var last = ops.slice(edges, 0, bins, 1, 1);
        var inside = ops.binary(BinaryOp.AND, ops.binary(BinaryOp.GE, values, ops.slice(edges, 0, 0, 1, 1)),
                ops.binary(BinaryOp.LE, values, last));
        var bin = ops.subtract(SortedSearch.places(ops, edges, values, true), 1L);
        var place = ops.run(new Clip(0, bins - 1), bin);
        var counts = ops.run(new Scatter(1, Combine.ADD), ops.full(DType.I64, Shape.of(bins), 0L),
                ops.cast(inside, DType.I64), place);
        return TupleValue.of(counts, ops.cast(edges, DType.F32));
    }

    private static TensorValue edges(Call call) {
        int bins = (int) Math.min(call.integer(1, 1), 1 << 26);
        double low;
        double high;
        if (call.value(2) instanceof TupleValue range && range.size() == 2) {
            low = call.number(2, range.get(0));
            high = call.number(2, range.get(1));
        } else if (call.isNone(2)) {
            var values = Concrete.of(call.tensor(0)).toDoubles();
            low = Arrays.stream(values).min().orElse(0);
            high = Arrays.stream(values).max().orElse(1);
        } else {
            throw call.wrong(2, "a pair (low, high)");
        }
        if (low == high) {
            low -= 0.5;
            high += 0.5;
        }
        var edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = low + (high - low) * i / bins;
        }
        return call.ops().own(Tensor.of(DType.F64, edges, edges.length));
    }

    private static Object tensordot(Call call) {
        var x = call.tensor(0);
        var y = call.tensor(1);
        int left = x.type().shape().rank();
        int right = y.type().shape().rank();
        if (call.value(2) instanceof TupleValue pair && pair.size() == 2
                && pair.get(0) instanceof TupleValue) {
            return Products.tensordot(call.ops(), x, y, axes(call, pair.get(0), left),
                    axes(call, pair.get(1), right));
        }
        long count = call.integer(2, 0);
        if (count > left || count > right) {
            throw call.fail("x has " + left + " axes, y has " + right + ", so " + count + " cannot be summed",
                    null);
        }
        var last = new int[(int) count];
        Arrays.setAll(last, i -> left - last.length + i);
        return Products.tensordot(call.ops(), x, y, last, Axes.all((int) count));
    }

    private static int[] axes(Call call, Object given, int rank) {
        var values = Conversion.integers(given);
        if (values == null) {
            throw call.wrong(2, "an int or two tuples of axes");
        }
        return Arrays.stream(values).mapToInt(axis -> Axes.normal(axis, rank, "an operand")).toArray();
    }
}
