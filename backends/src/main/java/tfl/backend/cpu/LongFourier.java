package tfl.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Map;
import tfl.backend.llvm.FourierKernel;
import tfl.backend.llvm.Unsupported;

/**
 * The transform of a long sequence whose length is a power of two, by compiled code, in the four steps of Bailey ("FFTs
 * in external or hierarchical memory", 1990): the sequence as a matrix is transformed along its columns, multiplied by
 * the roots of unity between, and transformed along its rows. Each time {@value FourierKernel#LANES} columns or rows go
 * side by side through all passes, in the second cache.
 */
final class LongFourier {
    /** As many rows and columns as go side by side. */
    private static final int SHORTEST = FourierKernel.LANES * FourierKernel.LANES;
    private static final int LANES = FourierKernel.LANES;
    /** Complex numbers between two rows, so that rows do not fall on the same lines of the cache. */
    private static final int GAP = 8;
    private static final int FLOAT = 4;

    private final Map<String, KernelCode> code;
    private final int rows;
    private final int columns;
    private final Roots alongRows;
    private final Roots alongColumns;
    /** For each block of columns and row, the factor of the block's first column. */
    private final Roots blocks;
    /** For each row and column of a block, its factor beside the first column's. */
    private final Roots within;

    /** Complex numbers in native memory, their parts apart. */
    private record Roots(MemorySegment re, MemorySegment im) {
        static Roots of(int count) {
            var arena = Arena.ofAuto();
            return new Roots(arena.allocate((long) FLOAT * count, 64), arena.allocate((long) FLOAT * count, 64));
        }

        static Roots unity(int length) {
            var table = ComplexArray.roots(length);
            var roots = of(length);
            MemorySegment.copy(table.re(), 0, roots.re, JAVA_FLOAT, 0, length);
            MemorySegment.copy(table.im(), 0, roots.im, JAVA_FLOAT, 0, length);
            return roots;
        }

        void set(int place, double angle) {
            re.setAtIndex(JAVA_FLOAT, place, (float) Math.cos(angle));
            im.setAtIndex(JAVA_FLOAT, place, (float) Math.sin(angle));
        }
    }

    private LongFourier(Map<String, KernelCode> code, int length) {
        this.code = code;
        int bits = Integer.numberOfTrailingZeros(length);
        this.rows = 1 << (bits + 1) / 2;
        this.columns = 1 << bits / 2;
        this.alongColumns = Roots.unity(rows);
        this.alongRows = Roots.unity(columns);
        this.blocks = Roots.of(columns / LANES * rows);
        this.within = Roots.of(LANES * rows);
        double step = -2 * Math.PI / length;
        for (int row = 0; row < rows; row++) {
            for (int block = 0; block < columns / LANES; block++) {
                blocks.set(block * rows + row, step * ((long) row * block * LANES % length));
            }
            for (int lane = 0; lane < LANES; lane++) {
                within.set(row * LANES + lane, step * row * lane);
            }
        }
    }

    /** A plan, or null where the length is none for it, or there is no compiler. */
    static LongFourier of(int length) {
        if (length < SHORTEST || Integer.bitCount(length) != 1) {
            return null;
        }
        try {
            var kernel = new FourierKernel();
            return new LongFourier(KernelStore.get(kernel), length);
        } catch (Unsupported noCompiler) {
            return null;
        }
    }

    /** Transforms complex numbers at an address to another; all workers help. */
    void run(long from, long to, boolean inverse) {
        int distance = columns + GAP;
        try (var between = Scratch.bytes(8L * rows * distance)) {
            long middle = between.address();
            share(columns / LANES, rows, (block, local) -> {
                local.move("load", from + 8L * LANES * block, columns, inverse);
                local.transform(alongColumns);
                local.twiddle(block);
                local.move("store", middle + 8L * LANES * block, distance, false);
            });
            share(rows / LANES, columns, (block, local) -> {
                local.move("turn", middle + 8L * LANES * block * distance, distance, false);
                local.transform(alongRows);
                local.move("store", to + 8L * LANES * block, rows, inverse);
            });
        }
        Reference.reachabilityFence(this);
    }

    private interface Work {
        void run(int block, Local local);
    }

    private void share(int count, int length, Work work) {
        int parts = Math.min(count, 4 * Workers.count());
        Workers.run(parts, part -> {
            try (var memory = Scratch.bytes(4 * bytes(length))) {
                var local = new Local(memory.address(), length);
                for (int block = count * part / parts; block < count * (part + 1) / parts; block++) {
                    work.run(block, local);
                }
            }
        });
    }

    /** Of one array; a quarter of a page more, so that equal places of the four do not fall on the same lines. */
    private static long bytes(int length) {
        return (long) LANES * length * FLOAT + 1024;
    }

    /** Some sequences side by side, and as much room again. */
    private final class Local {
        private final int length;
        private long re;
        private long im;
        private long spareRe;
        private long spareIm;

        Local(long address, int length) {
            this.length = length;
            long bytes = bytes(length);
            re = address;
            im = address + bytes;
            spareRe = address + 2 * bytes;
            spareIm = address + 3 * bytes;
        }

        void move(String function, long numbers, long distance, boolean exchanged) {
            // A transform between two exchanges of real and imaginary parts is the inverse one.
            var arguments = KernelArguments.start().add(exchanged ? im : re).add(exchanged ? re : im).add(numbers)
                    .add(distance);
            code.get(function).run(arguments.address(), 0, length);
        }

        void twiddle(int block) {
            long first = (long) block * rows * FLOAT;
            var arguments = KernelArguments.start().add(re).add(im).add(blocks.re().address() + first)
                    .add(blocks.im().address() + first).add(within.re().address()).add(within.im().address());
            code.get("twiddle").run(arguments.address(), 0, length);
        }

        void transform(Roots roots) {
            int done = 1;
            while (done < length) {
                int radix = length / done % 4 == 0 ? 4 : 2;
                int left = length / done / radix;
                var arguments = KernelArguments.start().add(re).add(im).add(spareRe).add(spareIm)
                        .add(roots.re().address()).add(roots.im().address()).add(done).add(left);
                code.get("pass" + radix).run(arguments.address(), 0, left);
                long oldRe = re;
                long oldIm = im;
                re = spareRe;
                im = spareIm;
                spareRe = oldRe;
                spareIm = oldIm;
                done *= radix;
            }
        }
    }
}
