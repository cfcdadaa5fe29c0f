package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Attention}: threads share the rows, and each has a block of the middle in its second cache. */
final class AttentionExecutable implements Executable {
    /** Bytes of the middle that a thread has at a time. */
    private static final long BLOCK = 256 << 10;
    private static final long FEWEST_ROWS = 16;

    private final Kernel.Attention kernel;
    private final TensorType output;
    private final DType dtype;
    private final int rank;
    private final long batch;
    private final long m;
    private final long n;
    private final long k;
    private final long blocks;
    /** For blocks of the usual height, and of one row less. */
    private final Executable[] rows = new Executable[2];

    private AttentionExecutable(Kernel.Attention kernel, List<TensorType> inputs, TensorType output) {
        this.kernel = kernel;
        this.output = output;
        this.dtype = output.dtype();
        var middle = kernel.middle(inputs);
        var shape = middle.get(kernel.product()).shape();
        this.rank = shape.rank();
        this.m = shape.dim(rank - 2);
        this.n = shape.dim(rank - 1);
        this.k = inputs.getFirst().shape().dim(rank - 1);
        this.batch = shape.size() / (m * n);
        long most = readsIndex(kernel.rows(), rank - 2) ? m
                : Math.clamp(BLOCK / (n * dtype.bytes()), Math.min(FEWEST_ROWS, m), m);
        this.blocks = (m + most - 1) / most;
        for (int less = 0; less < rows.length; less++) {
            var type = block(Math.max(1, highest() - less));
            var types = middle.stream().map(each -> new TensorType(each.dtype(), type.shape())).toList();
            rows[less] = new RowsExecutable(kernel.rows(), type.shape(), List.of(type),
                    new ReferenceBackend().compile(kernel.rows(), types, List.of(type)));
        }
    }

    /** By blocks, or by the reference where positions along the batch axes matter, or there is nothing to do. */
    static Executable of(Kernel.Attention kernel, List<TensorType> inputs, TensorType output, Executable reference) {
        var shape = kernel.middle(inputs).get(kernel.product()).shape();
        boolean real = output.dtype() == DType.F32 || output.dtype() == DType.F64;
        boolean empty = shape.size() == 0 || output.shape().size() == 0
                || inputs.getFirst().shape().size() == 0;
        for (int axis = 0; axis < shape.rank() - 2; axis++) {
            if (readsIndex(kernel.rows(), axis)) {
                return reference;
            }
        }
        return real && !empty ? new AttentionExecutable(kernel, inputs, output) : reference;
    }

    private static boolean readsIndex(Kernel.Rows rows, int axis) {
        return Stream.of(rows.stages().stream().map(Kernel.RowStage::body), rows.bodies().stream())
                .flatMap(each -> each).anyMatch(body -> readsIndex(body, axis));
    }

    private static boolean readsIndex(ScalarExpr expr, int axis) {
        return expr instanceof ScalarExpr.Index(int own) && own == axis
                || expr.parts().stream().anyMatch(part -> readsIndex(part, axis));
    }

    private long highest() {
        return (m + blocks - 1) / blocks;
    }

    private TensorType block(long height) {
        var dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[rank - 2] = height;
        dims[rank - 1] = n;
        return new TensorType(dtype, Shape.of(dims));
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var result = Tensor.allocate(output);
        var matrices = inputs.clone();
        for (int i = 1; i < 3; i++) {
            matrices[i] = isPlain(inputs[i]) ? inputs[i] : DenseCopy.of(inputs[i]);
        }
        var caller = Thread.currentThread();
        Workers.run(Math.toIntExact(batch * blocks), part -> {
            Workers.check(caller);
            long row = part % blocks;
            one(matrices, result, part / blocks, m * row / blocks, m * (row + 1) / blocks);
        });
        for (int i = 1; i < 3; i++) {
            if (matrices[i] != inputs[i]) {
                matrices[i].discard();
            }
        }
        Reference.reachabilityFence(inputs);
        return new Tensor[] {result};
    }

    private static boolean isPlain(Tensor tensor) {
        var matrices = Matrices.of(tensor);
        return matrices.isRowMajor() || matrices.isColumnMajor();
    }

    private void one(Tensor[] inputs, Tensor result, long matrix, long top, long bottom) {
        long height = bottom - top;
        var scores = Tensor.allocate(block(height));
        var a = view(inputs[0], matrix, top, height);
        var b = view(inputs[1], matrix, 0, k);
        BlasProduct.runPart(new ProductSizes(batch, m, n, k), new ProductSizes(1, height, n, k), a, b, scores);
        var middle = new Tensor[inputs.length - 2];
        for (int i = 0, next = 3; i < middle.length; i++) {
            middle[i] = i == kernel.product() ? scores : view(inputs[next++], matrix, top, height);
        }
        var weights = rows[(int) (highest() - height)].run(middle, 1 << kernel.product())[0];
        var c = view(inputs[2], matrix, 0, n);
        var to = view(result, matrix, top, height);
        long p = to.dim(rank - 1);
        BlasProduct.runPart(new ProductSizes(batch, m, p, n), new ProductSizes(1, height, p, n), weights, c, to);
        Stream.of(a, b, c, to, weights).forEach(Tensor::discard);
        Stream.of(middle).forEach(Tensor::discard);
    }

    /** Some rows of one matrix, all its other axes of size one. */
    private Tensor view(Tensor tensor, long matrix, long top, long height) {
        var dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[rank - 2] = height;
        dims[rank - 1] = tensor.dim(rank - 1);
        long offset = Axes.leading(tensor, 2).at(matrix) + top * tensor.stride(rank - 2);
        return tensor.asStrided(new TensorType(tensor.dtype(), Shape.of(dims)), tensor.strides(), offset);
    }

    @Override
    public void prepare(long[][] strides) {
        for (int less = 0; less < rows.length; less++) {
            var middle = new long[strides.length - 2][];
            for (int i = 0, next = 3; i < middle.length; i++) {
                middle[i] = i == kernel.product() ? block(1).shape().strides() : strides[next++];
            }
            rows[less].prepare(middle);
        }
    }

    @Override
    public Optional<Compiled> compiled() {
        return rows[0].compiled();
    }
}
