package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * A {@link Kernel.Product}: threads share panels of the product, each of which stays in a second cache until all is
 * made of it.
 */
final class ProductExecutable implements Executable {
    private final PanelWork work;
    private final List<TensorType> outputs;
    private final Executable whole;

    private ProductExecutable(PanelWork work, List<TensorType> outputs, Executable whole) {
        this.work = work;
        this.outputs = outputs;
        this.whole = whole;
    }

    /**
     * By panels, or one kernel after the other where nothing is gained by them.
     *
     * @param types of all values
     * @param compile makes a kernel of rows for inputs of these types
     */
    static Executable of(Kernel.Product kernel, List<TensorType> types, List<TensorType> outputs,
            BiFunction<Kernel, List<TensorType>, Piecewise> compile) {
        var work = PanelWork.of(kernel, types, compile);
        var whole = new ProductWhole(work);
        var direct = work.hasPanels() ? DirectExecutable.tryCompile(work, outputs, whole) : null;
        if (direct != null) {
            return direct;
        }
        return work.hasPanels() ? new ProductExecutable(work, List.copyOf(outputs), whole) : whole;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var pieces = new ArrayList<Pieces>();
        var temporaries = new ArrayList<Tensor>();
        try {
            for (var step : work.kernels()) {
                var next = step.kernel().pieces(step.reads().stream()
                        .map(value -> value < inputs.length ? inputs[value] : null).toArray(Tensor[]::new));
                if (next == null) {
                    return whole.run(inputs, donated);
                }
                pieces.add(next);
            }
            int free = work.endsInOneKernel() && pieces.getLast().donates() ? donated & work.readLast() : 0;
            var results = Donation.outputs(outputs, inputs, free, Places.ANYWHERE);
            new PanelRun(work, pieces, inputs, results, temporaries).run();
            return results;
        } finally {
            pieces.forEach(Pieces::discard);
            temporaries.forEach(Tensor::discard);
            Reference.reachabilityFence(inputs);
        }
    }

    @Override
    public void prepare(long[][] strides) {
        work.kernels().forEach(step -> step.kernel().prepare(work.strides(step, strides)));
    }

    @Override
    public Optional<Compiled> compiled() {
        return work.compiled();
    }
}
