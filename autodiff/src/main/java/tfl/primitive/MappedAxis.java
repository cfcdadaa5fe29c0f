package tfl.primitive;

import java.util.ArrayList;
import java.util.List;

/** What batch rules share: parameters of an operation for operands with the mapped axis 0 in front. */
final class MappedAxis {
    private MappedAxis() {}

    /** The axes behind the mapped one. */
    static List<Integer> behind(List<Integer> axes) {
        return axes.stream().map(axis -> axis + 1).toList();
    }

    /** A parameter for each axis, with that of the mapped one. */
    static List<Long> before(long mapped, List<Long> others) {
        var all = new ArrayList<Long>();
        all.add(mapped);
        all.addAll(others);
        return List.copyOf(all);
    }

    /** Index arrays for elements of a mapped tensor: each element's own number comes first. */
    static <V> List<V> indices(Ops<V> ops, long size, List<V> indices, List<Boolean> mapped) {
        var spread = BatchOps.spread(ops, size, indices, mapped);
        var shape = ops.type(spread.getFirst()).shape();
        var all = new ArrayList<V>();
        all.add(Algebra.of(ops).positions(shape, 0));
        all.addAll(spread);
        return all;
    }

    /** The outputs of an operation without operands, which are the same for every element. */
    static <V> List<V> same(Ops<V> ops, long size, Primitive primitive) {
        return List.of(BatchOps.spread(ops, size, ops.apply(primitive, List.of()).getFirst(), false));
    }
}
