package tfl.interpreter.builtin.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.Ellipsis;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.SliceValue;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.Kernel.Combine;
import tfl.primitive.Gather;
import tfl.primitive.IndexedAxes;
import tfl.primitive.Insert;
import tfl.primitive.Primitive;
import tfl.primitive.Scatter;
import tfl.primitive.ShapeProblem;
import tfl.primitive.WrapIndex;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/**
 * What the subscripts of a tensor select, in two steps: a slice along every axis, and then, if there are
 * index tensors, a gather along theirs. Ints drop their axis and {@code none} adds one. The axes of index
 * tensors stand, as in NumPy, where the first of them stood, or in front of all if a slice separates them;
 * beside tensors, ints count as index tensors there.
 */
final class Selection {
    private final Tensors ops;
    private final Shape shape;
    private final String kinds;
    private final long[] starts;
    private final long[] steps;
    private final long[] counts;
    /** The sizes after the first step: dropped axes gone, new axes there. */
    private final List<Long> between = new ArrayList<>();
    /** Which axes of those the index tensors stand for. */
    private final List<Integer> indexed = new ArrayList<>();
    private final List<TensorValue> indices = new ArrayList<>();
    private final List<Integer> indexAxes = new ArrayList<>();
    private int place = -1;
    private boolean apart;
    private boolean closed;
    private boolean sawTensor;

    private Selection(Tensors ops, Shape shape, String kinds) {
        this.ops = ops;
        this.kinds = kinds;
        this.shape = shape;
        this.starts = new long[shape.rank()];
        this.steps = new long[shape.rank()];
        this.counts = shape.dims();
        Arrays.fill(steps, 1);
    }

    /**
     * Reads subscripts.
     *
     * @param kinds what a graph that meets an index out of bounds shows beside the underline
     */
    static Selection of(Tensors ops, TensorValue x, String kinds, Object[] subscripts) {
        var selection = new Selection(ops, x.type().shape(), kinds);
        selection.read(subscripts);
        return selection;
    }

    private void read(Object[] subscripts) {
        int used = 0;
        int ellipses = 0;
        for (int i = 0; i < subscripts.length; i++) {
            if (subscripts[i] instanceof TupleValue tuple) {
                subscripts[i] = asTensor(tuple);
            }
            used += axesOf(subscripts[i]);
            ellipses += subscripts[i] == Ellipsis.ELLIPSIS ? 1 : 0;
            sawTensor |= subscripts[i] instanceof TensorValue;
        }
        if (ellipses > 1) {
            throw TflException.of(ErrorKind.INDEX, "TFL-E0338",
                    "only one ... can stand between the brackets");
        }
        if (used > shape.rank()) {
            throw new ShapeProblem("TFL-E0325",
                    "{0} has " + shape.rank() + (shape.rank() == 1 ? " axis" : " axes")
                    + ", but " + used + " are indexed", null, "the tensor");
        }
        int axis = 0;
        for (var subscript : subscripts) {
            int next = subscript == Ellipsis.ELLIPSIS ? axis + shape.rank() - used : axis + axesOf(subscript);
            read(subscript, axis, next);
            axis = next;
        }
        keep(axis, shape.rank());
    }

    private TensorValue asTensor(TupleValue tuple) {
        var tensor = tuple.size() == 0 ? ops.own(Tensor.allocate(DType.I64, 0))
                : Conversion.tensor(ops, tuple);
        if (tensor == null) {
            throw notAnIndex(tuple);
        }
        return tensor;
    }

    private static int axesOf(Object subscript) {
        return switch (subscript) {
            case None none -> 0;
            case Ellipsis ellipsis -> 0;
            case TensorValue mask when mask.type().dtype() == DType.BOOL -> mask.type().shape().rank();
            case Long index -> 1;
            case SliceValue slice -> 1;
            case RangeValue range -> 1;
            case TensorValue index when index.type().dtype().isInteger() -> 1;
            case null, default -> throw notAnIndex(subscript);
        };
    }

    private static TflException notAnIndex(Object subscript) {
        return TflException.of(ErrorKind.TYPE, "TFL-E0326",
                Kinds.describe(subscript) + " is no index of a tensor",
                subscript instanceof Double ? "convert it first: int(i)" : null);
    }

    private void read(Object subscript, int axis, int next) {
        switch (subscript) {
            case None none -> {
                separate();
                between.add(1L);
            }
            case Ellipsis ellipsis -> {
                keep(axis, next);
                separate();
            }
            case Long index -> drop(axis, index);
            case SliceValue slice -> slice(axis, slice);
            case RangeValue range -> range(axis, range);
            case TensorValue mask when mask.type().dtype() == DType.BOOL -> mask(mask, axis);
            case Tensor index when index.rank() == 0 -> drop(axis, index.readLong(0));
            case TensorValue index -> gather(axis, index);
            default -> throw notAnIndex(subscript);
        }
    }

    private void keep(int from, int to) {
        for (int axis = from; axis < to; axis++) {
            separate();
            between.add(counts[axis]);
        }
    }

    /** A slice stands between what came before and index tensors to come. */
    private void separate() {
        closed |= place >= 0;
    }

    private void meet() {
        apart |= closed;
        place = place < 0 ? between.size() : place;
    }

    private void drop(int axis, long index) {
        long size = shape.dim(axis);
        if (index < -size || index >= size) {
            throw outside(index, axis, size);
        }
        starts[axis] = index < 0 ? index + size : index;
        counts[axis] = 1;
        if (sawTensor) {
            meet();
        }
    }

    private static ShapeProblem outside(long index, int axis, long size) {
        return new ShapeProblem("TFL-E0305", "index " + index + " is out of bounds for axis " + axis
                + " of {0}, whose size is " + size, size == 0 ? null : "indices go from " + -size + " to "
                        + (size - 1), "the tensor");
    }

    private void slice(int axis, SliceValue slice) {
        var bounds = SliceBounds.of(slice, shape.dim(axis));
        select(axis, bounds.start(), bounds.step(), bounds.count());
    }

    private void select(int axis, long start, long step, long count) {
        starts[axis] = count == 0 ? 0 : start;
        steps[axis] = step;
        counts[axis] = count;
        keep(axis, axis + 1);
    }

    private void range(int axis, RangeValue range) {
        long size = shape.dim(axis);
        if (range.size() == 0) {
            select(axis, 0, 1, 0);
            return;
        }
        long first = range.start();
        long last = range.get(range.size() - 1);
        for (long index : new long[] {first, last}) {
            if (index < -size || index >= size) {
                throw outside(index, axis, size);
            }
        }
        if (first < 0 != last < 0) {
            gather(axis, Conversion.tensor(ops, range));
            return;
        }
        select(axis, first < 0 ? first + size : first, range.step(), range.size());
    }

    private void gather(int axis, TensorValue index) {
        meet();
        indexed.add(between.size());
        between.add(counts[axis]);
        indices.add(index);
        indexAxes.add(axis);
    }

    private void mask(TensorValue mask, int axis) {
        requireMask(mask, shape, axis);
        var places = Places.where(ops, mask);
        for (int i = 0; i < places.size(); i++) {
            gather(axis + i, places.get(i));
        }
    }

    static void requireMask(TensorValue mask, Shape shape, int axis) {
        var own = mask.type().shape();
        for (int i = 0; i < own.rank(); i++) {
            if (own.rank() > shape.rank() - axis || own.dim(i) != shape.dim(axis + i)) {
                throw new ShapeProblem("TFL-E0327",
                        "the mask of shape (" + own + ") does not fit {0} of shape (" + shape
                        + ")" + (axis == 0 ? "" : " from axis " + axis + " on"), null, "the tensor");
            }
        }
    }

    // Reading

    TensorValue take(TensorValue x) {
        return indices.isEmpty() ? sliced(x) : placed(gathered(front(sliced(x))));
    }

    private boolean wholeSlice() {
        return Arrays.equals(counts, shape.dims()) && Arrays.stream(steps).allMatch(step -> step == 1);
    }

    private TensorValue sliced(TensorValue x) {
        var part = wholeSlice() ? x : ops.slice(x, starts, steps, counts);
        return ops.reshape(part, dims(between));
    }

    /** The indexed axes first. */
    private TensorValue front(TensorValue part) {
        int[] order = frontOrder();
        return isIdentity(order) ? part : ops.permute(part, order);
    }

    private int[] frontOrder() {
        var order = new ArrayList<>(indexed);
        for (int axis = 0; axis < between.size(); axis++) {
            if (!indexed.contains(axis)) {
                order.add(axis);
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private TensorValue gathered(TensorValue front) {
        var operands = new ArrayList<TensorValue>(List.of(front));
        operands.addAll(wrapped());
        return ops.run(new Gather(axes()), operands.toArray(TensorValue[]::new));
    }

    private IndexedAxes axes() {
        return new IndexedAxes(List.copyOf(indexAxes), kinds);
    }

    /** The indices in one shape, counted from the front. */
    private List<TensorValue> wrapped() {
        var common = common();
        var all = new ArrayList<TensorValue>();
        for (int i = 0; i < indices.size(); i++) {
            var index = ops.run(new WrapIndex(between.get(indexed.get(i))), indices.get(i));
            all.add(ops.broadcast(index, common));
        }
        return all;
    }

    private Shape common() {
        return indices.stream().map(index -> index.type().shape()).reduce(Shape.SCALAR, Broadcast::of);
    }

    /** The axes of the index tensors moved from the front to where they belong. */
    private TensorValue placed(TensorValue result) {
        int[] order = placedOrder(result.type().shape().rank());
        return isIdentity(order) ? result : ops.permute(result, order);
    }

    private int[] placedOrder(int rank) {
        int width = common().rank();
        int before = apart ? 0 : place - (int) indexed.stream().filter(axis -> axis < place).count();
        var order = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            order[axis] = axis < before ? width + axis : axis < before + width ? axis - before : axis;
        }
        return order;
    }

    private static boolean isIdentity(int[] order) {
        return Arrays.equals(order, Axes.all(order.length));
    }

    // Writing

    TensorValue put(TensorValue x, Object value, boolean overwrite) {
        var dtype = x.type().dtype();
        TensorValue part;
        if (indices.isEmpty()) {
            part = ops.as(value, dtype, fitted(value, Shape.of(dims(between))));
        } else {
            var front = front(sliced(x));
            part = scattered(front, value, overwrite && front == x);
        }
        if (wholeSlice()) {
            return ops.reshape(part, shape.dims());
        }
        return changed(new Insert(Tensors.list(starts), Tensors.list(steps)), overwrite, x, ops.reshape(part, counts));
    }

    /** The first operand with some elements changed, in its own memory if that may be. */
    private TensorValue changed(Primitive primitive, boolean overwrite, TensorValue... operands) {
        boolean isAlone = Arrays.stream(operands).skip(1).noneMatch(operand -> operand == operands[0]);
        return overwrite && isAlone && Arrays.stream(operands).allMatch(Tensor.class::isInstance)
                ? ops.run(primitive, 1, Arrays.copyOf(operands, operands.length, Tensor[].class))
                : ops.run(primitive, operands);
    }

    private TensorValue scattered(TensorValue front, Object value, boolean overwrite) {
        var all = wrapped();
        var rest = Arrays.copyOfRange(front.type().shape().dims(), indices.size(),
                front.type().shape().rank());
        var common = common().dims();
        var gathered = Arrays.copyOf(common, common.length + rest.length);
        System.arraycopy(rest, 0, gathered, common.length, rest.length);
        int[] order = placedOrder(gathered.length);
        var result = Shape.of(Arrays.stream(order).mapToLong(axis -> gathered[axis]).toArray());
        var part = ops.permute(ops.as(value, front.type().dtype(), fitted(value, result)), inverse(order));
        var operands = new ArrayList<>(List.of(front, part));
        operands.addAll(all);
        var changed = changed(new Scatter(axes(), Combine.SET), overwrite,
                operands.toArray(TensorValue[]::new));
        return ops.permute(changed, inverse(frontOrder()));
    }

    private static Shape fitted(Object value, Shape place) {
        var given = Tensors.shape(value);
        if (!Broadcast.fits(given, place)) {
            throw new ShapeProblem("TFL-E0328",
                    "a value of shape (" + given + ") does not fit a place of shape ("
                    + place + ") in {0}", null, "the tensor");
        }
        return place;
    }

    private static int[] inverse(int[] order) {
        var inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    private static long[] dims(List<Long> sizes) {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }
}
