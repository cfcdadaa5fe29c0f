package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tfl.tensor.Shape;

/** Brings some axes to the end as one, and back. */
record Flattened(Shape shape, List<Integer> order, Shape permuted, Shape flat) {
    static Flattened of(Shape shape, List<Integer> axes) {
        var order = new ArrayList<Integer>();
        IntStream.range(0, shape.rank()).filter(axis -> !axes.contains(axis)).forEach(order::add);
        var flat = new ArrayList<Long>();
        order.forEach(axis -> flat.add(shape.dim(axis)));
        flat.add(axes.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b));
        order.addAll(axes);
        return new Flattened(shape, List.copyOf(order),
                Shape.of(order.stream().mapToLong(shape::dim).toArray()),
                Shape.of(flat.stream().mapToLong(Long::longValue).toArray()));
    }

    <V> V flatten(Ops<V> ops, V x) {
        return ops.call(new Reshape(flat), ops.call(new Transpose(order), x));
    }

    <V> V restore(Ops<V> ops, V x) {
        var inverse = IntStream.range(0, order.size()).mapToObj(order::indexOf).toList();
        return ops.call(new Transpose(inverse), ops.call(new Reshape(permuted), x));
    }
}
