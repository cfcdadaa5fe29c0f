package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.backend.Executable;
import tfl.backend.llvm.InnerStride;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.RowsKernel;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Rows} by compiled code; threads share the rows. */
final class RowsExecutable implements Executable {
    private final Kernel.Rows rows;
    private final List<TensorType> outputs;
    private final Shape shape;
    private final boolean readsIndex;
    private final long grain;
    private final Executable reference;
    private volatile Version last;

    /**
     * Code for inputs of these strides (null where the kernel is left to the reference), and arguments after
     * pointers.
     */
    private record Version(Strides strides, int turned, KernelCode code, boolean donates,
            long[] arguments) {}

    RowsExecutable(Kernel.Rows rows, Shape shape, List<TensorType> outputs, Executable reference) {
        this.rows = rows;
        this.outputs = outputs;
        this.shape = shape;
        this.reference = reference;
        var all = bodies(rows);
        this.readsIndex = all.stream().anyMatch(LoopKernel::readsIndex);
        this.grain = Math.max(1, Cost.grain(all) / Math.max(1, shape.dim(shape.rank() - 1)));
    }

    private static List<ScalarExpr> bodies(Kernel.Rows rows) {
        return Stream.of(rows.stages().stream().map(Kernel.RowStage::body), rows.bodies().stream(),
                rows.totals().stream()).flatMap(each -> each).toList();
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var version = last;
        if (version == null || !version.strides().fit(inputs)) {
            version = prepare(inputs);
            last = version;
        }
        if (version.code() == null) {
            return reference.run(inputs, donated);
        }
        int turned = version.turned();
        var straight = Turned.straightened(inputs, turned);
        var results = Donation.outputs(outputs, straight, version.donates() ? donated | turned : 0);
        if (shape.size() > 0) {
            var arguments = KernelArguments.start().addresses(results).addresses(straight)
                    .addAll(version.arguments());
            Split.run(version.code(), arguments.address(), shape.size() / shape.dim(shape.rank() - 1), grain);
        }
        Turned.discard(straight, turned);
        Reference.reachabilityFence(inputs);
        return results;
    }

    private Version prepare(Tensor[] inputs) {
        int turned = Turned.of(inputs);
        var straight = Turned.straightened(inputs, turned);
        try {
            return prepare(inputs, straight, turned);
        } catch (Unsupported operation) {
            return new Version(Strides.of(inputs), 0, null, false, null);
        } finally {
            Turned.discard(straight, turned);
        }
    }

    private Version prepare(Tensor[] inputs, Tensor[] straight, int turned) {
        int inner = shape.rank() - 1;
        var axes = IntStream.range(0, inner).toArray();
        var layout = readsIndex ? Layout.unjoined(shape.dims(), axes, straight)
                : Layout.of(shape.dims(), axes, straight);
        var strides = Arrays.stream(straight).map(input -> InnerStride.of(input.stride(inner))).toList();
        var kernel = new RowsKernel(rows, readsIndex ? inner : 0, layout.rank(), strides);
        var steps = Arrays.stream(straight).mapToLong(input -> input.stride(inner)).toArray();
        var code = KernelStore.get(kernel, kernel::text).get("kernel");
        return new Version(Strides.of(inputs), turned, code, kernel.allowsDonation(), arguments(steps, layout));
    }

    private long[] arguments(long[] steps, Layout layout) {
        var head = new long[1 + steps.length];
        head[0] = shape.dim(shape.rank() - 1);
        System.arraycopy(steps, 0, head, 1, steps.length);
        return Stream.of(head, layout.arguments()).flatMapToLong(Arrays::stream).toArray();
    }
}
