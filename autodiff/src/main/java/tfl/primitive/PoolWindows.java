package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tfl.tensor.Shape;

/** Lays the windows of a pooling side by side: the elements of each along a new last axis. */
record PoolWindows(Pool pool, Shape input, Shape output) {
    /** Of each window of a maximum, the element of {@code y} that lies where the largest of {@code x} does. */
    static <V> V taken(Ops<V> ops, Pool pool, V x, V y) {
        var output = pool.shape(List.of(ops.type(x))).getFirst().shape();
        var windows = new PoolWindows(pool, ops.type(x).shape(), output);
        var a = Algebra.of(ops);
        int last = output.rank();
        var where = ops.call(new ArgExtreme(true, last), windows.lay(ops, x, Double.NEGATIVE_INFINITY));
        return a.reshape(AlongAxis.take(ops, windows.lay(ops, y, 0), a.column(where), last), output);
    }

    private <V> V lay(Ops<V> ops, V x, double padding) {
        int leading = input.rank() - pool.window().size();
        var none = Collections.nCopies(input.rank(), 0L);
        var padded = ops.call(new Pad(widths(pool.low(), leading), widths(pool.high(), leading), none, padding), x);
        var parts = new ArrayList<V>();
        var windows = Shape.of(pool.window().stream().mapToLong(Long::longValue).toArray());
        for (long element = 0; element < windows.size(); element++) {
            var at = Meaning.unravel(element, windows);
            var part = ops.call(slice(at, leading), padded);
            parts.add(ops.call(new Reshape(Algebra.expand(output, output.rank())), part));
        }
        return ops.apply(new Concat(output.rank()), parts).getFirst();
    }

    private Slice slice(long[] at, int leading) {
        var start = new ArrayList<Long>();
        var count = new ArrayList<Long>();
        var step = new ArrayList<Long>();
        for (int axis = 0; axis < output.rank(); axis++) {
            start.add(axis < leading ? 0 : at[axis - leading]);
            count.add(output.dim(axis));
            step.add(axis < leading ? 1 : pool.stride().get(axis - leading));
        }
        return new Slice(List.copyOf(start), List.copyOf(count), List.copyOf(step));
    }

    private static List<Long> widths(List<Long> trailing, int leading) {
        var widths = new ArrayList<>(Collections.nCopies(leading, 0L));
        widths.addAll(trailing);
        return List.copyOf(widths);
    }
}
