package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import tfl.tensor.Shape;

/**
 * A mapped axis becomes part of another one and comes out again: how an operation that has an axis for many
 * things anyway, such as images or right sides, runs once for all elements.
 *
 * @param axis of an element
 * @param groups into how many parts that axis falls; the mapped axis is folded into each, in front
 */
record Folding(int axis, long groups) {
    Folding(int axis) {
        this(axis, 1);
    }

    /** {@code [size, ..., groups * part, ...] -> [..., groups * size * part, ...]}. */
    <V> V in(Ops<V> ops, V x) {
        var from = ops.type(x).shape();
        var element = dims(from, 1);
        // [size, ..., groups, part, ...] → [..., groups, size, part, ...]
        var split = split(element, axis);
        split.addFirst(from.dim(0));
        var order = axes(split.size());
        order.add(axis + 1, order.removeFirst());
        element.set(axis, element.get(axis) * from.dim(0));
        return reshape(ops, ops.call(new Transpose(List.copyOf(order)), reshape(ops, x, split)), element);
    }

    /** {@code [..., groups * size * part, ...] -> [size, ..., groups * part, ...]}. */
    <V> V out(Ops<V> ops, long size, V x) {
        var element = dims(ops.type(x).shape(), 0);
        element.set(axis, element.get(axis) / size);
        // [..., groups, size, part, ...] → [size, ..., groups, part, ...]
        var split = split(element, axis);
        split.add(axis + 1, size);
        var order = axes(split.size());
        order.addFirst(order.remove(axis + 1));
        element.addFirst(size);
        return reshape(ops, ops.call(new Transpose(List.copyOf(order)), reshape(ops, x, split)), element);
    }

    private List<Long> split(List<Long> dims, int at) {
        var split = new ArrayList<>(dims);
        split.set(at, dims.get(at) / groups);
        split.add(at, groups);
        return split;
    }

    private static List<Long> dims(Shape shape, int from) {
        var dims = new ArrayList<Long>();
        for (int axis = from; axis < shape.rank(); axis++) {
            dims.add(shape.dim(axis));
        }
        return dims;
    }

    private static List<Integer> axes(int rank) {
        var axes = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            axes.add(axis);
        }
        return axes;
    }

    private static <V> V reshape(Ops<V> ops, V x, List<Long> dims) {
        return Algebra.of(ops).reshape(x, Shape.of(dims.stream().mapToLong(Long::longValue).toArray()));
    }
}
