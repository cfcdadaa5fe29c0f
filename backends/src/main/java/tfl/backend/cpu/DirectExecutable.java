package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.backend.llvm.InnerStride;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.OpenConstants;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.kernel.PanelStep;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Product} that is one product and a loop over its elements, by code that does both. */
final class DirectExecutable implements Executable {
    private final ProductSizes sizes;
    private final PanelStep.Multiply multiply;
    private final Kernel.Loop loop;
    private final List<Integer> reads;
    /** Which input of the loop the product is. */
    private final int product;
    private final List<TensorType> outputs;
    private final int readLast;
    private final Executable whole;
    private volatile Version last;

    /** Code for loop inputs of these strides and a right matrix that lies so; null where there is no compiler. */
    private record Version(Strides strides, boolean turned, CompiledKernel compiled, KernelCode code, long[] numbers) {}

    private DirectExecutable(PanelWork work, PanelStep.Multiply multiply, PanelStep.Apply apply,
            List<TensorType> outputs, Executable whole) {
        this.sizes = sizes(work);
        this.multiply = multiply;
        this.loop = (Kernel.Loop) apply.kernel();
        this.reads = apply.reads();
        this.product = reads.indexOf(work.kernel().inputs());
        this.outputs = List.copyOf(outputs);
        this.readLast = work.readLast();
        this.whole = whole;
    }

    /** Such code, or null where the kernel is something else or the product is left to a library. */
    static Executable tryCompile(PanelWork work, List<TensorType> outputs, Executable whole) {
        var steps = work.kernel().steps();
        return steps.size() == 2 && steps.get(0) instanceof PanelStep.Multiply multiply
                && steps.get(1) instanceof PanelStep.Apply apply && apply.kernel() instanceof Kernel.Loop loop
                && work.kernel().results().equals(IntStream.range(0, outputs.size())
                        .mapToObj(k -> work.kernel().inputs() + 1 + k).toList())
                && apply.reads().stream().filter(value -> value == work.kernel().inputs()).count() == 1
                && DirectProduct.takes(work.dtype(), sizes(work))
                && (outputs.getFirst().shape().rank() == 2
                        || loop.bodies().stream().noneMatch(LoopKernel::readsIndex))
                                ? new DirectExecutable(work, multiply, apply, outputs, whole) : null;
    }

    private static ProductSizes sizes(PanelWork work) {
        return ((PanelWork.Multiplied) work.steps().getFirst()).product();
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        return run(inputs, donated, Places.ANYWHERE);
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated, Tensor[] places) {
        var right = inputs[multiply.right()];
        var strides = strides(Strides.all(inputs));
        boolean turned = DirectProduct.isTurned(right.strides());
        var version = last;
        if (version == null || version.turned() != turned || !version.strides().fit(shape(), strides)) {
            version = version(strides, turned);
            last = version;
        }
        if (version.code() == null) {
            return whole.run(inputs, donated);
        }
        var results = Donation.outputs(outputs, inputs, donated & readLast, places);
        var own = reads.stream().map(value -> value < inputs.length ? inputs[value] : null).toArray(Tensor[]::new);
        DirectProduct.run(sizes, version.code(), product, inputs[multiply.left()], right, own, results,
                version.numbers());
        Reference.reachabilityFence(inputs);
        return results;
    }

    @Override
    public void prepare(long[][] strides) {
        last = version(strides(strides), DirectProduct.isTurned(strides[multiply.right()]));
    }

    @Override
    public Optional<Compiled> compiled() {
        return Optional.ofNullable(last).map(Version::compiled);
    }

    private Shape shape() {
        return outputs.getFirst().shape();
    }

    /** The strides of what the loop reads, the product being dense. */
    private long[][] strides(long[][] inputs) {
        return reads.stream().map(value -> value < inputs.length ? inputs[value] : shape().strides())
                .toArray(long[][]::new);
    }

    private Version version(long[][] strides, boolean turned) {
        var open = OpenConstants.of(loop);
        var inner = IntStream.range(0, strides.length)
                .mapToObj(k -> InnerStride.of(strides[k][strides[k].length - 1])).toList();
        var known = Strides.of(shape(), strides);
        try {
            var kernel = DirectProduct.kernel(open.kernel(), product, sizes, turned, inner);
            var compiled = KernelStore.compiled(kernel);
            return new Version(known, turned, compiled, compiled.functions().get("kernel"), open.words());
        } catch (Unsupported operation) {
            return new Version(known, turned, null, null, null);
        }
    }
}
