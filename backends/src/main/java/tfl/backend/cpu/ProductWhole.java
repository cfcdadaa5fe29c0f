package tfl.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Product} as what it consists of, one after the other. */
final class ProductWhole implements Executable {
    private final Kernel.Product kernel;
    private final Executable first;
    private final Executable after;
    private final Executable second;

    ProductWhole(Kernel.Product kernel, List<TensorType> inputs, List<TensorType> outputs, Executable after) {
        var product = kernel.product(inputs);
        var contract = new Kernel.Contract(product.dtype());
        this.kernel = kernel;
        this.first = Contractions.compile(contract, inputs.subList(0, 2), List.of(product));
        this.after = after;
        this.second = kernel.again()
                ? Contractions.compile(contract, List.of(product, inputs.get(2)), outputs) : null;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var product = first.run(Arrays.copyOf(inputs, 2), 0)[0];
        var middle = new ArrayList<>(Arrays.asList(inputs).subList(kernel.others(), inputs.length));
        middle.add(kernel.place(), product);
        var results = after.run(middle.toArray(Tensor[]::new), 1 << kernel.place());
        product.discard();
        if (second == null) {
            return results;
        }
        var last = second.run(new Tensor[] {results[0], inputs[2]}, 0);
        results[0].discard();
        return last;
    }

    @Override
    public Optional<Compiled> compiled() {
        return after.compiled();
    }
}
