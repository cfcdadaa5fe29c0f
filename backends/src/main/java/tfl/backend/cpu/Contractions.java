package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.List;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Matrix products of every dtype: small ones and integers in Java, the rest by code of our own or through BLAS. */
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
        return new Contraction(sizes, outputs.getFirst());
    }

    private record Contraction(ProductSizes sizes, TensorType type) implements Executable {
        @Override
        public Tensor[] run(Tensor[] inputs, int donated) {
            return run(inputs, donated, Places.ANYWHERE);
        }

        @Override
        public Tensor[] run(Tensor[] inputs, int donated, Tensor[] places) {
            var result = Donation.output(type, places);
            if (sizes.k() == 0) {
                NativeMemory.segment(result.address(), type.bytes()).fill((byte) 0);
            } else if (sizes.work() <= SMALL || !(type.dtype().isFloat() || type.dtype().isComplex())) {
                LoopProduct.run(sizes, inputs[0], inputs[1], result);
            } else {
                multiply(sizes, inputs[0], inputs[1], result);
            }
            Reference.reachabilityFence(inputs);
            return new Tensor[] {result};
        }
    }

    private static void multiply(ProductSizes sizes, Tensor a, Tensor b, Tensor result) {
        if (result.dtype() != DType.F16 && result.dtype() != DType.BF16) {
            product(sizes, a, b, result);
            return;
        }
        var wideA = HalfFloats.widen(a);
        var wideB = HalfFloats.widen(b);
        var wide = Tensor.allocate(new TensorType(DType.F32, result.shape()));
        product(sizes, wideA, wideB, wide);
        HalfFloats.narrow(wide, result);
        wide.discard();
        wideA.discard();
        wideB.discard();
    }

    private static void product(ProductSizes sizes, Tensor a, Tensor b, Tensor result) {
        if (!DirectProduct.tryRun(sizes, a, b, result)) {
            BlasProduct.run(sizes, a, b, result);
        }
    }
}
