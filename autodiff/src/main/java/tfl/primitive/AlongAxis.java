package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import tfl.kernel.Kernel.Combine;

/**
 * Taking and putting along one axis: {@code out[..., i, ...] = x[..., index[..., i, ...], ...]}. The index
 * has x's shape but for that axis, and is i64.
 */
public final class AlongAxis {
    private AlongAxis() {}

    /** The elements of x that the index names along the axis. */
    public static <V> V take(Ops<V> ops, V x, V index, int axis) {
        var operands = new ArrayList<V>(List.of(x));
        operands.addAll(indices(ops, index, axis));
        return ops.apply(new Gather(operands.size() - 1), operands).getFirst();
    }

    /** The base with each element of a part added at the place that the index names along the axis. */
    public static <V> V add(Ops<V> ops, V base, V part, V index, int axis) {
        return put(ops, Combine.ADD, base, part, index, axis);
    }

    /** The base with each element of a part combined in at the place that the index names along the axis. */
    public static <V> V put(Ops<V> ops, Combine combine, V base, V part, V index, int axis) {
        var operands = new ArrayList<V>(List.of(base, part));
        operands.addAll(indices(ops, index, axis));
        return ops.apply(new Scatter(operands.size() - 2, combine), operands).getFirst();
    }

    private static <V> List<V> indices(Ops<V> ops, V index, int axis) {
        var a = Algebra.of(ops);
        var indices = new ArrayList<V>();
        for (int k = 0; k < a.rank(index); k++) {
            indices.add(k == axis ? index : a.positions(a.shape(index), k));
        }
        return indices;
    }
}
