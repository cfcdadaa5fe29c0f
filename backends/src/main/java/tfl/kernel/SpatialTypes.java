package tfl.kernel;

import static tfl.kernel.KernelTypes.expect;
import static tfl.kernel.KernelTypes.require;

import java.util.List;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Whether types fit convolutions and pooling. */
final class SpatialTypes {
    private SpatialTypes() {}

    static void convolution(Routine.Convolution c, List<TensorType> inputs, List<TensorType> outputs) {
        require(inputs.size() == 2 && outputs.size() == 1, c, " of ", inputs);
        var x = c.pass() == Routine.Pass.INPUT ? outputs.getFirst() : inputs.getFirst();
        var w = c.pass() == Routine.Pass.WEIGHT ? outputs.getFirst() : inputs.getLast();
        var y = switch (c.pass()) {
            case FORWARD -> outputs.getFirst();
            case INPUT -> inputs.getFirst();
            case WEIGHT -> inputs.getLast();
        };
        int axes = c.stride().size();
        int rank = axes + 2;
        require(axes > 0 && c.groups() > 0 && List.of(c.padLow(), c.padHigh(), c.dilation()).stream()
                .allMatch(list -> list.size() == axes), c.toString());
        require(x.shape().rank() == rank && w.shape().rank() == rank, c, " of ", x, " and ", w);
        long inner = w.shape().dim(1) * c.groups();
        require(x.shape().dim(1) == inner && w.shape().dim(0) % c.groups() == 0, c, " of ", x, " and ", w);
        var dims = y.shape().rank() == rank ? y.shape().dims() : new long[rank];
        require(dims[0] == x.shape().dim(0) && dims[1] == w.shape().dim(0), c, " giving ", y);
        for (int i = 0; i < axes; i++) {
            require(c.stride().get(i) > 0 && c.dilation().get(i) > 0 && c.padLow().get(i) >= 0
                    && c.padHigh().get(i) >= 0,
                    c.toString());
            long reach = (w.shape().dim(i + 2) - 1) * c.dilation().get(i) + 1;
            dims[i + 2] = places(x.shape().dim(i + 2), reach, c.padLow().get(i), c.padHigh().get(i), c.stride().get(i));
            long size = c.pass() == Routine.Pass.INPUT ? x.shape().dim(i + 2) : w.shape().dim(i + 2);
            require(c.pass() == Routine.Pass.FORWARD || c.inputSize().get(i) == size, c, " giving ", outputs);
        }
        var dtype = c.dtype();
        require(y.equals(new TensorType(dtype, Shape.of(dims))) && outputs.getFirst().dtype() == dtype,
                c, " giving ", outputs);
    }

    /** How often a window fits. */
    private static long places(long size, long window, long low, long high, long stride) {
        return Math.max(0, (size + low + high - window + stride) / stride);
    }

    static void pool(Routine.Pool p, List<TensorType> inputs, List<TensorType> outputs) {
        int axes = p.window().size();
        var x = inputs.getFirst();
        int lead = x.shape().rank() - axes;
        require(axes > 0 && lead >= 0 && List.of(p.stride(), p.padLow(), p.padHigh()).stream()
                .allMatch(list -> list.size() == axes), p, " of ", x);
        var dims = x.shape().dims();
        for (int i = 0; i < axes; i++) {
            require(p.window().get(i) > 0 && p.stride().get(i) > 0 && p.padLow().get(i) >= 0 && p.padHigh().get(i) >= 0
                    && p.padLow().get(i) < p.window().get(i) && p.padHigh().get(i) < p.window().get(i), p.toString());
            dims[lead + i] = places(dims[lead + i], p.window().get(i), p.padLow().get(i), p.padHigh().get(i),
                    p.stride().get(i));
        }
        var y = new TensorType(p.dtype(), Shape.of(dims));
        if (!p.backward()) {
            expect(List.of(x), inputs);
            expect(List.of(y), outputs);
        } else {
            expect(p.max() ? List.of(x, y, y) : List.of(x, y), inputs);
            expect(List.of(x), outputs);
        }
    }
}
