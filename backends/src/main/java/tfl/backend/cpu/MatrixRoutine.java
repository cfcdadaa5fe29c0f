package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import tfl.backend.Executable;
import tfl.backend.KernelCancelled;
import tfl.kernel.Routine;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * One routine over a batch of matrices. A row-major matrix is the column-major transpose to LAPACK; each
 * routine says how it makes use of that.
 */
final class MatrixRoutine {
    /** LAPACK counts its workspaces, of a few n * n, in 32-bit integers. */
    private static final long LARGEST = 16384;

    private final Tensor[] inputs;
    private final Tensor[] outputs;
    private final long batch;
    final DType dtype;
    private boolean left;

    private MatrixRoutine(Tensor[] inputs, Tensor[] outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.dtype = inputs[0].dtype();
        this.batch = Axes.leading(inputs[0], 2).count();
    }

    /** What is done to one matrix of the batch. */
    interface Step {
        void run(MatrixRoutine matrices, int index);
    }

    /** A routine for inputs of checked types. */
    static Executable compile(Routine routine, List<TensorType> outputs) {
        var step = step(routine);
        return (tensors, donated) -> {
            var results = outputs.stream().map(Tensor::allocate).toArray(Tensor[]::new);
            var matrices = new MatrixRoutine(tensors, results);
            long rows = Math.max(matrices.rows(0), matrices.columns(0));
            if (rows > LARGEST && !(routine instanceof Routine.TriangularSolve
                    || routine instanceof Routine.Cholesky)) {
                throw new RoutineFailure("the matrix is too large: this routine takes at most " + LARGEST
                        + " rows and columns");
            }
            if (matrices.batch > 0) {
                matrices.runAll(routine, step);
            }
            Reference.reachabilityFence(tensors);
            return results;
        };
    }

    private void runAll(Routine routine, Step step) {
        int tasks = Math.toIntExact(batch);
        boolean large = isLarge(routine);
        if (large && tasks < Workers.count()) {
            NativeThread.runParallelLapack(tasks, index -> run(step, index), this::leave);
            return;
        }
        double rows = Math.max(rows(0), columns(0));
        // A matrix of 8 rows is done before another thread has woken up.
        long enough = (long) (tasks * rows * rows * rows) >> 12;
        int groups = (int) Math.clamp(enough, 1, Math.min(tasks, 4L * Workers.count()));
        boolean here = !large && !(routine instanceof Routine.EigGeneral);
        if (!here || !NativeThread.runSmallLapack(tasks, groups, index -> run(step, index))) {
            NativeThread.runLapack(tasks, groups, index -> run(step, index), this::leave);
        }
    }

    /**
     * Whether OpenBLAS's own threads are done with one matrix before one thread is: from about which size on two
     * were (docs/decisions/decompositions.md). Below, one takes 50 ms at most.
     */
    private boolean isLarge(Routine routine) {
        double m = rows(0);
        double n = columns(0);
        double cube = m * n * Math.min(m, n);
        return switch (routine) {
            case Routine.Lu lu -> cube >= cube(800);
            case Routine.Solve solve -> m >= 700 || m * m * columns(1) >= 1.5e7;
            case Routine.TriangularSolve solve -> m * m * columns(1) >= 1.2e7;
            case Routine.Cholesky cholesky -> cube >= cube(550);
            case Routine.EighSymmetric eigh -> cube >= cube(450);
            case Routine.Svd svd -> cube >= cube(600);
            case Routine.Qr qr -> cube >= cube(900);
            default -> cube >= cube(2000);
        };
    }

    private static double cube(double rows) {
        return rows * rows * rows;
    }

    private void run(Step step, int index) {
        try {
            step.run(this, index);
        } finally {
            // A call that was left is the last to know its results.
            Reference.reachabilityFence(this);
        }
    }

    /** From now on the inputs are not read. */
    private synchronized void leave() {
        left = true;
    }

    private static Step step(Routine routine) {
        return switch (routine) {
            case Routine.Lu lu -> LinearSystems::lu;
            case Routine.Solve solve -> LinearSystems::solve;
            case Routine.TriangularSolve solve -> (matrices, i) ->
                    LinearSystems.triangular(solve, matrices, i);
            case Routine.Cholesky cholesky -> LinearSystems::cholesky;
            case Routine.Qr qr -> (matrices, i) -> Decompositions.qr(qr.complete(), matrices, i);
            case Routine.Svd svd -> (matrices, i) -> Decompositions.svd(svd.full(), matrices, i);
            case Routine.EighSymmetric eigh -> Decompositions::symmetric;
            case Routine.EigGeneral eig -> Decompositions::general;
            default -> throw new IllegalArgumentException(routine + " is no matrix routine");
        };
    }

    int rows(int input) {
        return Math.toIntExact(inputs[input].dim(inputs[input].rank() - 2));
    }

    int columns(int input) {
        return Math.toIntExact(inputs[input].dim(inputs[input].rank() - 1));
    }

    /** The bytes of one matrix of an output. */
    MemorySegment output(int output, int index) {
        long bytes = batch == 0 ? 0 : outputs[output].type().bytes() / batch;
        return NativeMemory.segment(outputs[output].address() + index * bytes, bytes);
    }

    /** Copies one input matrix, row-major. */
    void copy(int input, int index, long target) {
        copy(input, index, target, false);
    }

    /** Copies one input matrix, column-major. */
    void copyTransposed(int input, int index, long target) {
        copy(input, index, target, true);
    }

    private synchronized void copy(int input, int index, long target, boolean transposed) {
        if (left) {
            throw new KernelCancelled();
        }
        var all = Matrices.of(inputs[input]);
        var one = transposed ? all.transposed() : all;
        var view = inputs[input].asStrided(new TensorType(dtype, Shape.of(one.rows(), one.columns())),
                new long[] {one.rowStep(), one.columnStep()}, all.batch().at(index));
        DenseCopy.into(view, target);
        view.discard();
    }

    /** Writes the transpose of a row-major matrix into an output. */
    void transpose(Tensor from, int output, int index) {
        transpose(from, output(output, index).address());
    }

    /** Writes the transpose of a row-major matrix. */
    static void transpose(Tensor from, long target) {
        var view = from.permute(1, 0);
        DenseCopy.into(view, target);
        view.discard();
    }

    /** Iterative routines may not end on NaN or infinity. Gives the largest magnitude. */
    double requireFinite(long address, long count, int index) {
        double sum = 0;
        double largest = 0;
        long numbers = dtype.isComplex() ? 2 * count : count;
        for (long i = 0; i < numbers; i++) {
            double value = dtype.real() == DType.F32 ? NativeMemory.getFloat(address + 4 * i)
                    : NativeMemory.getDouble(address + 8 * i);
            sum += value * 0;
            largest = Math.max(largest, Math.abs(value));
        }
        if (sum != 0) {
            throw new RoutineFailure(subject(index) + " holds NaN or infinity");
        }
        return largest;
    }

    /** The failing matrix in words. */
    String subject(int index) {
        return batch == 1 ? "the matrix" : "matrix " + index + " of the batch";
    }
}
