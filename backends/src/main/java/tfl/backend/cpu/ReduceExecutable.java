package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.OpenConstants;
import tfl.backend.llvm.ReduceKernel;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * A {@link Kernel.Reduce} by compiled code. How the elements are cut into chunks depends on shapes alone, so
 * that sums come out the same on any number of threads.
 */
final class ReduceExecutable implements Piecewise {
    /** Elements worth another thread. */
    private static final long GRAIN = 32 * 1024;
    private final Kernel.Reduce reduce;
    private final Shape shape;
    private final TensorType output;
    private final Executable reference;
    private volatile Version last;

    /**
     * Code for inputs of these strides (null where the kernel is left to the reference), how it is run, and the
     * arguments that follow the pointers.
     */
    private record Version(Strides strides, CompiledKernel compiled, KernelCode code, KernelCode finish,
            ReducePlan plan, long[] arguments) {}

    ReduceExecutable(Kernel.Reduce reduce, Shape shape, TensorType output, Executable reference) {
        this.shape = shape;
        this.reduce = reduce;
        this.output = output;
        this.reference = reference;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var version = last;
        if (version == null || !version.strides().fit(inputs)) {
            version = version(Strides.all(inputs));
            last = version;
        }
        if (version.code() == null) {
            return reference.run(inputs, donated);
        }
        var result = Tensor.allocate(output);
        if (output.shape().size() > 0) {
            run(version, inputs, result);
        }
        Reference.reachabilityFence(inputs);
        return new Tensor[] {result};
    }

    private void run(Version version, Tensor[] inputs, Tensor result) {
        var plan = version.plan();
        long outputs = output.shape().size();
        long states = plan.chunks() == 1 ? 0 : Math.multiplyExact(plan.chunks(), outputs);
        var partial = Tensor.allocate(DType.F64, states * (ReduceKernel.STATE / 8));
        try {
            var arguments = KernelArguments.start().addAll(head(plan, result.address(), partial.address()))
                    .addresses(inputs).addAll(version.arguments());
            Split.run(version.code(), arguments.address(), plan.units(),
                    Math.max(1, GRAIN / plan.unitElements()));
            if (plan.chunks() > 1) {
                Split.run(version.finish(), arguments.address(), outputs, Math.max(1, GRAIN / plan.chunks()));
            }
        } finally {
            partial.discard();
        }
    }

    private long[] head(ReducePlan plan, long result, long partial) {
        return new long[] {result, partial, output.shape().size(), plan.chunks(), plan.chunk(), plan.total(),
                plan.width()};
    }

    private static long[] axes(ReducePlan plan) {
        return LongStream.concat(Arrays.stream(plan.kept().arguments()), Arrays.stream(plan.folded().arguments()))
                .toArray();
    }

    /** A row at a time, which is how sums along the last axis are cut unless few rows are very long. */
    @Override
    public Pieces pieces(Tensor[] inputs) {
        var strides = Pieces.strides(inputs, shape);
        var version = last;
        if (version == null || !version.strides().fit(shape, strides)) {
            version = version(strides);
            last = version;
        }
        var plan = version.plan();
        boolean byRows = !plan.across() && plan.chunks() == 1 && reduce.axes().equals(List.of(shape.rank() - 1));
        return version.code() == null || !byRows ? null : new Pieces(version.code(), head(plan, 0, 0), inputs,
                0, version.arguments(), false, false);
    }

    @Override
    public void prepare(long[][] strides) {
        last = version(strides);
    }

    @Override
    public Optional<Compiled> compiled() {
        return Optional.ofNullable(last).map(Version::compiled);
    }

    private Version version(long[][] strides) {
        var plan = ReducePlan.of(shape.dims(), strides, reduce.axes(), !LoopKernel.readsIndex(reduce.body()));
        var open = OpenConstants.of(reduce);
        var kernel = new ReduceKernel(open.kernel(), plan.kept().rank(), plan.folded().rank(), plan.across(),
                plan.kept().inner(),
                plan.folded().inner());
        try {
            var compiled = KernelStore.compiled(kernel);
            return new Version(Strides.of(shape, strides), compiled, compiled.functions().get("kernel"),
                    compiled.functions().get("finish"), plan, open.after(axes(plan)));
        } catch (Unsupported operation) {
            return new Version(Strides.of(shape, strides), null, null, null, plan, null);
        }
    }
}
