package tfl.backend.cpu;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tfl.backend.Backend;
import tfl.backend.Component;
import tfl.backend.Executable;
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
    private final Map<Request, Executable> known = new ConcurrentHashMap<>();
    private final boolean small;

    /** The backend as users get it. */
    public CpuBackend() {
        this(true);
    }

    /** Without the small loops, so that tests reach compiled code with few elements too. */
    CpuBackend(boolean small) {
        this.small = small;
    }

    private record Request(Kernel kernel, List<TensorType> inputs, List<TensorType> outputs) {
        Shape iteration() {
            return (inputs.isEmpty() ? outputs : inputs).getFirst().shape();
        }
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
        var request = new Request(kernel, inputs, outputs);
        var executable = known.get(request);
        if (executable == null) {
            executable = prepare(request);
            if (changesEachTime(kernel)) {
                return executable;
            }
            if (known.size() >= KEPT) {
                known.clear();
            }
            known.put(new Request(kernel, List.copyOf(inputs), List.copyOf(outputs)), executable);
        }
        return executable;
    }

    /** Kernels whose parameters hardly ever come again. */
    private static boolean changesEachTime(Kernel kernel) {
        return kernel instanceof Kernel.Assemble
                || kernel instanceof Kernel.LibraryCall(Routine.Philox philox);
    }

    private Executable prepare(Request request) {
        var loops = small ? SmallLoops.tryCompile(request.kernel(), request.inputs(), request.outputs())
                : null;
        if (loops == null) {
            return compiled(request);
        }
        return loops.isArithmetic() && request.iteration().size() >= TieredExecutable.FEWEST
                ? new TieredExecutable(loops.executable(), compiled(request))
                : loops.executable();
    }

    private Executable compiled(Request request) {
        var slow = reference.compile(request.kernel(), request.inputs(), request.outputs());
        var output = request.outputs().getFirst();
        return switch (request.kernel()) {
            case Kernel.Loop loop -> new LoopExecutable(loop, List.copyOf(request.outputs()), slow);
            case Kernel.Reduce reduce -> new ReduceExecutable(reduce, request.iteration(), output, slow);
            case Kernel.Rows rows -> new RowsExecutable(rows, request.iteration(), List.copyOf(request.outputs()),
                    slow);
            case Kernel.Iterate iterate -> new IterateExecutable(iterate, List.copyOf(request.outputs()), slow);
            case Kernel.Contract contract -> Contractions.compile(contract, request.inputs(),
                    request.outputs());
            case Kernel.Product product -> product(product, request);
            case Kernel.Scan scan -> new ScanExecutable(scan, output, slow);
            case Kernel.Gather(var dtype, int indexed) -> new Indexing(dtype, indexed, null, output, slow);
            case Kernel.Scatter(var dtype, int indexed, var combine) ->
                new Indexing(dtype, indexed, combine, output, slow);
            case Kernel.Assemble assemble -> new Assembly(assemble, output);
            case Kernel.Copy copy -> new CopyExecutable(output);
            case Kernel.LibraryCall(var routine) -> Routines.compile(routine, request.inputs(),
                    request.outputs());
        };
    }

    private Executable product(Kernel.Product kernel, Request request) {
        var types = kernel.values(request.inputs());
        return ProductExecutable.of(kernel, types, request.outputs(), (each, reads) -> (Piecewise) compiled(new Request(
                each, reads, new PanelStep.Apply(each, List.of(0)).results(reads))));
    }
}
