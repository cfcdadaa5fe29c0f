package tfl.primitive;

import java.util.List;
import tfl.tensor.Shape;

/** Sums and means along the last axis, spread over it again. */
record RowAlgebra<V>(Algebra<V> a, Shape shape) {
    /** For values of the shape of that one. */
    static <V> RowAlgebra<V> of(Algebra<V> a, V like) {
        return new RowAlgebra<>(a, a.shape(like));
    }

    V sum(V x) {
        return Reductions.spread(a.ops(), a.sum(x, shape.rank() - 1), List.of(shape.rank() - 1), shape);
    }

    V mean(V x) {
        return a.scale(sum(x), 1.0 / Math.max(1, shape.dim(shape.rank() - 1)));
    }
}
