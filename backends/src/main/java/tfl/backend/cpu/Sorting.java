package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import tfl.backend.Executable;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Sorting lanes along the last axis: short ones by Java's sort, long ones by radix. */
final class Sorting {
    /** Lanes up to that long are sorted on the heap, where Java's sort uses vectors, and together by the workers. */
    private static final long SHORT = 1 << 15;
    /** The same where their order is wanted: records are twice as wide. */
    private static final long SHORT_RECORDS = 2048;
    private static final long GRAIN = 4096;

    private final SortKeys keys;
    private final long length;
    private final int bytes;
    private final boolean indexed;
    private final boolean isShort;

    private Sorting(SortKeys keys, long length, boolean indexed) {
        this.keys = keys;
        this.length = length;
        this.bytes = keys.dtype().bytes();
        this.indexed = indexed;
        this.isShort = length <= (indexed ? SHORT_RECORDS : SHORT);
    }

    /**
     * Values, and if there are two outputs the places they came from, for checked types; not for complex
     * numbers.
     */
    static Executable compile(DType dtype, boolean descending, List<TensorType> inputs,
            List<TensorType> outputs) {
        var shape = inputs.getFirst().shape();
        long length = shape.dim(shape.rank() - 1);
        if (length > Integer.MAX_VALUE) {
            throw new RoutineFailure("sorting " + length + " elements along one axis is too many");
        }
        var sorting = new Sorting(new SortKeys(dtype, descending), length, outputs.size() > 1);
        return (tensors, donated) -> {
            var results = outputs.stream().map(Tensor::allocate).toArray(Tensor[]::new);
            if (shape.size() > 0) {
                var dense = tensors[0].isContiguous() ? tensors[0] : DenseCopy.of(tensors[0]);
                sorting.lanes(shape.size() / length, dense.address(), results[0].address(),
                        sorting.indexed ? results[1].address() : 0);
                if (dense != tensors[0]) {
                    dense.discard();
                }
            }
            Reference.reachabilityFence(tensors);
            return results;
        };
    }

    private void lanes(long count, long from, long values, long indices) {
        Workers.Range some = (first, last) -> {
            for (long lane = first; lane < last; lane++) {
                long start = lane * length;
                lane(from + start * bytes, values + start * bytes, indices + start * 8);
            }
        };
        if (isShort) {
            Workers.ranges(count, Math.max(1, GRAIN / length), some);
        } else {
            some.run(0, count);
        }
    }

    private void lane(long from, long values, long indices) {
        if (indexed) {
            order(from, indices);
            gather(from, values, indices);
            return;
        }
        int width = keys.isWide() ? 8 : 4;
        try (var work = Scratch.bytes(length * width * 2)) {
            long first = work.address();
            boolean zeros = encode(from, first);
            long sorted = first;
            if (isShort) {
                sortShort(first);
            } else {
                sorted = RadixSort.sort(keys.isWide(), first, first + length * width, length, 0);
            }
            decode(sorted, values);
            if (zeros) {
                restoreZeros(from, values);
            }
        }
    }

    private boolean encode(long from, long to) {
        int parts = isShort ? 1 : Workers.count();
        var zeros = new boolean[parts];
        int width = keys.isWide() ? 8 : 4;
        Workers.run(parts, part -> {
            long start = length * part / parts;
            long end = length * (part + 1) / parts;
            zeros[part] = keys.encode(from + start * bytes, to + start * width, end - start);
        });
        boolean any = false;
        for (boolean zero : zeros) {
            any |= zero;
        }
        return any;
    }

    private void decode(long from, long to) {
        int width = keys.isWide() ? 8 : 4;
        Workers.ranges(length, 1 << 15, (start, end) ->
                keys.decode(from + start * width, to + start * bytes, end - start));
    }

    /** Java sorts signed numbers: the top bit is turned before and after. */
    private void sortShort(long address) {
        if (keys.isWide()) {
            var segment = NativeMemory.segment(address, length * 8);
            var values = segment.toArray(ValueLayout.JAVA_LONG);
            sortUnsigned(values);
            MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_LONG, 0, values.length);
            return;
        }
        var segment = NativeMemory.segment(address, length * 4);
        var values = segment.toArray(ValueLayout.JAVA_INT);
        for (int i = 0; i < values.length; i++) {
            values[i] ^= Integer.MIN_VALUE;
        }
        Arrays.sort(values);
        for (int i = 0; i < values.length; i++) {
            values[i] ^= Integer.MIN_VALUE;
        }
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_INT, 0, values.length);
    }

    private static void sortUnsigned(long[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(values);
        for (int i = 0; i < values.length; i++) {
            values[i] ^= Long.MIN_VALUE;
        }
    }

    /** Equal keys, of 0 and -0, gave up their signs: the zeros return in the order in which they came. */
    private void restoreZeros(long from, long values) {
        var dtype = keys.dtype();
        long place = 0;
        while (Elements.getDouble(dtype, values + place * bytes) != 0) {
            place++;
        }
        for (long i = 0; i < length; i++) {
            if (Elements.getDouble(dtype, from + i * bytes) == 0) {
                NativeMemory.copy(from + i * bytes, values + place++ * bytes, bytes);
            }
        }
    }

    /** Writes the places of the elements in their order, as i64. */
    private void order(long from, long indices) {
        int width = keys.isWide() ? 8 : 4;
        try (var work = Scratch.bytes(length * (width + 16))) {
            long records = work.address();
            long codes = records + length * 16;
            encode(from, codes);
            for (long i = 0; i < length; i++) {
                long low = NativeMemory.getInt(codes + width * i);
                NativeMemory.putLong(records + 8 * i, low << 32 | i);
            }
            long sorted = sortRecords(records, records + length * 8);
            if (keys.isWide()) {
                long other = sorted == records ? records + length * 8 : records;
                for (long i = 0; i < length; i++) {
                    long index = NativeMemory.getLong(sorted + 8 * i) & 0xffffffffL;
                    // Radix is stable and looks at the key only; Java's sort needs the order so far to break
                    // ties.
                    long tie = isShort ? i : index;
                    NativeMemory.putLong(indices + 8 * i, index);
                    NativeMemory.putLong(other + 8 * i,
                            NativeMemory.getLong(codes + 8 * index) & 0xffffffff00000000L | tie);
                }
                long twice = sortRecords(other, sorted);
                copyOrder(twice, indices, isShort);
                return;
            }
            copyOrder(sorted, indices, false);
        }
    }

    /** The records' lower halves are places, or places in the order so far, which {@code indices} holds. */
    private void copyOrder(long records, long indices, boolean indirect) {
        var before = indirect ? NativeMemory.segment(indices, length * 8).toArray(ValueLayout.JAVA_LONG)
                : null;
        for (long i = 0; i < length; i++) {
            long place = NativeMemory.getLong(records + 8 * i) & 0xffffffffL;
            NativeMemory.putLong(indices + 8 * i, indirect ? before[(int) place] : place);
        }
    }

    private long sortRecords(long records, long spare) {
        if (!isShort) {
            return RadixSort.sort(true, records, spare, length, 32);
        }
        var segment = NativeMemory.segment(records, length * 8);
        var values = segment.toArray(ValueLayout.JAVA_LONG);
        sortUnsigned(values);
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_LONG, 0, values.length);
        return records;
    }

    private void gather(long from, long values, long indices) {
        Workers.ranges(length, 1 << 15, (start, end) -> {
            for (long i = start; i < end; i++) {
                long index = NativeMemory.getLong(indices + 8 * i);
                switch (bytes) {
                    case 1 -> NativeMemory.putByte(values + i, NativeMemory.getByte(from + index));
                    case 2 -> NativeMemory.putShort(values + 2 * i, NativeMemory.getShort(from + 2 * index));
                    case 4 -> NativeMemory.putInt(values + 4 * i, NativeMemory.getInt(from + 4 * index));
                    default -> NativeMemory.putLong(values + 8 * i, NativeMemory.getLong(from + 8 * index));
                }
            }
        });
    }
}
