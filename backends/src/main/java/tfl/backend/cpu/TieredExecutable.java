package tfl.backend.cpu;

import java.util.Optional;
import tfl.backend.BackgroundCompiler;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.Places;
import tfl.tensor.Tensor;

/**
 * Java loops, and from some thousand runs on compiled code, which another thread has made meanwhile. For arithmetic,
 * whose results have the same bits in both: programs that run a kernel a few times wait for no compiler, those that run
 * it often lose nothing.
 */
final class TieredExecutable implements Executable {
    /** Elements from which on compiled code is faster: calling it costs what Java loops need for about so many. */
    static final long FEWEST = 1024;
    /** Runs that cost, in Java, a good part of what compiling costs. */
    private static final int RUNS = 5_000;

    private final Executable compiled;
    private volatile Executable current;
    private int runs;

    TieredExecutable(Executable loops, Executable compiled) {
        this.current = loops;
        this.compiled = compiled;
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        return run(inputs, donated, Places.ANYWHERE);
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated, Tensor[] places) {
        // Threads may lose each other's counts: then it takes some runs more.
        if (runs < RUNS && ++runs == RUNS) {
            var strides = Strides.all(inputs);
            BackgroundCompiler.submit(() -> tryToPrepare(strides));
        }
        return current.run(inputs, donated, places);
    }

    private void tryToPrepare(long[][] strides) {
        try {
            prepare(strides);
        } catch (RuntimeException | Error problem) {
            // The loops go on. A graph that gets this kernel ready meets the problem too, and explain tells of it.
        }
    }

    @Override
    public void prepare(long[][] strides) {
        runs = RUNS;
        compiled.prepare(strides);
        if (compiled.compiled().isPresent()) {
            current = compiled;
        }
    }

    @Override
    public Optional<Compiled> compiled() {
        return current.compiled();
    }
}
