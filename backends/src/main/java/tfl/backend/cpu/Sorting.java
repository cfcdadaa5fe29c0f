package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.RoutineFailure;
import tfl.tensor.DType;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Sorting lanes along the last axis: by vectors where the processor has wide ones, otherwise short lanes by Java's sort
 * and long ones by radix.
 */
final class Sorting implements Executable {
    /** Lanes up to that long are sorted by Java's sort, which uses vectors, and together by the workers. */
    private static final long SHORT = 1 << 15;
    /** The same where their order is wanted: records are twice as wide. */
    private static final long SHORT_RECORDS = 2048;
    private static final long GRAIN = 4096;
    /** Elements for which it is worth to wait for the compiler. */
    private static final long MANY = 4096;

    private final SortKeys keys;
    private final List<TensorType> outputs;
    private final long length;
    private final int bytes;
    private final boolean indexed;
    /** Whether a lane is one thread's work, so that the workers share the lanes. */
    private final boolean byOneThread;
    private final Way way;
    /** How it is done where LLVM cannot be had; null where that is not needed. */
    private final Sorting otherwise;

    /** How keys are sorted; only the last is stable. */
    private enum Way { VECTORS, HEAP, RADIX }

    private Sorting(SortKeys keys, List<TensorType> outputs, Sorting otherwise) {
        var shape = outputs.getFirst().shape();
        this.keys = keys;
        this.outputs = outputs;
        this.length = shape.dim(shape.rank() - 1);
        this.bytes = keys.dtype().bytes();
        this.indexed = outputs.size() > 1;
        boolean isShort = length <= (indexed ? SHORT_RECORDS : SHORT);
        this.way = otherwise != null ? Way.VECTORS : isShort ? Way.HEAP : Way.RADIX;
        this.byOneThread = way == Way.VECTORS ? length <= VectorSort.AT_ONCE : isShort;
        this.otherwise = otherwise;
        if (length > Integer.MAX_VALUE) {
            throw new RoutineFailure("sorting " + length + " elements along one axis is too many");
        }
    }

    /**
     * Values, and if there are two outputs the places they came from, for checked types; not for complex
     * numbers.
     */
    static Executable compile(DType dtype, boolean descending, List<TensorType> inputs, List<TensorType> outputs) {
        var plain = plain(dtype, descending, outputs);
        if (!VectorSort.isPossible() || plain.length > VectorSort.MOST) {
            return plain;
        }
        var byVectors = new Sorting(plain.keys, outputs, plain);
        return inputs.getFirst().shape().size() < MANY ? new TieredExecutable(plain, byVectors) : byVectors;
    }

    /** The same without vectors. */
    static Sorting plain(DType dtype, boolean descending, List<TensorType> outputs) {
        return new Sorting(new SortKeys(dtype, descending), outputs, null);
    }

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        if (way == Way.VECTORS && compiled().isEmpty()) {
            return otherwise.run(inputs, donated);
        }
        var results = outputs.stream().map(Tensor::allocate).toArray(Tensor[]::new);
        long size = inputs[0].size();
        if (size > 0) {
            var dense = inputs[0].isContiguous() ? inputs[0] : DenseCopy.of(inputs[0]);
            lanes(size / length, dense.address(), results[0].address(), indexed ? results[1].address() : 0);
            if (dense != inputs[0]) {
                dense.discard();
            }
        }
        Reference.reachabilityFence(inputs);
        return results;
    }

    @Override
    public void prepare(long[][] strides) {
        compiled();
    }

    @Override
    public Optional<Compiled> compiled() {
        try {
            return way == Way.VECTORS ? Optional.of(VectorSort.code(indexed || keys.isWide() ? 64 : 32))
                    : Optional.empty();
        } catch (Unsupported withoutLlvm) {
            return Optional.empty();
        }
    }

    private void lanes(long count, long from, long values, long indices) {
        Workers.Range some = (first, last) -> {
            for (long lane = first; lane < last; lane++) {
                long start = lane * length;
                lane(from + start * bytes, values + start * bytes, indices + start * 8);
            }
        };
        if (byOneThread) {
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
        try (var work = Scratch.bytes(length * width * 3)) {
            long first = work.address();
            boolean zeros = encode(from, first);
            decode(sort(keys.isWide(), first, 0), values);
            if (zeros) {
                restoreZeros(from, values);
            }
        }
    }

    private boolean encode(long from, long to) {
        int parts = length <= SHORT ? 1 : Workers.count();
        var zeros = new boolean[parts];
        int width = keys.isWide() ? 8 : 4;
        Workers.run(parts, part -> {
            long start = length * part / parts;
            long end = length * (part + 1) / parts;
            zeros[part] = encode(from + start * bytes, to + start * width, end - start);
        });
        boolean any = false;
        for (boolean zero : zeros) {
            any |= zero;
        }
        return any;
    }

    private boolean encode(long from, long to, long count) {
        if (!changesByVectors()) {
            return keys.encode(from, to, count);
        }
        return VectorSort.change(keys.dtype().isFloat() ? "keys" : "turn", bytes, from, to, count, keys.descending());
    }

    private void decode(long from, long to) {
        int width = keys.isWide() ? 8 : 4;
        Workers.ranges(length, 1 << 15, (start, end) -> {
            if (changesByVectors()) {
                VectorSort.change(keys.dtype().isFloat() ? "floats" : "turn", bytes, from + start * width,
                        to + start * bytes, end - start, keys.descending());
            } else {
                keys.decode(from + start * width, to + start * bytes, end - start);
            }
        });
    }

    /** Whether elements and keys are equally wide. */
    private boolean changesByVectors() {
        return way == Way.VECTORS && bytes >= 4;
    }

    /**
     * Sorts numbers by their bits from {@code lowest} up, and those alone only where the way is stable.
     *
     * @return where they are then: there, or in one of two rooms of the same size behind it
     */
    private long sort(boolean wide, long address, int lowest) {
        long room = length * (wide ? 8 : 4);
        return switch (way) {
            case VECTORS -> {
                VectorSort.sort(wide, address, address + room, length, address + 2 * room);
                yield address + 2 * room;
            }
            case HEAP -> {
                sortOnHeap(wide, address);
                yield address;
            }
            case RADIX -> RadixSort.sort(wide, address, address + room, length, lowest);
        };
    }

    /** Java sorts signed numbers: the top bit is turned before and after. */
    private void sortOnHeap(boolean wide, long address) {
        if (wide) {
            var segment = NativeMemory.segment(address, length * 8);
            var values = segment.toArray(ValueLayout.JAVA_LONG);
            for (int i = 0; i < values.length; i++) {
                values[i] ^= Long.MIN_VALUE;
            }
            Arrays.sort(values);
            for (int i = 0; i < values.length; i++) {
                values[i] ^= Long.MIN_VALUE;
            }
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
        try (var work = Scratch.bytes(length * (width + 24))) {
            long records = work.address();
            long codes = records + length * 24;
            encode(from, codes);
            for (long i = 0; i < length; i++) {
                long low = NativeMemory.getInt(codes + width * i);
                NativeMemory.putLong(records + 8 * i, low << 32 | i);
            }
            places(sort(true, records, 32), indices);
            if (keys.isWide()) {
                boolean stable = way == Way.RADIX;
                for (long i = 0; i < length; i++) {
                    long index = NativeMemory.getLong(indices + 8 * i);
                    long high = NativeMemory.getLong(codes + 8 * index) & 0xffffffff00000000L;
                    NativeMemory.putLong(records + 8 * i, high | (stable ? index : i));
                }
                long sorted = sort(true, records, 32);
                if (stable) {
                    places(sorted, indices);
                } else {
                    NativeMemory.copy(indices, codes, 8 * length);
                    places(sorted, indices);
                    for (long i = 0; i < length; i++) {
                        long place = NativeMemory.getLong(indices + 8 * i);
                        NativeMemory.putLong(indices + 8 * i, NativeMemory.getLong(codes + 8 * place));
                    }
                }
            }
        }
    }

    /** The lower halves of records. */
    private void places(long records, long indices) {
        for (long i = 0; i < length; i++) {
            NativeMemory.putLong(indices + 8 * i, NativeMemory.getLong(records + 8 * i) & 0xffffffffL);
        }
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
