package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import tfl.kernel.Kernel;
import tfl.tensor.Elements;
import tfl.tensor.Tensor;

/**
 * One run of a {@link Kernel.Product} over its panels. Where rows are summed, all panels of a matrix, or of a stretch
 * of it, are one thread's, one after the other; the sums of stretches are added at the end.
 */
final class PanelRun {
    /** Stretches from which on each thread has several, so that none waits long for another. */
    private static final int MANY = 4;

    private final PanelWork work;
    private final List<Pieces> pieces;
    private final Tensor[] results;
    private final Matrices[] matrices;
    private final Panels panels;
    private final long stretches;
    /** For each sum, those of all stretches but the first of each matrix, whose sum is the result itself. */
    private final List<Tensor> sums = new ArrayList<>();
    private final Thread caller = Thread.currentThread();

    /** @param temporaries copies of inputs that libraries do not take as they lie; the caller discards them */
    PanelRun(PanelWork work, List<Pieces> pieces, Tensor[] inputs, Tensor[] results, List<Tensor> temporaries) {
        this.work = work;
        this.pieces = pieces;
        this.results = results;
        this.matrices = new Matrices[inputs.length];
        work.multiplied().forEach(value -> {
            if (value < inputs.length && matrices[value] == null) {
                matrices[value] = BlasProduct.usable(inputs[value], temporaries);
            }
        });
        var first = (PanelWork.Multiplied) work.steps().getFirst();
        boolean tall = work.isOneProduct()
                && BlasProduct.isTall(work.sizes(), matrices[first.left()], matrices[first.right()]);
        if (tall) {
            matrices[first.left()] = matrices[first.left()].stacked();
        }
        this.panels = Panels.of(tall ? work.sizes().tall() : work.sizes(), work.dtype());
        this.stretches = work.sums().isEmpty() ? panels.down() : stretches(panels);
        for (var sum : work.sums()) {
            sums.add(Tensor.allocate(work.types().get(sum.first()).dtype(), panels.groups() * (stretches - 1),
                    sum.product().m() * sum.product().n()));
        }
        temporaries.addAll(sums);
    }

    private static long stretches(Panels panels) {
        int threads = Workers.count();
        boolean even = panels.groups() % threads == 0 || panels.groups() >= (long) MANY * threads;
        return even ? 1 : Math.min(panels.down(), threads);
    }

    void run() {
        Workers.run(Math.toIntExact(panels.groups() * stretches), index -> {
            long group = index / stretches;
            long stretch = index % stretches;
            long end = panels.down() * (stretch + 1) / stretches;
            for (long row = panels.down() * stretch / stretches; row < end; row++) {
                Workers.check(caller);
                new Rows(panels.at(group * panels.down() + row), group, stretch,
                        row > panels.down() * stretch / stretches).run();
            }
        });
        for (int k = 0; k < sums.size(); k++) {
            add(sums.get(k), results[work.output(work.sums().get(k).first())]);
        }
    }

    private void add(Tensor partial, Tensor result) {
        long size = partial.dim(1);
        for (long row = 0; row < partial.dim(0); row++) {
            long to = row / (stretches - 1) * size;
            for (long i = 0; i < size; i++) {
                double sum = Elements.getDouble(result.dtype(), result.address(to + i))
                        + Elements.getDouble(result.dtype(), partial.address(row * size + i));
                Elements.putDouble(result.dtype(), result.address(to + i), sum);
            }
        }
    }

    /** The steps over one panel. */
    private final class Rows {
        private final Panel panel;
        private final long group;
        private final long stretch;
        private final boolean more;
        private final Tensor[] values = new Tensor[work.types().size()];

        /** @param more whether sums were begun by an earlier panel */
        Rows(Panel panel, long group, long stretch, boolean more) {
            this.panel = panel;
            this.group = group;
            this.stretch = stretch;
            this.more = more;
        }

        void run() {
            int kernel = 0;
            for (var step : work.steps()) {
                switch (step) {
                    case PanelWork.Multiplied product -> multiply(product);
                    case PanelWork.Applied applied -> apply(applied, pieces.get(kernel++));
                    case PanelWork.Accumulated sum -> accumulate(sum);
                }
                for (int value : step.dead()) {
                    if (values[value] != null) {
                        values[value].discard();
                    }
                }
            }
        }

        private void multiply(PanelWork.Multiplied step) {
            make(step.first());
            var sizes = step.product();
            var left = rows(step.left());
            var right = matrices[step.right()];
            for (long matrix = panel.firstMatrix(); matrix < panel.lastMatrix(); matrix++) {
                call(sizes).product(panel.height(), sizes.n(), sizes.k(), left, place(step.left(), matrix), right,
                        right.at(matrix, 0, 0), place(step.first(), matrix), Math.toIntExact(sizes.n()));
            }
        }

        private void accumulate(PanelWork.Accumulated step) {
            var sizes = step.product();
            var left = rows(step.left()).transposed();
            var right = rows(step.right());
            for (long matrix = panel.firstMatrix(); matrix < panel.lastMatrix(); matrix++) {
                call(sizes).gemm(sizes.m(), sizes.n(), panel.height(), left, place(step.left(), matrix), right,
                        place(step.right(), matrix), more, sum(step, matrix), Math.toIntExact(sizes.n()));
            }
        }

        // Asked when it runs: the library may have to be loaded first.
        private BlasCall call(ProductSizes sizes) {
            return BlasCall.of(work.dtype(), sizes);
        }

        private MemorySegment sum(PanelWork.Accumulated step, long matrix) {
            long size = step.product().m() * step.product().n();
            return stretch == 0 ? results[work.output(step.first())].segment(matrix * size)
                    : sums.get(work.sums().indexOf(step)).segment((group * (stretches - 1) + stretch - 1) * size);
        }

        private void apply(PanelWork.Applied step, Pieces pieces) {
            var passing = step.reads().stream().filter(value -> value >= matrices.length).toList();
            var from = passing.stream().mapToLong(this::begin).toArray();
            var to = new long[step.count()];
            for (int k = 0; k < to.length; k++) {
                int value = step.first() + k;
                int donor = pieces.donates() ? donor(step, passing, value) : -1;
                if (donor >= 0) {
                    values[value] = values[donor];
                    values[donor] = null;
                } else {
                    make(value);
                }
                to[k] = begin(value);
            }
            long units = pieces.byElement() ? work.width(step.reads().getFirst()) : 1;
            pieces.run(from, to, panel.firstRow() * units, (panel.firstRow() + panel.rows()) * units);
        }

        /** A value of the panel that nobody reads afterwards and whose place a result can take; or -1. */
        private int donor(PanelWork.Applied step, List<Integer> passing, int result) {
            return work.output(result) >= 0 ? -1 : passing.stream().filter(value -> values[value] != null
                    && step.dead().contains(value) && work.types().get(value).equals(work.types().get(result)))
                    .findFirst().orElse(-1);
        }

        /** Sees to it that there is room for the panel's rows of a value. */
        private void make(int value) {
            if (work.output(value) < 0) {
                values[value] = Tensor.allocate(work.types().get(value).dtype(), panel.rows(), work.width(value));
            }
        }

        /** Where the whole value would begin of which these are the panel's rows. */
        private long begin(int value) {
            return work.output(value) >= 0 ? results[work.output(value)].address() : values[value].address()
                    - panel.firstRow() * work.width(value) * work.types().get(value).dtype().bytes();
        }

        private Matrices rows(int value) {
            return value < matrices.length ? matrices[value]
                    : Matrices.of(work.output(value) >= 0 ? results[work.output(value)] : values[value]);
        }

        /** The memory from the first of the panel's rows in a matrix on. */
        private MemorySegment place(int value, long matrix) {
            if (value < matrices.length) {
                return matrices[value].at(matrix, panel.top(), 0);
            }
            long row = (matrix - panel.firstMatrix()) * panel.height();
            if (work.output(value) < 0) {
                return values[value].segment(row * work.width(value));
            }
            var result = results[work.output(value)];
            return result.segment(result.offset() + (panel.firstRow() + row) * work.width(value));
        }
    }
}
