package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import tfl.backend.Executable;
import tfl.kernel.Routine;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The first few of each lane's order: by a heap where they are few, else by sorting it all. */
final class Selection {
    private Selection() {}

    /** For checked types; not for complex numbers. */
    static Executable compile(Routine.TopK top, List<TensorType> inputs, List<TensorType> outputs) {
        var shape = inputs.getFirst().shape();
        long length = shape.dim(shape.rank() - 1);
        var keys = new SortKeys(top.dtype(), top.largest());
        return keys.isWide() || length > Integer.MAX_VALUE || top.k() > 64 && top.k() > length / 16
                ? sorting(top, inputs, outputs)
                : (tensors, donated) -> {
                    var results = outputs.stream().map(Tensor::allocate).toArray(Tensor[]::new);
                    if (results[0].size() > 0) {
                        heaps(keys, length, (int) top.k(), tensors[0], results);
                    }
                    Reference.reachabilityFence(tensors);
                    return results;
                };
    }

    private static Executable sorting(Routine.TopK top, List<TensorType> inputs, List<TensorType> outputs) {
        var full = inputs.getFirst().shape();
        var sorted = outputs.stream().map(type -> new TensorType(type.dtype(), full)).toList();
        var sort = Sorting.compile(top.dtype(), top.largest(), inputs, sorted);
        return (tensors, donated) -> {
            var all = sort.run(tensors, 0);
            var results = new Tensor[all.length];
            for (int i = 0; i < all.length; i++) {
                var view = all[i].slice(full.rank() - 1, 0, 1, top.k());
                results[i] = DenseCopy.of(view);
                view.discard();
                all[i].discard();
            }
            return results;
        };
    }

    private static void heaps(SortKeys keys, long length, int k, Tensor input, Tensor[] results) {
        var dense = input.isContiguous() ? input : DenseCopy.of(input);
        int bytes = keys.dtype().bytes();
        Workers.ranges(dense.size() / length, Math.max(1, (1 << 14) / length), (first, last) -> {
            try (var work = Scratch.bytes(length * 4)) {
                for (long lane = first; lane < last; lane++) {
                    long from = dense.address() + lane * length * bytes;
                    keys.encode(from, work.address(), length);
                    var best = smallest(work.address(), length, k);
                    for (int i = 0; i < k; i++) {
                        long index = best[i] & 0xffffffffL;
                        NativeMemory.copy(from + index * bytes, results[0].address()
                                + (lane * k + i) * bytes, bytes);
                        NativeMemory.putLong(results[1].address() + (lane * k + i) * 8, index);
                    }
                }
            }
        });
        if (dense != input) {
            dense.discard();
        }
    }

    /** The k smallest keys in order, each with its place in the lower half, so that ties go to the first. */
    private static long[] smallest(long codes, long length, int k) {
        var heap = new long[k];
        for (int i = 0; i < length; i++) {
            long record = (long) (NativeMemory.getInt(codes + 4L * i) ^ Integer.MIN_VALUE) << 32 | i;
            if (i < k) {
                heap[i] = record;
                if (i == k - 1) {
                    Arrays.sort(heap);
                    reverse(heap);
                }
            } else if (record < heap[0]) {
                replaceLargest(heap, record);
            }
        }
        Arrays.sort(heap);
        return heap;
    }

    /** A descending array is a heap with the largest on top. */
    private static void reverse(long[] values) {
        for (int i = 0, j = values.length - 1; i < j; i++, j--) {
            long kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    private static void replaceLargest(long[] heap, long record) {
        int hole = 0;
        for (int child = 1; child < heap.length; child = 2 * hole + 1) {
            if (child + 1 < heap.length && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[child] <= record) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = record;
    }
}
