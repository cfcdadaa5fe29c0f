package tfl.backend.cpu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tfl.backend.llvm.SortKernel;
import tfl.tensor.NativeMemory;

/** Quicksort of unsigned numbers in native memory by code for vectors of 512 bits; not stable. */
final class VectorSort {
    /** What one thread sorts alone: another would take as long to fetch half. */
    private static final long ALONE = 1 << 15;
    /** What one thread sorts in one call, a tenth of a millisecond's work. */
    static final long AT_ONCE = 1 << 16;
    /** Numbers whose first split, which is one call, takes less than a tenth of a second: an interrupt waits for it. */
    static final long MOST = 1 << 26;
    /** What is not split further for the sake of another thread. */
    private static final long SHARE = 1 << 13;
    private static final int PARTS = 4;

    private final boolean wide;
    private final Map<String, KernelCode> functions;
    private final Thread caller = Thread.currentThread();

    private VectorSort(boolean wide) {
        this.wide = wide;
        this.functions = code(wide ? 64 : 32).functions();
    }

    /** Whether this processor can. */
    static boolean isPossible() {
        return HostProcessor.has("avx512f", "avx512bw", "avx512dq", "avx512vl");
    }

    /**
     * Sorts ints (or longs, if wide) into {@code to}.
     *
     * @param from where they are, afterwards anything
     * @param spare as much room again
     * @param to as much, apart from both
     */
    static void sort(boolean wide, long from, long spare, long count, long to) {
        sort(wide, from, spare, count, to, 2 * (64 - Long.numberOfLeadingZeros(count)));
    }

    /** The same with a limit for how deep it splits; what is not sorted then is left to the radix sort. */
    static void sort(boolean wide, long from, long spare, long count, long to, int budget) {
        new VectorSort(wide).run(new Part(from, spare, count, to, budget));
    }

    /** The code for numbers of so many bits. */
    static CompiledKernel code(int bits) {
        var kernel = new SortKernel(bits);
        return KernelStore.compiled(kernel);
    }

    /**
     * Makes numbers of elements of 4 or 8 bytes, or elements of numbers, as {@link SortKeys} says.
     *
     * @param function of the kernel
     * @return whether {@code keys} met a -0
     */
    static boolean change(String function, int bytes, long from, long to, long count, boolean descending) {
        var arguments = KernelArguments.start().add(from).add(to).add(descending ? -1 : 0).add(0);
        code(8 * bytes).functions().get(function).run(arguments.address(), 0, count);
        return NativeMemory.getLong(arguments.address() + 8L * SortKernel.ZEROS) != 0;
    }

    /** Numbers to be sorted, and how many splits deep that may go. */
    private record Part(long from, long spare, long count, long to, int budget) {}

    /** Splits, all threads at once, until there are enough parts for the threads to end at the same time. */
    private void run(Part whole) {
        if (whole.count <= ALONE) {
            sort(whole);
            return;
        }
        var parts = List.of(whole);
        while (parts.size() < PARTS * Workers.count() && parts.stream().anyMatch(part -> part.count > SHARE)) {
            parts = splitAll(parts);
        }
        var all = parts;
        Workers.run(all.size(), i -> sort(all.get(i)));
    }

    private List<Part> splitAll(List<Part> parts) {
        var after = new ArrayList<List<Part>>(Collections.nCopies(parts.size(), List.of()));
        Workers.run(parts.size(), i -> after.set(i, parts.get(i).count > SHARE ? split(parts.get(i))
                : List.of(parts.get(i))));
        return after.stream().flatMap(List::stream).toList();
    }

    private void sort(Part part) {
        if (part.count == 0) {
            return;
        }
        if (part.count > AT_ONCE) {
            Workers.check(caller);
            split(part).forEach(this::sort);
        } else if (NativeMemory.getLong(call("sort", part) + 8L * SortKernel.GAVE_UP) != 0) {
            radix(part);
        }
    }

    /** The parts of a long one that are left to be sorted. */
    private List<Part> split(Part part) {
        if (part.budget == 0) {
            NativeMemory.copy(part.from, part.to, part.count * width());
            radix(part);
            return List.of();
        }
        long answer = call("split", part);
        long below = NativeMemory.getLong(answer + 8L * SortKernel.BELOW);
        long rest = part.count - below;
        var high = new Part(part.from, part.spare + below * width(), rest, part.to + below * width(), part.budget - 1);
        if (NativeMemory.getLong(answer + 8L * SortKernel.ALIKE) != 0) {
            NativeMemory.copy(part.spare, part.to, below * width());
            return List.of(high);
        }
        return List.of(new Part(part.spare, part.from + rest * width(), below, part.to, part.budget - 1), high);
    }

    private long call(String function, Part part) {
        var arguments = KernelArguments.start().add(part.from).add(part.spare).add(part.count).add(part.to)
                .add(part.budget).add(0).add(0).add(0);
        functions.get(function).run(arguments.address(), 0, 0);
        return arguments.address();
    }

    /** Sorts what has come to where it is wanted in no order: inputs against which the choice of pivots is helpless. */
    private void radix(Part part) {
        long sorted = RadixSort.sort(wide, part.to, part.from, part.count, 0);
        if (sorted != part.to) {
            NativeMemory.copy(sorted, part.to, part.count * width());
        }
    }

    private int width() {
        return wide ? 8 : 4;
    }
}
