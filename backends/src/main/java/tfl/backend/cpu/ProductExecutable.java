package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * A {@link Kernel.Product}: threads share panels of the product, each of which stays in a second cache until all is
 * made of it.
 */
final class ProductExecutable implements Executable {
    private final Kernel.Product kernel;
    private final List<TensorType> outputs;
    private final TensorType product;
    private final ProductSizes sizes;
    private final BlasCall call;
    private final Piecewise after;
    private final Executable whole;

    private ProductExecutable(Kernel.Product kernel, List<TensorType> inputs, List<TensorType> outputs,
            Piecewise after, Executable whole) {
        this.kernel = kernel;
        this.outputs = outputs;
        this.product = kernel.product(inputs);
        this.sizes = ProductSizes.of(inputs.subList(0, 2), List.of(product));
        this.call = BlasCall.of(product.dtype(), sizes);
        this.after = after;
        this.whole = whole;
    }

    /** By panels, or one kernel after the other where nothing is gained by them. */
    static Executable of(Kernel.Product kernel, List<TensorType> inputs, List<TensorType> outputs, Piecewise after) {
        var product = kernel.product(inputs);
        var whole = new ProductWhole(kernel, inputs, outputs, after);
        boolean real = product.dtype() == DType.F32 || product.dtype() == DType.F64;
        boolean empty = product.shape().size() == 0 || inputs.getFirst().shape().size() == 0
                || outputs.getFirst().shape().size() == 0;
        return real && !empty ? new ProductExecutable(kernel, inputs, outputs, after, whole) : whole;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var middle = new Tensor[inputs.length - kernel.others() + 1];
        for (int i = 0, next = kernel.others(); i < middle.length; i++) {
            middle[i] = i == kernel.place() ? null : inputs[next++];
        }
        var pieces = after.pieces(middle, kernel.place());
        if (pieces == null) {
            return whole.run(inputs, donated);
        }
        var temporaries = new ArrayList<Tensor>();
        try {
            int others = pieces.donates() && !kernel.again() ? donated & -1 << kernel.others() : 0;
            var results = Donation.outputs(outputs, inputs, others, Places.ANYWHERE);
            var a = BlasProduct.usable(inputs[0], temporaries);
            var b = BlasProduct.usable(inputs[1], temporaries);
            var c = kernel.again() ? BlasProduct.usable(inputs[2], temporaries) : null;
            boolean tall = c == null && BlasProduct.isTall(sizes, a, b);
            var run = new Run(pieces, Panels.of(tall ? sizes.tall() : sizes, product.dtype()),
                    tall ? a.stacked() : a, b, c, results);
            Workers.run(run.panels.count(), run::panel);
            return results;
        } finally {
            pieces.discard();
            temporaries.forEach(Tensor::discard);
            Reference.reachabilityFence(inputs);
        }
    }

    @Override
    public void prepare(long[][] strides) {
        var middle = new ArrayList<>(Arrays.asList(strides).subList(kernel.others(), strides.length));
        middle.add(kernel.place(), product.shape().strides());
        after.prepare(middle.toArray(long[][]::new));
    }

    @Override
    public Optional<Compiled> compiled() {
        return after.compiled();
    }

    /** One run over its panels. */
    private final class Run {
        private final Pieces pieces;
        private final Panels panels;
        private final Matrices a;
        private final Matrices b;
        private final Matrices c;
        private final Tensor[] results;
        private final Thread caller = Thread.currentThread();

        Run(Pieces pieces, Panels panels, Matrices a, Matrices b, Matrices c, Tensor[] results) {
            this.pieces = pieces;
            this.panels = panels;
            this.a = a;
            this.b = b;
            this.c = c;
            this.results = results;
        }

        void panel(int index) {
            Workers.check(caller);
            var panel = panels.at(index);
            var rows = Tensor.allocate(product.dtype(), panel.rows(), sizes.n());
            for (long matrix = panel.firstMatrix(); matrix < panel.lastMatrix(); matrix++) {
                call.product(panel.height(), sizes.n(), sizes.k(), a, a.at(matrix, panel.top(), 0), b,
                        b.at(matrix, 0, 0), rows.segment(place(panel, matrix)), Math.toIntExact(sizes.n()));
            }
            if (c == null) {
                follow(panel, rows, Arrays.stream(results).mapToLong(Tensor::address).toArray());
            } else if (pieces.donates()) {
                follow(panel, rows, begin(panel, rows));
                again(panel, rows);
            } else {
                var others = Tensor.allocate(rows.type());
                follow(panel, rows, begin(panel, others));
                again(panel, others);
                others.discard();
            }
            rows.discard();
        }

        /** Where a matrix begins in a panel. */
        private long place(Panel panel, long matrix) {
            return (matrix - panel.firstMatrix()) * panel.height() * sizes.n();
        }

        /** Where the whole would begin of which these are the panel's rows. */
        private long begin(Panel panel, Tensor rows) {
            return rows.address() - panel.firstRow() * sizes.n() * product.dtype().bytes();
        }

        private void follow(Panel panel, Tensor rows, long... to) {
            long units = pieces.byElement() ? sizes.n() : 1;
            pieces.run(begin(panel, rows), to, panel.firstRow() * units, (panel.firstRow() + panel.rows()) * units);
        }

        private void again(Panel panel, Tensor rows) {
            long p = c.columns();
            var next = BlasCall.of(product.dtype(), new ProductSizes(sizes.batch(), sizes.m(), p, sizes.n()));
            var left = Matrices.of(rows);
            var to = results[0];
            for (long matrix = panel.firstMatrix(); matrix < panel.lastMatrix(); matrix++) {
                long row = panel.firstRow() + (matrix - panel.firstMatrix()) * panel.height();
                next.product(panel.height(), p, sizes.n(), left, rows.segment(place(panel, matrix)), c,
                        c.at(matrix, 0, 0), to.segment(to.offset() + row * p), Math.toIntExact(p));
            }
        }
    }
}
