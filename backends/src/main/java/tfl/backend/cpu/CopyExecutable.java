package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.llvm.Unsupported;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link tfl.kernel.Kernel.Copy}: what was worked out for the strides of one call is there for the next. */
final class CopyExecutable implements Executable {
    private final TensorType type;
    private volatile Version last;

    /** How inputs of these strides are copied; null where {@link StridedCopy} is left to find out. */
    private record Version(Strides strides, StridedCopy.Plan plan) {}

    CopyExecutable(TensorType type) {
        this.type = type;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var source = inputs[0];
        var result = Tensor.allocate(type);
        if (source.isContiguous()) {
            StridedCopy.run(source, result);
            return new Tensor[] {result};
        }
        var version = last;
        if (version == null || !version.strides().fit(inputs)) {
            version = version(Strides.all(inputs));
            last = version;
        }
        if (version.plan() == null) {
            StridedCopy.run(source, result);
        } else {
            version.plan().run(source, result);
            Reference.reachabilityFence(inputs);
        }
        return new Tensor[] {result};
    }

    @Override
    public void prepare(long[][] strides) {
        last = version(strides);
    }

    @Override
    public Optional<Compiled> compiled() {
        return Optional.ofNullable(last).map(Version::plan).map(StridedCopy.Plan::compiled);
    }

    private Version version(long[][] strides) {
        var shape = type.shape();
        var known = Strides.of(shape, strides);
        try {
            return new Version(known, shape.size() == 0 ? null
                    : StridedCopy.plan(shape, type.dtype().bytes(), shape.strides(), strides[0], true));
        } catch (Unsupported withoutLlvm) {
            return new Version(known, null);
        }
    }
}
