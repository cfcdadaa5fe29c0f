package tfl.tensor;

import java.lang.foreign.MemorySegment;

/** What one tensor has read from an {@link Origin}: the elements from its lowest to its highest. */
final class LocalCopy {
    private final Storage memory;
    private final long lowest;

    private LocalCopy(Storage memory, long lowest) {
        this.memory = memory;
        this.lowest = lowest;
    }

    static LocalCopy of(Tensor tensor, Origin origin) {
        int width = tensor.dtype().bytes();
        long low = tensor.offset();
        long high = tensor.offset();
        for (int axis = 0; axis < tensor.rank(); axis++) {
            long reach = tensor.stride(axis) * Math.max(0, tensor.dim(axis) - 1);
            low += Math.min(0, reach);
            high += Math.max(0, reach);
        }
        long elements = tensor.size() == 0 ? 0 : high - low + 1;
        var memory = Storage.allocate(elements * width);
        memory.label(tensor.type());
        try {
            origin.read(low * width, memory.segment());
        } catch (RuntimeException | Error problem) {
            memory.dropView();
            throw problem;
        }
        return new LocalCopy(memory, low);
    }

    /** The address of the element at that place of the origin. */
    long address(long place, int width) {
        return memory.address() + (place - lowest) * width;
    }

    MemorySegment segment(long place, int width) {
        return memory.segment().asSlice((place - lowest) * width);
    }

    void free() {
        memory.dropView();
    }
}
