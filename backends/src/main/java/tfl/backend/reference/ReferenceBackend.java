package tfl.backend.reference;

import java.lang.ref.Reference;
import java.util.List;
import tfl.backend.Backend;
import tfl.backend.Executable;
import tfl.kernel.Kernel;
import tfl.kernel.KernelTypes;
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
            case Kernel.Attention attention -> Loops.attention(attention, inputs, outputs[0]);
            case Kernel.Gather gather -> Indexed.gather(gather, inputs, outputs[0]);
            case Kernel.Scatter scatter -> Indexed.scatter(scatter, inputs, outputs[0]);
            case Kernel.Assemble assemble -> Indexed.assemble(assemble, inputs, outputs[0]);
            case Kernel.Copy copy -> Loops.copy(inputs[0], outputs[0]);
            case Kernel.LibraryCall(var routine) -> Routines.run(routine, inputs, outputs);
        }
    }
}
