package tfl.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** f16 and bf16 to f32 and back, for libraries that know only f32. */
final class HalfFloats {
    private static final long GRAIN = 1 << 15;

    private HalfFloats() {}

    /** A fresh f32 tensor of the same values, row-major save that axes of stride zero stay so. */
    static Tensor widen(Tensor source) {
        var dims = source.shape().dims();
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = source.stride(axis) == 0 ? Math.min(1, dims[axis]) : dims[axis];
        }
        var distinct = Shape.of(dims);
        var view = source.asStrided(new TensorType(source.dtype(), distinct), source.strides(),
                source.offset());
        var dense = DenseCopy.of(view);
        view.discard();
        var wide = Tensor.allocate(new TensorType(DType.F32, distinct));
        var from = dense.storage().segment();
        var to = wide.storage().segment();
        boolean brain = source.dtype() == DType.BF16;
        Workers.ranges(distinct.size(), GRAIN, (start, end) -> {
            for (long i = start; i < end; i++) {
                short bits = from.getAtIndex(JAVA_SHORT, i);
                to.setAtIndex(JAVA_FLOAT, i, brain ? Elements.fromBfloat16(bits)
                        : Float.float16ToFloat(bits));
            }
        });
        dense.discard();
        var strides = distinct.strides();
        for (int axis = 0; axis < dims.length; axis++) {
            strides[axis] = source.stride(axis) == 0 ? 0 : strides[axis];
        }
        var whole = wide.asStrided(new TensorType(DType.F32, source.shape()), strides, 0);
        wide.discard();
        return whole;
    }

    /** Rounds a row-major f32 tensor into a row-major half one of the same shape. */
    static void narrow(Tensor wide, Tensor half) {
        var from = wide.storage().segment();
        var to = half.storage().segment();
        boolean brain = half.dtype() == DType.BF16;
        Workers.ranges(wide.size(), GRAIN, (start, end) -> {
            for (long i = start; i < end; i++) {
                float value = from.getAtIndex(JAVA_FLOAT, i);
                to.setAtIndex(JAVA_SHORT, i, brain ? Elements.toBfloat16(value)
                        : Float.floatToFloat16(value));
            }
        });
    }
}
