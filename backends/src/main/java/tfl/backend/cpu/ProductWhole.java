package tfl.backend.cpu;

import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;

/** A {@link Kernel.Product} as what it consists of, one after the other. */
final class ProductWhole implements Executable {
    private final PanelWork work;

    ProductWhole(PanelWork work) {
        this.work = work;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var values = new Tensor[work.types().size()];
        System.arraycopy(inputs, 0, values, 0, inputs.length);
        for (var step : work.steps()) {
            var results = results(step, values);
            System.arraycopy(results, 0, values, step.first(), results.length);
            step.dead().forEach(value -> values[value].discard());
        }
        return work.kernel().results().stream().map(value -> values[value]).toArray(Tensor[]::new);
    }

    private Tensor[] results(PanelWork.Step step, Tensor[] values) {
        return switch (step) {
            case PanelWork.Multiplied product -> contract(step, values[product.left()], values[product.right()]);
            case PanelWork.Applied applied -> {
                int free = 0;
                for (int k = 0; k < applied.reads().size(); k++) {
                    free |= applied.dead().contains(applied.reads().get(k)) ? 1 << k : 0;
                }
                yield applied.kernel().run(applied.reads().stream().map(value -> values[value])
                        .toArray(Tensor[]::new), free);
            }
            case PanelWork.Accumulated sum -> {
                var turned = values[sum.left()].transposeMatrices();
                var result = contract(step, turned, values[sum.right()]);
                turned.discard();
                yield result;
            }
        };
    }

    private Tensor[] contract(PanelWork.Step step, Tensor left, Tensor right) {
        var types = List.of(left.type(), right.type());
        return Contractions.compile(new Kernel.Contract(left.dtype()), types, List.of(work.types().get(step.first())))
                .run(new Tensor[] {left, right}, 0);
    }

    @Override
    public Optional<Compiled> compiled() {
        return work.compiled();
    }
}
