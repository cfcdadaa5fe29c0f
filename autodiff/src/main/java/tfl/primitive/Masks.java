package tfl.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Choices along a mapped axis. */
final class Masks {
    private Masks() {}

    /**
     * Mapped values in which the elements outside of the mask repeat one inside of it, so that what runs on all of them
     * meets nothing that it was not meant for. The mask holds for at least one.
     */
    static <V> List<V> within(Ops<V> ops, long size, V mask, List<V> values, List<Boolean> mapped) {
        if (size == 0) {
            return values;
        }
        var type = new TensorType(DType.I64, Shape.of(size));
        V one = ops.call(new ArgExtreme(true, 0), ops.call(new Cast(DType.I64), mask));
        V own = ops.apply(new Iota(type, 0, 0, 1), List.of()).getFirst();
        V places = ops.call(new Select(), mask, own, ops.call(new BroadcastTo(type.shape()), one));
        var all = new ArrayList<V>();
        for (int k = 0; k < values.size(); k++) {
            all.add(mapped.get(k) ? ops.call(new Gather(1), values.get(k), places) : values.get(k));
        }
        return all;
    }

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
