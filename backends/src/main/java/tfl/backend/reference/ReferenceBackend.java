package tfl.backend.reference;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.backend.Backend;
import tfl.backend.Executable;
import tfl.kernel.Kernel;
import tfl.kernel.KernelTypes;
import tfl.kernel.PanelStep;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Runs every kernel by its definition. Donated inputs are not reused. */
public final class ReferenceBackend implements Backend {
    @Override
    public String device() {
        return "reference";
    }

    @Override
    public Executable compile(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
        KernelTypes.check(kernel, inputs, outputs);
        var types = List.copyOf(outputs);
        return (tensors, donated) -> {
            var results = types.stream().map(Tensor::allocate).toArray(Tensor[]::new);
            run(kernel, tensors, results);
            Reference.reachabilityFence(tensors);
            return results;
        };
    }

    private static void run(Kernel kernel, Tensor[] inputs, Tensor[] outputs) {
        switch (kernel) {
            case Kernel.Loop loop -> Loops.loop(loop, inputs, outputs);
            case Kernel.Reduce reduce -> Loops.reduce(reduce, inputs, outputs[0]);
            case Kernel.Rows rows -> Loops.rows(rows, inputs, outputs);
            case Kernel.Iterate iterate -> Loops.iterate(iterate, inputs, outputs);
            case Kernel.Scan scan -> Loops.scan(scan, inputs[0], outputs[0]);
            case Kernel.Contract(var dtype) -> Contraction.run(dtype, inputs[0], inputs[1], outputs[0]);
            case Kernel.Product product -> product(product, inputs, outputs);
            case Kernel.Gather gather -> Indexed.gather(gather, inputs, outputs[0]);
            case Kernel.Scatter scatter -> Indexed.scatter(scatter, inputs, outputs[0]);
            case Kernel.Assemble assemble -> Indexed.assemble(assemble, inputs, outputs[0]);
            case Kernel.Copy copy -> Loops.copy(inputs[0], outputs[0]);
            case Kernel.LibraryCall(var routine) -> Routines.run(routine, inputs, outputs);
        }
    }

    private static void product(Kernel.Product kernel, Tensor[] inputs, Tensor[] outputs) {
        var types = kernel.values(Arrays.stream(inputs).map(Tensor::type).toList());
        var values = new ArrayList<>(List.of(inputs));
        types.subList(inputs.length, types.size()).forEach(type -> values.add(
                kernel.results().contains(values.size()) ? outputs[kernel.results().indexOf(values.size())]
                        : Tensor.allocate(type)));
        int next = inputs.length;
        for (var step : kernel.steps()) {
            var operands = step.operands().stream().map(values::get).toArray(Tensor[]::new);
            int end = next + step.results(types).size();
            switch (step) {
                case PanelStep.Multiply multiply ->
                    Contraction.run(operands[0].dtype(), operands[0], operands[1], values.get(next));
                case PanelStep.Apply(var each, var reads) ->
                    run(each, operands, values.subList(next, end).toArray(Tensor[]::new));
                case PanelStep.Accumulate accumulate -> Contraction.run(operands[0].dtype(),
                        operands[0].transposeMatrices(), operands[1], values.get(next));
            }
            next = end;
        }
    }
}
