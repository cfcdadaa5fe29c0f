package tfl.backend.cpu;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tfl.backend.Backend;
import tfl.backend.Component;
import tfl.backend.Executable;
import tfl.backend.Grouped;
import tfl.backend.Launch;
import tfl.backend.reference.ReferenceBackend;
import tfl.backend.small.SmallLoops;
import tfl.kernel.Kernel;
import tfl.kernel.PanelStep;
import tfl.kernel.Routine;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Runs kernels on the processor: elementwise work and reductions as compiled code, products and
 * factorisations through libraries, and the rare rest by the reference.
 */
public final class CpuBackend implements Backend {
    private static final int KEPT = 10_000;
    private final Backend reference = new ReferenceBackend();
    private final Map<Launch, Executable> known = new ConcurrentHashMap<>();
    private final boolean small;

    /** The backend as users get it. */
    public CpuBackend() {
        this(true);
    }

    /** Without the small loops, so that tests reach compiled code with few elements too. */
    CpuBackend(boolean small) {
        this.small = small;
    }

    private static Shape iteration(Launch launch) {
        return (launch.inputs().isEmpty() ? launch.outputs() : launch.inputs()).getFirst().shape();
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public List<Component> describe() {
        return Components.all();
    }

    @Override
    public Executable compile(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
        var launch = new Launch(kernel, inputs, outputs);
        var executable = known.get(launch);
        if (executable == null) {
            executable = prepare(launch);
            if (changesEachTime(kernel)) {
                return executable;
            }
            if (known.size() >= KEPT) {
                known.clear();
            }
            known.put(new Launch(kernel, List.copyOf(inputs), List.copyOf(outputs)), executable);
        }
        return executable;
    }

    /**
     * Loops that are compiled, or would be if they had more elements, share the threads: a call costs less than for one
     * alone. Others run by themselves.
     */
    @Override
    public Optional<Grouped> group(List<Launch> launches) {
        long elements = launches.stream().mapToLong(each -> iteration(each).size()).sum();
        return elements < TieredExecutable.FEWEST ? Optional.empty()
                : Optional.of(new GroupedLoops(launches.stream().map(this::inGroup).toList()));
    }

    @Override
    public boolean fusesInto(TensorType product, long inner) {
        return product.shape().rank() >= 2 && DirectProduct.takes(product.dtype(), ProductSizes.of(product, inner));
    }

    private Executable inGroup(Launch launch) {
        var loops = small ? SmallLoops.tryCompile(launch.kernel(), launch.inputs(), launch.outputs()) : null;
        return loops == null || loops.isArithmetic() ? compiled(launch) : loops.executable();
    }

    /** Kernels whose parameters hardly ever come again. */
    private static boolean changesEachTime(Kernel kernel) {
        return kernel instanceof Kernel.Assemble
                || kernel instanceof Kernel.LibraryCall(Routine.Philox philox);
    }

    private Executable prepare(Launch launch) {
        var loops = small ? SmallLoops.tryCompile(launch.kernel(), launch.inputs(), launch.outputs())
                : null;
        if (loops == null) {
            return compiled(launch);
        }
        return loops.isArithmetic() && iteration(launch).size() >= TieredExecutable.FEWEST
                ? new TieredExecutable(loops.executable(), compiled(launch))
                : loops.executable();
    }

    private Executable compiled(Launch launch) {
        var slow = reference.compile(launch.kernel(), launch.inputs(), launch.outputs());
        var output = launch.outputs().getFirst();
        return switch (launch.kernel()) {
            case Kernel.Loop loop -> new LoopExecutable(loop, List.copyOf(launch.outputs()), slow);
            case Kernel.Reduce reduce -> new ReduceExecutable(reduce, iteration(launch), output, slow);
            case Kernel.Rows rows -> new RowsExecutable(rows, iteration(launch), List.copyOf(launch.outputs()),
                    slow);
            case Kernel.Iterate iterate -> new IterateExecutable(iterate, List.copyOf(launch.outputs()), slow);
            case Kernel.Contract contract -> Contractions.compile(contract, launch.inputs(),
                    launch.outputs());
            case Kernel.Product product -> product(product, launch);
            case Kernel.Scan scan -> new ScanExecutable(scan, output, slow);
            case Kernel.Gather(var dtype, int indexed) -> new Indexing(dtype, indexed, null, output, slow);
            case Kernel.Scatter(var dtype, int indexed, var combine) ->
                new Indexing(dtype, indexed, combine, output, slow);
            case Kernel.Assemble assemble -> new Assembly(assemble, output);
            case Kernel.Copy copy -> new CopyExecutable(output);
            case Kernel.LibraryCall(var routine) -> Routines.compile(routine, launch.inputs(),
                    launch.outputs());
        };
    }

    private Executable product(Kernel.Product kernel, Launch launch) {
        var types = kernel.values(launch.inputs());
        return ProductExecutable.of(kernel, types, launch.outputs(), (each, reads) -> (Piecewise) compiled(new Launch(
                each, reads, new PanelStep.Apply(each, List.of(0)).results(reads))));
    }
}
