package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.OpenConstants;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * A {@link Kernel.Loop} by compiled code, of which there is one version for each way that the inputs can lie.
 */
final class LoopExecutable implements Piecewise {
    private final Kernel.Loop loop;
    private final List<TensorType> outputs;
    private final long size;
    private final long written;
    private final boolean large;
    private final long grain;
    private final boolean readsIndex;
    private final Executable reference;
    /** For results that stay in the cache, and for those that go past it. */
    private final Version[] last = new Version[2];

    /**
     * Code for inputs of these strides (null where the kernel is left to the reference), and the arguments
     * that follow the pointers.
     */
    private record Version(Strides strides, int turned, CompiledKernel compiled, KernelCode code, long[] arguments) {}

    LoopExecutable(Kernel.Loop loop, List<TensorType> outputs, Executable reference) {
        this.loop = loop;
        this.outputs = outputs;
        this.reference = reference;
        this.size = outputs.getFirst().shape().size();
        this.written = outputs.stream().mapToLong(TensorType::bytes).sum();
        this.grain = Cost.grain(loop.bodies());
        this.readsIndex = loop.bodies().stream().anyMatch(LoopKernel::readsIndex);
        this.large = !readsIndex && LastCache.maybeOverrunBy(written);
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        return run(inputs, donated, Places.ANYWHERE);
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated, Tensor[] places) {
        var begun = begin(inputs, donated, places);
        if (begun == null) {
            return reference.run(inputs, donated);
        }
        if (size > 0) {
            Split.run(begun.code(), begun.lay(KernelArguments.start()).address(), size, grain);
            Reference.reachabilityFence(inputs);
        }
        return begun.end();
    }

    /** A run that has places for its results, and is to be done for some of the elements at a time. */
    record Begun(Version version, Tensor[] inputs, Tensor[] results) {
        KernelCode code() {
            return version.code();
        }

        /** Adds what the code is told. */
        KernelArguments lay(KernelArguments arguments) {
            return arguments.addresses(results).addresses(inputs).addAll(version.arguments());
        }

        /** The results, when all elements are done. */
        Tensor[] end() {
            Turned.discard(inputs, version.turned());
            return results;
        }
    }

    /** Null where the kernel is left to the reference. */
    Begun begin(Tensor[] inputs, int donated, Tensor[] places) {
        boolean streams = large && donated == 0 && streams(Strides.all(inputs));
        var version = version(inputs, streams);
        if (version.code() == null) {
            return null;
        }
        int turned = version.turned();
        var straight = Turned.straightened(inputs, turned);
        var results = Donation.outputs(outputs, straight, streams ? 0 : donated | turned, places);
        return new Begun(version, straight, results);
    }

    long size() {
        return size;
    }

    /** How many elements are worth a thread. */
    long grain() {
        return grain;
    }

    @Override
    public Pieces pieces(Tensor[] inputs) {
        var shape = outputs.getFirst().shape();
        var strides = Pieces.strides(inputs, shape);
        var version = last[0];
        if (version == null || !version.strides().fit(shape, strides)) {
            version = version(strides, false);
            last[0] = version;
        }
        if (version.code() == null) {
            return null;
        }
        return new Pieces(version.code(), new long[outputs.size()], inputs, version.turned(),
                version.arguments(), true, true);
    }

    /** Whether the results are worth sending past the cache. */
    private boolean streams(long[][] strides) {
        long read = 0;
        for (int k = 0; k < strides.length; k++) {
            read += LastCache.read(loop.inputs().get(k), outputs.getFirst().shape(), strides[k]);
        }
        return LastCache.isOverrun(read, written);
    }

    private Version version(Tensor[] inputs, boolean streams) {
        int slot = streams ? 1 : 0;
        var known = last[slot];
        if (known == null || !known.strides().fit(inputs)) {
            known = version(Strides.all(inputs), streams);
            last[slot] = known;
        }
        return known;
    }

    @Override
    public void prepare(long[][] strides) {
        boolean streams = large && streams(strides);
        last[streams ? 1 : 0] = version(strides, streams);
    }

    @Override
    public Optional<Compiled> compiled() {
        return Optional.ofNullable(last[0] == null ? last[1] : last[0]).map(Version::compiled);
    }

    private Version version(long[][] strides, boolean streams) {
        var shape = outputs.getFirst().shape();
        int turned = Turned.of(shape, strides);
        var straight = Turned.straightened(shape, strides, turned);
        var layout = readsIndex ? Layout.plain(shape.dims(), straight) : Layout.joined(shape.dims(), straight);
        var open = OpenConstants.of(loop);
        var kernel = new LoopKernel(open.kernel(), layout.rank(), layout.inner(), streams && layout.rank() == 1);
        try {
            var compiled = KernelStore.compiled(kernel);
            return new Version(Strides.of(shape, strides), turned, compiled, compiled.functions().get("kernel"),
                    open.after(layout.arguments()));
        } catch (Unsupported operation) {
            return new Version(Strides.of(shape, strides), 0, null, null, null);
        }
    }
}
