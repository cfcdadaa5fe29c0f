package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Broadcast;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.TupleValue;
import tfl.primitive.ShapeProblem;
import tfl.tensor.Shape;
import tfl.tensor.TensorValue;

/** The same elements in other shapes and orders. */
final class ManipulationFunctions {
    private ManipulationFunctions() {}

    static List<Builtin> rows() {
        var rows = new Rows("prelude");
        shapes(rows);
        axes(rows);
        joining(rows);
        return rows.list();
    }

    private static void shapes(Rows rows) {
        rows.add("reshape", "x, *shape",
                "The elements in row-major order in another shape; one size may be -1.",
                ManipulationFunctions::reshape);
        rows.add("flatten", "x", "All elements in one axis.", call -> call.ops().reshape(call.tensor(0),
                call.tensor(0).type().shape().size()));
        rows.add("squeeze", "x, axis=none", "Without axes of size 1: those given, or all.",
                ManipulationFunctions::squeeze);
        rows.add("expand_dims", "x, axis=0", "With a new axis of size 1.", call -> {
            var x = call.tensor(0);
            return call.ops().expand(x, call.axis(1, x.type().shape().rank() + 1));
        });
        rows.add("broadcast_to", "x, *shape",
                "Axes of size 1 repeated, and leading axes added, up to a shape.",
                call -> {
                    var x = call.tensor(0);
                    var shape = spread(call, 1);
                    if (!Broadcast.of(x.type().shape(), shape).equals(shape)) {
                        throw call.fail("(" + x.type().shape() + ") does not broadcast to (" + shape + ")",
                                null);
                    }
                    return call.ops().broadcast(x, shape);
                });
        rows.add("broadcast_arrays", "*xs", "The tensors, broadcast to one shape.", call -> {
            var tensors = call.tensorList(0);
            var shape = tensors.stream().map(x -> x.type().shape()).reduce(Shape.SCALAR, Broadcast::of);
            return new TupleValue(tensors.stream().map(x -> call.ops().broadcast(x, shape)).toArray());
        });
    }

    private static void axes(Rows rows) {
        rows.add("permute_dims", "x, *axes",
                "Axes in another order; axis k of the result is axis axes[k] of x.",
                ManipulationFunctions::permute);
        rows.add("transpose", "x, *axes", "Axes in another order, reversed without arguments.",
                ManipulationFunctions::permute);
        rows.add("matrix_transpose", "x", "The last two axes exchanged.", call -> transposed(call));
        rows.add("moveaxis", "x, source, destination", "Axes moved to other places.",
                ManipulationFunctions::moveAxis);
        rows.add("swapaxes", "x, a, b", "Two axes exchanged.", call -> {
            var x = call.tensor(0);
            int rank = x.type().shape().rank();
            int[] order = Axes.all(rank);
            int a = call.axis(1, rank);
            int b = call.axis(2, rank);
            order[a] = b;
            order[b] = a;
            return call.ops().permute(x, order);
        });
        rows.add("flip", "x, axis=none", "The order of elements reversed along axes, all of them by default.",
                call -> {
            var result = call.tensor(0);
            for (int axis : call.axes(1, result.type().shape().rank())) {
                long size = result.type().shape().dim(axis);
                result = call.ops().slice(result, axis, Math.max(0, size - 1), -1, size);
            }
            return result;
        });
        rows.add("roll", "x, shift, axis=none", "Elements moved along, around the end.",
                ManipulationFunctions::roll);
    }

    private static void joining(Rows rows) {
        rows.add("concat", "xs, axis=0",
                "Tensors joined along an axis that they have; all flattened for none.",
                ManipulationFunctions::concat);
        rows.add("stack", "xs, axis=0", "Tensors of one shape joined along a new axis.", call -> {
            var parts = call.tensorList(0);
            requireSome(call, parts);
            int axis = call.axis(1, parts.getFirst().type().shape().rank() + 1);
            var shape = parts.getFirst().type().shape();
            for (var part : parts) {
                if (!part.type().shape().equals(shape)) {
                    throw call.fail("the shapes differ: (" + shape + ") and (" + part.type().shape() + ")",
                            null);
                }
            }
            return call.ops().concat(axis, parts.stream().map(x -> call.ops().expand(x, axis)).toList());
        });
        rows.add("unstack", "x, axis=0", "The slices along an axis, as a tuple.", call -> {
            var x = call.tensor(0);
            int axis = call.axis(1, x.type().shape().rank());
            var slices = new ArrayList<TensorValue>();
            for (long i = 0; i < x.type().shape().dim(axis); i++) {
                slices.add(call.ops().squeeze(call.ops().slice(x, axis, i, 1, 1), axis));
            }
            return new TupleValue(slices.toArray());
        });
        rows.add("tile", "x, *repetitions", "The whole tensor repeated along each axis.",
                ManipulationFunctions::tile);
        rows.add("repeat", "x, repeats, axis=none",
                "Each element repeated along an axis; flattened for none.",
                ManipulationFunctions::repeat);
        rows.add("pad", "x, width, value=0",
                "Elements of one value around each axis; width is an int, (low, high), "
                + "or one pair for each axis.", ManipulationFunctions::pad);
    }

    /** Sizes given as one tuple or spread over the arguments. */
    private static Shape spread(Call call, int index) {
        return Conversion.shape(spreadInts(call, index));
    }

    private static long[] spreadInts(Call call, int index) {
        var rest = (TupleValue) call.value(index);
        Object all = rest.size() == 1 ? rest.get(0) : rest;
        var values = Conversion.integers(all);
        if (values == null) {
            throw call.wrong(index, "ints or a tuple of ints");
        }
        return values;
    }

    private static Object reshape(Call call) {
        var x = call.tensor(0);
        var dims = spreadInts(call, 1);
        long size = x.type().shape().size();
        long known = 1;
        int open = -1;
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] == -1 && open < 0) {
                open = i;
            } else if (dims[i] < 0) {
                throw call.fail(dims[i] == -1 ? "only one size may be -1" : "a size cannot be " + dims[i],
                        null);
            } else {
                boolean countable = known == 0 || dims[i] <= Long.MAX_VALUE / known;
                known = countable ? known * dims[i] : Long.MAX_VALUE;
            }
        }
        if (open >= 0 && known != 0 && size % known == 0) {
            dims[open] = size / known;
            known = size;
        }
        if (known != size || open >= 0 && dims[open] < 0) {
            throw new ShapeProblem("TFL-E0306",
                    "{0} has " + size + " elements (" + x.type() + "), which do not fit in ("
                    + Arrays.toString(dims).replaceAll("[\\[\\]]", "") + ")", null, "x");
        }
        return call.ops().reshape(x, dims);
    }

    private static Object squeeze(Call call) {
        var x = call.tensor(0);
        var shape = x.type().shape();
        var result = x;
        int[] axes = call.axes(1, shape.rank());
        for (int i = axes.length - 1; i >= 0; i--) {
            if (shape.dim(axes[i]) == 1) {
                result = call.ops().squeeze(result, axes[i]);
            } else if (!call.isNone(1)) {
                throw call.fail("axis " + axes[i] + " of x has size " + shape.dim(axes[i]) + ", not 1", null);
            }
        }
        return result;
    }

    private static Object permute(Call call) {
        var x = call.tensor(0);
        int rank = x.type().shape().rank();
        var given = (TupleValue) call.value(1);
        if (given.size() == 0) {
            int[] reversed = new int[rank];
            for (int i = 0; i < rank; i++) {
                reversed[i] = rank - 1 - i;
            }
            return call.ops().permute(x, reversed);
        }
        var axes = Arrays.stream(spreadInts(call, 1)).mapToInt(axis -> Axes.normal(axis, rank, "x"))
                .toArray();
        if (Arrays.stream(axes).distinct().count() != axes.length || axes.length != rank) {
            throw call.fail("the axes of x, of which there are " + rank + ", must each be named once", null);
        }
        return call.ops().permute(x, axes);
    }

    static TensorValue transposed(Call call) {
        var x = call.tensor(0);
        int rank = x.type().shape().rank();
        if (rank < 2) {
            throw call.wrong(0, "a matrix");
        }
        return call.ops().moveAxis(x, rank - 1, rank - 2);
    }

    private static Object moveAxis(Call call) {
        var x = call.tensor(0);
        int rank = x.type().shape().rank();
        var from = Arrays.stream(call.integers(1)).mapToInt(axis -> Axes.normal(axis, rank, "x")).toArray();
        var to = Arrays.stream(call.integers(2)).mapToInt(axis -> Axes.normal(axis, rank, "x")).toArray();
        if (from.length != to.length) {
            throw call.fail("source names " + from.length + " axes, destination " + to.length, null);
        }
        var order = new Integer[rank];
        for (int i = 0; i < from.length; i++) {
            order[to[i]] = from[i];
        }
        int next = 0;
        for (int axis = 0; axis < rank; axis++) {
            int current = axis;
            if (Arrays.stream(from).noneMatch(moved -> moved == current)) {
                while (order[next] != null) {
                    next++;
                }
                order[next] = axis;
            }
        }
        return call.ops().permute(x, Arrays.stream(order).mapToInt(Integer::intValue).toArray());
    }

    private static Object roll(Call call) {
        var x = call.tensor(0);
        if (call.isNone(2)) {
            var flat = call.ops().reshape(x, x.type().shape().size());
            return call.ops().reshape(rolled(call.ops(), flat, 0, call.integer(1)), x.type().shape().dims());
        }
        var axes = call.integers(2);
        var shifts = call.integers(1, axes.length);
        var result = x;
        for (int i = 0; i < axes.length; i++) {
            result = rolled(call.ops(), result, Axes.normal(axes[i], x.type().shape().rank(), "x"),
                    shifts[i]);
        }
        return result;
    }

    static TensorValue rolled(Tensors ops, TensorValue x, int axis, long shift) {
        long size = x.type().shape().dim(axis);
        long tail = size == 0 ? 0 : Math.floorMod(shift, size);
        return tail == 0 ? x : ops.concat(axis, List.of(ops.slice(x, axis, size - tail, 1, tail),
                ops.slice(x, axis, 0, 1, size - tail)));
    }

    private static void requireSome(Call call, List<TensorValue> parts) {
        if (parts.isEmpty()) {
            throw call.fail("there are no tensors", null);
        }
    }

    private static Object concat(Call call) {
        var parts = call.tensorList(0);
        requireSome(call, parts);
        if (call.isNone(1)) {
            return call.ops().concat(0, parts.stream()
                    .map(x -> call.ops().reshape(x, x.type().shape().size())).toList());
        }
        return call.ops().concat(call.axis(1, parts.getFirst().type().shape().rank()), parts);
    }

    private static Object tile(Call call) {
        var x = call.tensor(0);
        var counts = spreadInts(call, 1);
        int rank = Math.max(x.type().shape().rank(), counts.length);
        var dims = new long[rank];
        var pairs = new long[2 * rank];
        var repeated = new long[2 * rank];
        for (int i = 0; i < rank; i++) {
            int axis = i - rank + x.type().shape().rank();
            int count = i - rank + counts.length;
            long size = axis < 0 ? 1 : x.type().shape().dim(axis);
            pairs[2 * i] = 1;
            pairs[2 * i + 1] = size;
            repeated[2 * i] = count < 0 ? 1 : counts[count];
            repeated[2 * i + 1] = size;
            dims[i] = repeated[2 * i] * size;
        }
        return call.ops().reshape(call.ops().broadcast(call.ops().reshape(x, pairs),
                Conversion.shape(repeated)), dims);
    }

    private static Object repeat(Call call) {
        var ops = call.ops();
        var x = call.isNone(2) ? ops.reshape(call.tensor(0), call.tensor(0).type().shape().size())
                : call.tensor(0);
        int axis = call.isNone(2) ? 0 : call.axis(2, x.type().shape().rank());
        var shape = x.type().shape();
        var counts = call.integers(1);
        if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw call.wrong(1, "ints of at least 0");
        }
        if (counts.length == 1) {
            var wide = ops.expand(x, axis + 1);
            var dims = wide.type().shape().dims();
            dims[axis + 1] = counts[0];
            var result = shape.dims();
            result[axis] *= counts[0];
            return ops.reshape(ops.broadcast(wide, Conversion.shape(dims)), result);
        }
        counts = call.integers(1, (int) shape.dim(axis));
        return SearchingFunctions.take(ops, x, SearchingFunctions.repeated(ops, counts), axis);
    }

    private static Object pad(Call call) {
        var x = call.tensor(0);
        int rank = x.type().shape().rank();
        var low = new long[rank];
        var high = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            long[] pair = padding(call, axis, rank);
            low[axis] = pair[0];
            high[axis] = pair[1];
        }
        return call.ops().pad(x, low, high, fill(call));
    }

    private static Object fill(Call call) {
        return switch (call.value(2)) {
            case Long number -> number;
            case Double number -> number;
            case Boolean truth -> truth;
            case TensorValue one when one.type().shape().size() == 1 -> call.ops().reshape(one);
            case null, default -> throw call.wrong(2, "a number");
        };
    }

    private static long[] padding(Call call, int axis, int rank) {
        Object width = call.value(1);
        if (width instanceof TupleValue pairs && pairs.size() == rank && rank > 0
                && pairs.get(0) instanceof TupleValue) {
            width = pairs.get(axis);
        }
        var values = Conversion.integers(width);
        if (values == null || values.length < 1 || values.length > 2) {
            throw call.wrong(1, "an int, (low, high), or one such pair for each axis");
        }
        return new long[] {values[0], values[values.length - 1]};
    }
}
