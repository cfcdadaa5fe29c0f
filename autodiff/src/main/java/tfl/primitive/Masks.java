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

    /** A region and what it is given, to be run on all elements. */
    record Within<V>(Region region, List<V> inputs, List<Boolean> mapped) {
        List<V> outputs(Ops<V> ops, long size) {
            return Regions.batched(ops, region, size, inputs, mapped, Regions.all(region.outputTypes().size(), true));
        }
    }

    /**
     * A region that is meant for the elements within the mask only, as it can be run on all: the others repeat one
     * within, so that what is guarded meets nothing that it was not meant for, and effects can tell them by their lane.
     * The mask holds for at least one.
     */
    static <V> Within<V> within(Ops<V> ops, long size, V mask, Region region, List<V> inputs, List<Boolean> mapped) {
        if (size == 0 || !region.isGuarded()) {
            return new Within<>(region, inputs, mapped);
        }
        var type = new TensorType(DType.I64, Shape.of(size));
        V one = ops.call(new ArgExtreme(true, 0), ops.call(new Cast(DType.I64), mask));
        V own = ops.apply(new Iota(type, 0, 0, 1), List.of()).getFirst();
        V places = ops.call(new Select(), mask, own, ops.call(new BroadcastTo(type.shape()), one));
        var all = new ArrayList<V>();
        for (int k = 0; k < inputs.size(); k++) {
            all.add(mapped.get(k) ? ops.call(new Gather(1), inputs.get(k), places) : inputs.get(k));
        }
        return !region.hasEffect() ? new Within<>(region, all, mapped)
                : new Within<>(Regions.laned(region, all.size()), Regions.join(all, List.of(places)),
                        Regions.join(mapped, List.of(true)));
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
