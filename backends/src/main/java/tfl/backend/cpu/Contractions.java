package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.List;
import tfl.backend.Executable;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Matrix products of every dtype: small ones and integers in Java, the rest through BLAS. */
final class Contractions {
    /** Below that many multiplications Java is done before a native call has begun. */
    private static final long SMALL = 4096;

    private Contractions() {}

    /**
     * A product for operands of these types.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    static Executable compile(Kernel.Contract contract, List<TensorType> inputs, List<TensorType> outputs) {
        var sizes = ProductSizes.of(inputs, outputs);
        var type = outputs.getFirst();
        return (tensors, donated) -> {
            var result = Tensor.allocate(type);
            if (sizes.k() == 0) {
                result.storage().segment().fill((byte) 0);
            } else if (sizes.work() <= SMALL || !(type.dtype().isFloat() || type.dtype().isComplex())) {
                LoopProduct.run(sizes, tensors[0], tensors[1], result);
            } else {
                multiply(sizes, tensors[0], tensors[1], result);
            }
            Reference.reachabilityFence(tensors);
            return new Tensor[] {result};
        };
    }

    private static void multiply(ProductSizes sizes, Tensor a, Tensor b, Tensor result) {
        if (result.dtype() != DType.F16 && result.dtype() != DType.BF16) {
            BlasProduct.run(sizes, a, b, result);
            return;
        }
        var wideA = HalfFloats.widen(a);
        var wideB = HalfFloats.widen(b);
        var wide = Tensor.allocate(new TensorType(DType.F32, result.shape()));
        BlasProduct.run(sizes, wideA, wideB, wide);
        HalfFloats.narrow(wide, result);
        wide.discard();
        wideA.discard();
        wideB.discard();
    }
}
