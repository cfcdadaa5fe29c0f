package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.backend.llvm.InnerStride;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.OpenConstants;
import tfl.backend.llvm.RowsKernel;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Rows} by compiled code; threads share the rows. */
final class RowsExecutable implements Piecewise {
    private static final long SHORT = 256;
    /** Elements of f32 in a line of the cache. */
    private static final long LINE = 16;

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
    private record Version(Strides strides, int turned, CompiledKernel compiled, KernelCode code, boolean donates,
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
            version = version(Strides.all(inputs));
            last = version;
        }
        if (version.code() == null) {
            return reference.run(inputs, donated);
        }
        int turned = version.turned();
        var straight = Turned.straightened(inputs, turned);
        var results = Donation.outputs(outputs, straight, version.donates() ? donated | turned : 0,
                Places.ANYWHERE);
        if (shape.size() > 0) {
            var arguments = KernelArguments.start().addresses(results).addresses(straight)
                    .addAll(version.arguments());
            Split.run(version.code(), arguments.address(), shape.size() / shape.dim(shape.rank() - 1), grain);
        }
        Turned.discard(straight, turned);
        Reference.reachabilityFence(inputs);
        return results;
    }

    @Override
    public Pieces pieces(Tensor[] inputs) {
        var strides = Pieces.strides(inputs, shape);
        var version = last;
        if (version == null || !version.strides().fit(shape, strides)) {
            version = version(strides);
            last = version;
        }
        return version.code() == null ? null : new Pieces(version.code(), new long[outputs.size()], inputs,
                version.turned(), version.arguments(), false, version.donates());
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
        int turned = Turned.of(shape, strides);
        var straight = Turned.straightened(shape, strides, turned);
        int last = shape.rank() - 1;
        var axes = IntStream.range(0, last).toArray();
        var layout = readsIndex ? Layout.unjoined(shape.dims(), axes, straight)
                : Layout.of(shape.dims(), axes, straight);
        var steps = Arrays.stream(straight).mapToLong(each -> each[last]).toArray();
        var open = OpenConstants.of(rows);
        var kernel = new RowsKernel(open.kernel(), readsIndex ? last : 0, layout.rank(),
                Arrays.stream(steps).mapToObj(InnerStride::of).toList());
        try {
            var compiled = KernelStore.compiled(kernel);
            return new Version(Strides.of(shape, strides), turned, compiled, compiled.functions().get("kernel"),
                    kernel.allowsDonation() && !overlapsNext(), open.after(arguments(steps, layout)));
        } catch (Unsupported operation) {
            return new Version(Strides.of(shape, strides), 0, null, null, false, null);
        }
    }

    /**
     * Whether a short row ends within a vector, over whose other lanes the next row begins: in place, its first load
     * would wait for that store.
     */
    private boolean overlapsNext() {
        long length = shape.dim(shape.rank() - 1);
        return length < SHORT && length % LINE != 0;
    }

    private long[] arguments(long[] steps, Layout layout) {
        var head = new long[1 + steps.length];
        head[0] = shape.dim(shape.rank() - 1);
        System.arraycopy(steps, 0, head, 1, steps.length);
        return Stream.of(head, layout.arguments()).flatMapToLong(Arrays::stream).toArray();
    }
}
