package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.List;
import tfl.backend.Executable;
import tfl.backend.Grouped;
import tfl.tensor.Tensor;

/** Loops over spaces of their own that share the threads as one kernel would: small ones run side by side. */
final class GroupedLoops implements Grouped {
    private final List<Executable> kernels;
    private final List<Chunk> chunks;

    /** @param kernels those that are not {@link LoopExecutable} run by themselves, before the others */
    GroupedLoops(List<Executable> kernels) {
        this.kernels = kernels;
        var sizes = new long[kernels.size()];
        var grains = new long[kernels.size()];
        for (int k = 0; k < sizes.length; k++) {
            var loop = kernels.get(k) instanceof LoopExecutable compiled ? compiled : null;
            sizes[k] = loop == null ? 0 : loop.size();
            grains[k] = loop == null ? 1 : loop.grain();
        }
        this.chunks = Chunk.of(sizes, grains, Workers.count());
    }

    @Override
    public List<Executable> kernels() {
        return kernels;
    }

    @Override
    public Tensor[][] run(Call[] calls) {
        var begun = new LoopExecutable.Begun[calls.length];
        var results = new Tensor[calls.length][];
        try {
            for (int k = 0; k < calls.length; k++) {
                var call = calls[k];
                begun[k] = kernels.get(k) instanceof LoopExecutable loop
                        ? loop.begin(call.inputs(), call.donated(), call.places()) : null;
                results[k] = begun[k] == null ? call.run(kernels.get(k)) : begun[k].results();
            }
            if (!chunks.isEmpty()) {
                work(begun);
            }
        } catch (RuntimeException | Error problem) {
            discard(results);
            throw problem;
        }
        for (var each : begun) {
            if (each != null) {
                each.end();
            }
        }
        Reference.reachabilityFence(calls);
        return results;
    }

    private void work(LoopExecutable.Begun[] begun) {
        var arguments = KernelArguments.start();
        var slots = new int[begun.length];
        for (int k = 0; k < begun.length; k++) {
            slots[k] = arguments.count();
            if (begun[k] != null) {
                begun[k].lay(arguments);
            }
        }
        long address = arguments.address();
        if (chunks.size() == 1) {
            run(chunks.getFirst(), begun, slots, address);
            return;
        }
        var caller = Thread.currentThread();
        Workers.run(chunks.size(), number -> {
            Workers.check(caller);
            run(chunks.get(number), begun, slots, address);
        });
    }

    private static void run(Chunk chunk, LoopExecutable.Begun[] begun, int[] slots, long address) {
        for (var range : chunk.ranges()) {
            if (begun[range.kernel()] != null) {
                begun[range.kernel()].code().run(address + 8L * slots[range.kernel()], range.begin(), range.end());
            }
        }
    }

    private static void discard(Tensor[][] results) {
        for (var each : results) {
            for (int k = 0; each != null && k < each.length; k++) {
                each[k].discard();
            }
        }
    }
}
