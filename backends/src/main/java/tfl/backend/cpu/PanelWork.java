package tfl.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import tfl.backend.Compiled;
import tfl.kernel.Kernel;
import tfl.kernel.PanelStep;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * What the steps of a {@link Kernel.Product} are by panels of rows.
 *
 * @param types of all values
 * @param steps each with what computes it
 * @param sizes of the product of which the panels are
 */
record PanelWork(Kernel.Product kernel, List<TensorType> types, List<Step> steps, ProductSizes sizes) {
    /** A step whose results are the values from {@code first} on. */
    sealed interface Step {
        int first();

        /** Values that are there only for the panel, and that nobody reads afterwards. */
        List<Integer> dead();
    }

    /** A product of rows by a whole matrix: [rows, k] by [k, n]. */
    record Multiplied(int left, int right, ProductSizes product, int first, List<Integer> dead)
            implements Step {}

    record Applied(List<Integer> reads, int count, Piecewise kernel, int first, List<Integer> dead) implements Step {}

    /** A sum over rows: [m, n]ᵀ by [m, p]. */
    record Accumulated(int left, int right, ProductSizes product, int first, List<Integer> dead)
            implements Step {}

    /** @param compile makes a kernel for inputs of these types */
    static PanelWork of(Kernel.Product kernel, List<TensorType> types,
            BiFunction<Kernel, List<TensorType>, Piecewise> compile) {
        var steps = new ArrayList<Step>();
        int next = kernel.inputs();
        for (int k = 0; k < kernel.steps().size(); k++) {
            var step = kernel.steps().get(k);
            int count = step.results(types).size();
            var dead = dead(kernel, k, next, count);
            steps.add(switch (step) {
                case PanelStep.Multiply(int left, int right) -> {
                    var sizes = ProductSizes.of(List.of(types.get(left), types.get(right)), List.of(types.get(next)));
                    yield new Multiplied(left, right, sizes, next, dead);
                }
                case PanelStep.Apply(var each, var reads) -> new Applied(reads, count,
                        compile.apply(each, reads.stream().map(types::get).toList()), next, dead);
                case PanelStep.Accumulate(int left, int right) ->
                    new Accumulated(left, right, sizes(types.get(left), types.get(right)), next, dead);
            });
            next += count;
        }
        var rows = types.get(kernel.steps().getFirst().rows().getFirst());
        int rank = rows.shape().rank();
        var first = (Multiplied) steps.getFirst();
        return new PanelWork(kernel, types, List.copyOf(steps), new ProductSizes(rows.shape().size()
                / Math.max(1, rows.shape().dim(rank - 1) * rows.shape().dim(rank - 2)), rows.shape().dim(rank - 2),
                first.product().n(), first.product().k()));
    }

    /** Of {@code leftᵀ right} in one matrix. */
    private static ProductSizes sizes(TensorType left, TensorType right) {
        int last = left.shape().rank() - 1;
        long rows = left.shape().dim(last - 1);
        long n = left.shape().dim(last);
        long batch = left.shape().size() / Math.max(1, rows * n);
        return new ProductSizes(batch, n, right.shape().dim(last), rows);
    }

    private static List<Integer> dead(Kernel.Product kernel, int step, int next, int count) {
        var dead = new ArrayList<Integer>();
        var later = kernel.steps().subList(step + 1, kernel.steps().size());
        for (int value = kernel.inputs(); value < next + count; value++) {
            int own = value;
            boolean here = value >= next || kernel.steps().get(step).operands().contains(value);
            if (here && !kernel.results().contains(value)
                    && later.stream().noneMatch(each -> each.operands().contains(own))) {
                dead.add(value);
            }
        }
        return List.copyOf(dead);
    }

    /** Whether libraries multiply all of it and nothing of it is empty. */
    boolean hasPanels() {
        return multiplied().map(types::get).allMatch(type -> type.dtype() == DType.F32 || type.dtype() == DType.F64)
                && types.stream().allMatch(type -> type.shape().size() > 0);
    }

    /** Of what libraries multiply. */
    DType dtype() {
        return types.get(steps.getFirst().first()).dtype();
    }

    /** Elements in a row of a value. */
    long width(int value) {
        var shape = types.get(value).shape();
        boolean whole = shape.rank() == types.get(kernel.steps().getFirst().rows().getFirst()).shape().rank();
        return whole ? shape.dim(shape.rank() - 1) : 1;
    }

    /** The strides of what a kernel of rows reads; what is made here is dense. */
    long[][] strides(Applied step, long[][] inputs) {
        return step.reads().stream().map(value -> value < kernel.inputs() ? inputs[value]
                : types.get(value).shape().strides()).toArray(long[][]::new);
    }

    /** Whether all of it is one product and what follows it row by row. */
    boolean isOneProduct() {
        return steps.stream().skip(1).allMatch(Applied.class::isInstance);
    }

    /** Whether all outputs come from one kernel of rows. */
    boolean endsInOneKernel() {
        return steps.getLast() instanceof Applied last && last.count() == kernel.results().size()
                && kernel.results().stream().allMatch(value -> value >= last.first());
    }

    /** Bit k set: input k is read by the last step and no other. */
    int readLast() {
        int bits = 0;
        var before = kernel.steps().subList(0, kernel.steps().size() - 1);
        for (int value : kernel.steps().getLast().operands()) {
            boolean once = before.stream().noneMatch(step -> step.operands().contains(value));
            bits |= value < Math.min(kernel.inputs(), Integer.SIZE) && once ? 1 << value : 0;
        }
        return bits;
    }

    /** Which output a value is, or -1. */
    int output(int value) {
        return kernel.results().indexOf(value);
    }

    /** What libraries multiply. */
    Stream<Integer> multiplied() {
        return kernel.steps().stream().filter(step -> !(step instanceof PanelStep.Apply))
                .flatMap(step -> step.operands().stream());
    }

    List<Accumulated> sums() {
        return steps.stream().filter(Accumulated.class::isInstance).map(Accumulated.class::cast).toList();
    }

    /** The kernels of rows. */
    List<Applied> kernels() {
        return steps.stream().filter(Applied.class::isInstance).map(Applied.class::cast).toList();
    }

    /** The code of all kernels of rows. */
    Optional<Compiled> compiled() {
        return Compiled.of(kernels().stream().flatMap(step -> step.kernel().compiled().stream()).toList());
    }
}
