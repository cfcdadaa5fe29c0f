package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.llvm.IterateKernel;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Iterate} by compiled code, which works on the results in place. */
final class IterateExecutable implements Executable {
    /** Additions in one call of a thread, about 20 ms: between calls an interrupt is seen. */
    private static final long LONGEST_CALL = 1L << 26;
    /** The least elements that go to a thread. */
    private static final long FEWEST = 64;

    private final Kernel.Iterate kernel;
    private final List<TensorType> outputs;
    private final Executable reference;
    private final boolean readsIndex;
    private final long cost;
    private volatile Version last;

    /** Code for inputs behind the states of these strides; null where the kernel is left to the reference. */
    private record Version(Strides strides, CompiledKernel compiled, KernelCode code, long[] arguments) {}

    IterateExecutable(Kernel.Iterate kernel, List<TensorType> outputs, Executable reference) {
        this.kernel = kernel;
        this.outputs = outputs;
        this.reference = reference;
        this.readsIndex = kernel.bodies().stream().anyMatch(LoopKernel::readsIndex);
        this.cost = Math.max(1, kernel.bodies().stream().mapToLong(Cost::of).sum());
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var others = Arrays.copyOfRange(inputs, outputs.size(), inputs.length);
        var version = last;
        if (version == null || !version.strides().fit(others)) {
            version = version(Strides.all(others));
            last = version;
        }
        if (version.code() == null) {
            return reference.run(inputs, donated);
        }
        var results = new Tensor[outputs.size()];
        for (int k = 0; k < results.length; k++) {
            results[k] = Tensor.allocate(outputs.get(k));
            StridedCopy.run(inputs[k], results[k]);
        }
        long size = results[0].size();
        if (size > 0) {
            go(version, results, others, size);
        }
        Reference.reachabilityFence(inputs);
        return results;
    }

    private void go(Version version, Tensor[] results, Tensor[] others, long size) {
        long most = Math.max(1, LONGEST_CALL / cost / FEWEST);
        for (long done = 0; done < kernel.rounds();) {
            long rounds = Math.min(kernel.rounds() - done, most);
            var arguments = KernelArguments.start().addresses(results).addresses(others).add(rounds)
                    .addAll(version.arguments());
            Workers.check(Thread.currentThread());
            Split.run(version.code(), arguments.address(), size, Cost.grain(cost * rounds, FEWEST));
            done += rounds;
        }
    }

    @Override
    public void prepare(long[][] strides) {
        last = version(Arrays.copyOfRange(strides, outputs.size(), strides.length));
    }

    @Override
    public Optional<Compiled> compiled() {
        return Optional.ofNullable(last).map(Version::compiled);
    }

    private Version version(long[][] strides) {
        var shape = outputs.getFirst().shape();
        var layout = readsIndex ? Layout.plain(shape.dims(), strides) : Layout.joined(shape.dims(), strides);
        var code = new IterateKernel(kernel.inputs(), kernel.bodies(), layout.rank(), layout.inner());
        try {
            var compiled = KernelStore.compiled(code, code::text);
            return new Version(Strides.of(shape, strides), compiled, compiled.functions().get("kernel"),
                    layout.arguments());
        } catch (Unsupported operation) {
            return new Version(Strides.of(shape, strides), null, null, null);
        }
    }
}
