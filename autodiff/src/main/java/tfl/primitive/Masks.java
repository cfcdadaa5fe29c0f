package tfl.primitive;

import java.util.Arrays;
import tfl.tensor.Shape;

/** Choices along a mapped axis. */
final class Masks {
    private Masks() {}

    /** For each element of axis 0 the one or the other; the mask has that axis only. */
    static <V> V select(Ops<V> ops, V mask, V yes, V no) {
        if (yes == no) {
            return yes;
        }
        var shape = ops.type(yes).shape();
        var dims = new long[shape.rank()];
        Arrays.fill(dims, 1);
        dims[0] = shape.dim(0);
        var column = shape.rank() == 1 ? mask : ops.call(new Reshape(Shape.of(dims)), mask);
        return ops.call(new Select(), Broadcasting.to(ops, column, shape), yes, no);
    }
}
