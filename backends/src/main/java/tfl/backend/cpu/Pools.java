package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import tfl.backend.Executable;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Pooling of floats in Java loops, one task for some planes; half floats are computed in f32. */
final class Pools {
    private Pools() {}

    /** Pooling for checked types. */
    static Executable compile(Routine.Pool routine, List<TensorType> inputs, List<TensorType> outputs) {
        if (!routine.dtype().isFloat() || routine.window().size() > 3) {
            return new ReferenceBackend().compile(new Kernel.LibraryCall(routine), inputs, outputs);
        }
        var type = outputs.getFirst();
        var smaller = routine.backward() ? inputs.getLast() : type;
        boolean half = type.dtype().bytes() == 2;
        var disjoint = DisjointPool.of(routine, inputs.getFirst().shape(), smaller.shape(),
                half ? DType.F32 : type.dtype());
        return (tensors, donated) -> {
            var temporaries = new ArrayList<Tensor>();
            var dense = new Tensor[tensors.length];
            for (int i = 0; i < tensors.length; i++) {
                dense[i] = usable(tensors[i], temporaries);
            }
            var result = Tensor.allocate(type);
            var wide = half ? Tensor.allocate(new TensorType(DType.F32, type.shape())) : result;
            if (result.size() > 0 && disjoint != null) {
                disjoint.run(routine.backward(), dense, wide);
            } else if (result.size() > 0) {
                PoolPlanes.run(routine, inputs.getFirst().shape(), smaller.shape(), dense, wide);
            }
            if (half) {
                HalfFloats.narrow(wide, result);
                wide.discard();
            }
            temporaries.forEach(Tensor::discard);
            Reference.reachabilityFence(tensors);
            return new Tensor[] {result};
        };
    }

    private static Tensor usable(Tensor tensor, List<Tensor> temporaries) {
        var wide = tensor.dtype().bytes() == 2 ? HalfFloats.widen(tensor) : tensor;
        var dense = wide.isContiguous() ? wide : DenseCopy.of(wide);
        if (wide != tensor) {
            temporaries.add(wide);
        }
        if (dense != wide) {
            temporaries.add(dense);
        }
        return dense;
    }
}
