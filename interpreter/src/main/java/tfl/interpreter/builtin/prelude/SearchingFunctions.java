package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Broadcast;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Places;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Concrete;
import tfl.interpreter.value.SliceValue;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Combine;
import tfl.primitive.AlongAxis;
import tfl.primitive.Scatter;
import tfl.primitive.ShapeProblem;
import tfl.primitive.WrapIndex;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Where elements are, and elements from where they are. */
final class SearchingFunctions {
    private static final SliceValue ALL = new SliceValue(null, null, null);

    private SearchingFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        argument(rows, "argmax", true, "Where the largest element lies; the first of several.");
        argument(rows, "argmin", false, "Where the smallest element lies; the first of several.");
        rows.add("nonzero", "x", "The indices of the elements that are not zero, one tensor for each axis.",
                SearchingFunctions::nonzero);
        rows.add("searchsorted", "x, values, side=\"left\", sorter=none",
                "Where values would have to go to keep the sorted x sorted.",
                SearchingFunctions::searchSorted);
        rows.add("take", "x, indices, axis=none", "Elements along an axis, by their indices.", call -> {
            var x = call.tensor(0);
            var flat = call.isNone(2) && x.type().shape().rank() != 1;
            var source = flat ? call.ops().reshape(x, x.type().shape().size()) : x;
            int axis = call.isNone(2) ? 0 : call.axis(2, x.type().shape().rank());
            return take(call.ops(), source, call.tensor(1), axis);
        });
        rows.add("take_along_axis", "x, indices, axis=-1",
                "For each place of indices, the element of x that is named there along the axis.",
                SearchingFunctions::takeAlongAxis);
        rows.add("scatter", "x, indices, values", "x with rows replaced: result[indices[i]] = values[i].",
                call -> scattered(call, Combine.SET));
        rows.add("scatter_add", "x, indices, values",
                "x with values added to rows: result[indices[i]] += values[i], repeated indices add up.",
                call -> scattered(call, Combine.ADD));
        rows.add("segment_sum", "x, ids, n=none",
                "Sums of the rows that share an id, for ids from 0 to n - 1.",
                SearchingFunctions::segmentSum);
        rows.add("one_hot", "ids, n, dtype=none",
                "1 at the place that the id names along a new last axis, 0 elsewhere.",
                SearchingFunctions::oneHot);
        return rows.list();
    }

    private static void argument(Rows rows, String name, boolean largest, String doc) {
        rows.add(name, "x, axis=none, keepdims=false", doc, call -> {
            var x = call.tensor(0);
            int axis = call.isNone(1) ? -1 : call.axis(1, x.type().shape().rank());
            return call.unwrapped(Reductions.argument(call.ops(), largest, x, axis, call.flag(2)));
        });
    }

    static Object nonzero(Call call) {
        return new TupleValue(Places.where(call.ops(), call.tensor(0)).toArray());
    }

    private static Object searchSorted(Call call) {
        var x = call.tensor(0);
        boolean right = switch (call.text(2)) {
            case "left" -> false;
            case "right" -> true;
            default -> throw call.wrong(2, "\"left\" or \"right\"");
        };
        if (x.type().shape().rank() != 1) {
            throw call.wrong(0, "a sorted tensor of one axis");
        }
        var sorted = call.isNone(3) ? x : take(call.ops(), x, call.tensor(3), 0);
        return SortedSearch.places(call.ops(), sorted, call.operand(1), right);
    }

    /** Elements along an axis, whose place the axes of the indices take. */
    static TensorValue take(Tensors ops, TensorValue x, TensorValue indices, int axis) {
        var subscripts = new Object[axis + 1];
        Arrays.fill(subscripts, ALL);
        subscripts[axis] = indices;
        return Indexing.get(ops, x, subscripts);
    }

    /** 0 {@code counts[0]} times, then 1 {@code counts[1]} times, and so on. */
    static TensorValue repeated(Tensors ops, long[] counts) {
        var places = new ArrayList<Long>();
        for (int i = 0; i < counts.length; i++) {
            for (long n = 0; n < counts[i]; n++) {
                places.add((long) i);
            }
        }
        return ops.own(Tensor.of(places.stream().mapToLong(Long::longValue).toArray(), places.size()));
    }

    private static Object takeAlongAxis(Call call) {
        var ops = call.ops();
        var x = call.tensor(0);
        var indices = call.tensor(1);
        int axis = call.axis(2, x.type().shape().rank());
        if (indices.type().shape().rank() != x.type().shape().rank()) {
            throw call.fail("indices and x must have as many axes: they are " + indices.type() + " and "
                    + x.type(), null);
        }
        var index = ops.run(new WrapIndex(x.type().shape().dim(axis)), indices);
        var wide = x.type().shape().dims();
        var places = index.type().shape().dims();
        for (int i = 0; i < wide.length; i++) {
            if (i != axis && places[i] == 1) {
                places[i] = wide[i];
            } else if (i != axis && wide[i] == 1) {
                wide[i] = places[i];
            }
        }
        return AlongAxis.take(ops, ops.broadcast(x, Shape.of(wide)),
                ops.broadcast(index, Shape.of(places)), axis);
    }

    private static Object scattered(Call call, Combine combine) {
        return combined(call.ops(), call.tensor(0), call.tensor(1), call.operand(2), combine);
    }

    private static TensorValue combined(Tensors ops, TensorValue x, TensorValue indices, Object values,
            Combine combine) {
        var shape = x.type().shape();
        if (shape.rank() == 0) {
            throw new ShapeProblem("TFL-E0325", "{0} is a scalar and has no rows", null, "x");
        }
        return scattered(ops, x, ops.run(new WrapIndex(shape.dim(0)), indices), values, combine);
    }

    private static TensorValue scattered(Tensors ops, TensorValue x, TensorValue index, Object values,
            Combine combine) {
        var shape = x.type().shape();
        var rows = index.type().shape().dims();
        var dims = Arrays.copyOf(rows, rows.length + shape.rank() - 1);
        System.arraycopy(shape.dims(), 1, dims, rows.length, shape.rank() - 1);
        var place = Shape.of(dims);
        if (!Broadcast.fits(Tensors.shape(values), place)) {
            throw new ShapeProblem("TFL-E0302", "values of shape (" + Tensors.shape(values)
                    + ") do not broadcast to (" + place + "), the shape of the rows of {0} that are chosen", null, "x");
        }
        var part = ops.as(values, x.type().dtype(), place);
        return ops.run(new Scatter(1, combine), x, part, index);
    }

    private static Object segmentSum(Call call) {
        var x = call.tensor(0);
        var ids = call.tensor(1);
        long count;
        if (call.isNone(2)) {
            count = ids.type().shape().size() == 0 ? 0
                    : Arrays.stream(Concrete.of(ids).toLongs()).max().orElse(-1) + 1;
        } else {
            count = call.integer(2, 0);
        }
        if (ids instanceof Tensor known) {
            checkIds(call, known, count);
        }
        var dims = x.type().shape().dims();
        if (dims.length == 0 || ids.type().shape().rank() != 1 || ids.type().shape().dim(0) != dims[0]) {
            throw call.fail("there must be one id for each row: x is " + x.type() + ", ids is " + ids.type(),
                    null);
        }
        dims[0] = count;
        var zeros = call.ops().full(x.type().dtype(), Shape.of(dims), 0L);
        // Ids do not count from the end: what is not from 0 to n - 1 is refused when they are known.
        return scattered(call.ops(), zeros, call.ops().cast(ids, DType.I64), x, Combine.ADD);
    }

    private static void checkIds(Call call, Tensor ids, long count) {
        for (long id : ids.toLongs()) {
            if (id < 0 || id >= count) {
                throw call.fail("the id " + id + " is not from 0 to " + (count - 1), null);
            }
        }
    }

    private static Object oneHot(Call call) {
        var ops = call.ops();
        var ids = call.tensor(0);
        if (!ids.type().dtype().isInteger()) {
            throw call.wrong(0, "a tensor of ints");
        }
        var column = ops.expand(ops.cast(ids, DType.I64), ids.type().shape().rank());
        var hot = ops.binary(BinaryOp.EQ, column, ops.count(call.integer(1, 0)));
        return ops.cast(hot, call.dtype(2, DType.F32));
    }
}
