package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.llvm.IterateKernel;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.OpenConstants;
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
    private record Version(long[][] strides, CompiledKernel compiled, KernelCode code, long[] arguments,
            long[] numbers) {}

    IterateExecutable(Kernel.Iterate kernel, List<TensorType> outputs, Executable reference) {
        this.kernel = kernel;
        this.outputs = outputs;
        this.reference = reference;
        this.readsIndex = kernel.bodies().stream().anyMatch(LoopKernel::readsIndex);
        this.cost = Math.max(1, kernel.bodies().stream().mapToLong(Cost::of).sum());
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var others = Arrays.copyOfRange(inputs, kernel.states(), inputs.length);
        var version = last;
        var strides = Strides.all(others);
        if (version == null || !Arrays.deepEquals(version.strides(), strides)) {
            version = version(strides);
            last = version;
        }
        if (version.code() == null) {
            return reference.run(inputs, donated);
        }
        var results = outputs.stream().map(Tensor::allocate).toArray(Tensor[]::new);
        for (int k = 0; k < kernel.states(); k++) {
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
            var arguments = KernelArguments.start().addresses(results).addresses(others).add(done).add(done + rounds)
                    .add(kernel.rounds()).add(size).addAll(version.arguments());
            for (int k = 0; k < kernel.sequences(); k++) {
                arguments.add(others[k].stride(0));
            }
            arguments.addAll(version.numbers());
            Workers.check(Thread.currentThread());
            Split.run(version.code(), arguments.address(), size, Cost.grain(cost * rounds, FEWEST));
            done += rounds;
        }
    }

    @Override
    public void prepare(long[][] strides) {
        last = version(Arrays.copyOfRange(strides, kernel.states(), strides.length));
    }

    @Override
    public Optional<Compiled> compiled() {
        return Optional.ofNullable(last).map(Version::compiled);
    }

    private Version version(long[][] all) {
        var shape = outputs.getFirst().shape();
        var strides = all.clone();
        for (int k = 0; k < kernel.sequences(); k++) {
            strides[k] = Arrays.copyOfRange(all[k], 1, all[k].length);
        }
        var layout = readsIndex ? Layout.plain(shape.dims(), strides) : Layout.joined(shape.dims(), strides);
        // The code is the same for any number of rounds.
        var loop = new Kernel.Iterate(kernel.inputs(), kernel.states(), kernel.sequences(), kernel.bodies(), 0,
                kernel.reverse());
        var open = OpenConstants.of(loop);
        var code = new IterateKernel(open.kernel(), layout.rank(), layout.inner());
        try {
            var compiled = KernelStore.compiled(code);
            return new Version(all, compiled, compiled.functions().get("kernel"), layout.arguments(), open.words());
        } catch (Unsupported operation) {
            return new Version(all, null, null, null, null);
        }
    }
}
