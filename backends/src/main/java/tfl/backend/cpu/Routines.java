package tfl.backend.cpu;

import java.util.List;
import tfl.backend.Executable;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.Kernel;
import tfl.kernel.KernelTypes;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/** Which library or loop does which routine. */
final class Routines {
    private Routines() {}

    /**
     * A routine for tensors of these types.
     *
     * @throws IllegalArgumentException if they do not fit the routine
     */
    static Executable compile(Routine routine, List<TensorType> inputs, List<TensorType> outputs) {
        var kernel = new Kernel.LibraryCall(routine);
        KernelTypes.check(kernel, inputs, outputs);
        return switch (routine) {
            case Routine.Lu lu -> MatrixRoutine.compile(lu, outputs);
            case Routine.Solve solve -> MatrixRoutine.compile(solve, outputs);
            case Routine.TriangularSolve solve -> MatrixRoutine.compile(solve, outputs);
            case Routine.Cholesky cholesky -> MatrixRoutine.compile(cholesky, outputs);
            case Routine.Qr qr -> MatrixRoutine.compile(qr, outputs);
            case Routine.Svd svd -> MatrixRoutine.compile(svd, outputs);
            case Routine.EighSymmetric eigh -> MatrixRoutine.compile(eigh, outputs);
            case Routine.EigGeneral eig -> MatrixRoutine.compile(eig, outputs);
            case Routine.Convolution convolution -> Convolutions.compile(convolution, inputs, outputs);
            case Routine.Pool pool -> Pools.compile(pool, inputs, outputs);
            case Routine.Sort sort when !sort.dtype().isComplex() ->
                Sorting.compile(sort.dtype(), sort.descending(), inputs, outputs);
            case Routine.TopK top when !top.dtype().isComplex() -> Selection.compile(top, inputs, outputs);
            case Routine.Fft(boolean inverse) -> Fourier.compile(inverse, inputs, outputs);
            case Routine.Philox philox -> Philox.compile(philox, outputs);
            default -> new ReferenceBackend().compile(kernel, inputs, outputs);
        };
    }
}
