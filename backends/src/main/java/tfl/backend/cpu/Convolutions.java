package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.List;
import tfl.backend.Executable;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Convolutions of every dtype: large ones by oneDNN, others as matrix products; half floats are computed in
 * f32.
 */
final class Convolutions {
    private Convolutions() {}

    /** A convolution for checked types. */
    static Executable compile(Routine.Convolution routine, List<TensorType> inputs,
            List<TensorType> outputs) {
        if (!routine.dtype().isFloat() || routine.stride().size() > 3) {
            return new ReferenceBackend().compile(new Kernel.LibraryCall(routine), inputs, outputs);
        }
        var type = outputs.getFirst();
        var shape = ConvolutionShape.of(routine, inputs, type);
        var shared = routine.dtype() != DType.F64 && SharedConvolution.pays(shape)
                ? new SharedConvolution(routine, shape) : null;
        return (tensors, donated) -> {
            var result = Tensor.allocate(type);
            if (shape.isEmpty()) {
                result.storage().segment().fill((byte) 0);
            } else if (type.dtype() == DType.F32 || type.dtype() == DType.F64) {
                dense(shape, routine.pass(), shared, tensors[0], tensors[1], result);
            } else {
                half(shape, routine.pass(), shared, tensors[0], tensors[1], result);
            }
            Reference.reachabilityFence(tensors);
            return new Tensor[] {result};
        };
    }

    private static void half(ConvolutionShape shape, Routine.Pass pass, SharedConvolution shared,
            Tensor first, Tensor second, Tensor result) {
        var a = HalfFloats.widen(first);
        var b = HalfFloats.widen(second);
        var wide = Tensor.allocate(new TensorType(DType.F32, result.shape()));
        dense(shape, pass, shared, a, b, wide);
        HalfFloats.narrow(wide, result);
        a.discard();
        b.discard();
        wide.discard();
    }

    private static void dense(ConvolutionShape shape, Routine.Pass pass, SharedConvolution shared,
            Tensor first, Tensor second, Tensor result) {
        var a = first.isContiguous() ? first : DenseCopy.of(first);
        var b = second.isContiguous() ? second : DenseCopy.of(second);
        boolean done = result.dtype() == DType.F32 && WinogradConvolution.takes(shape, pass)
                && WinogradConvolution.run(shape, pass, a, b, result);
        if (!done && (shared == null || !shared.run(a, b, result))) {
            GemmConvolution.run(shape, pass, a, b, result);
        }
        if (a != first) {
            a.discard();
        }
        if (b != second) {
            b.discard();
        }
    }
}
