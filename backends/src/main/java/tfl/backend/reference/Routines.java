package tfl.backend.reference;

import tfl.kernel.Routine;
import tfl.tensor.Tensor;

/** The routines, each by a textbook algorithm. */
final class Routines {
    private Routines() {}

    static void run(Routine routine, Tensor[] inputs, Tensor[] outputs) {
        var input = inputs.length == 0 ? null : inputs[0];
        boolean complex = routine.dtype().isComplex();
        switch (routine) {
            case Routine.EigGeneral eig -> GeneralEigen.run(input, outputs[0], outputs[1]);
            case Routine.Lu lu when complex -> ComplexMatrices.each(inputs, outputs, m -> ComplexSystems.lu(m[0]));
            case Routine.Solve solve when complex ->
                    ComplexMatrices.each(inputs, outputs, m -> ComplexSystems.solve(m[0], m[1]));
            case Routine.TriangularSolve solve when complex ->
                    ComplexMatrices.each(inputs, outputs, m -> ComplexSystems.triangular(solve, m[0], m[1]));
            case Routine.Cholesky cholesky when complex ->
                    ComplexMatrices.each(inputs, outputs, m -> ComplexSystems.cholesky(m[0]));
            case Routine.Qr qr when complex ->
                    ComplexMatrices.each(inputs, outputs, m -> ComplexOrthogonal.qr(m[0], qr.complete()));
            case Routine.Svd svd when complex ->
                    ComplexMatrices.each(inputs, outputs, m -> ComplexOrthogonal.svd(m[0], columns(input), svd.full()));
            case Routine.EighSymmetric eigh when complex ->
                    ComplexMatrices.each(inputs, outputs, m -> ComplexOrthogonal.hermitian(m[0]));
            case Routine.Lu lu -> Matrices.each(inputs, outputs, m -> LinearSystems.lu(m[0]));
            case Routine.Solve solve -> Matrices.each(inputs, outputs, m -> LinearSystems.solve(m[0], m[1]));
            case Routine.TriangularSolve solve ->
                    Matrices.each(inputs, outputs, m -> LinearSystems.triangular(solve, m[0], m[1]));
            case Routine.Cholesky cholesky -> Matrices.each(inputs, outputs, m -> LinearSystems.cholesky(m[0]));
            case Routine.Qr qr -> Matrices.each(inputs, outputs, m -> Orthogonal.qr(m[0], qr.complete()));
            case Routine.Svd svd ->
                    Matrices.each(inputs, outputs, m -> Orthogonal.svd(m[0], columns(input), svd.full()));
            case Routine.EighSymmetric eigh -> Matrices.each(inputs, outputs, m -> Eigen.symmetric(m[0]));
            case Routine.Sort sort -> Sorting.run(input, outputs, sort.descending());
            case Routine.TopK top -> Sorting.run(input, outputs, top.largest());
            case Routine.Fft fft -> Fourier.run(input, outputs[0], fft.inverse());
            case Routine.Convolution convolution -> Convolutions.run(convolution, inputs, outputs[0]);
            case Routine.Pool pool -> Pools.run(pool, inputs, outputs[0]);
            case Routine.Philox(long key, long counter) -> Philox.fill(key, counter, outputs[0]);
        }
    }

    private static int columns(Tensor matrices) {
        return (int) matrices.dim(matrices.rank() - 1);
    }
}
