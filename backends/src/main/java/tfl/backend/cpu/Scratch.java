package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** Native memory for the time of one call, from the tensors' allocator. */
record Scratch(Tensor tensor) implements AutoCloseable {
    static Scratch bytes(long bytes) {
        return new Scratch(Tensor.allocate(DType.U8, bytes));
    }

    static Scratch elements(DType dtype, long... dims) {
        return new Scratch(Tensor.allocate(dtype, dims));
    }

    MemorySegment segment() {
        return tensor.storage().segment();
    }

    long address() {
        return tensor.address();
    }

    @Override
    public void close() {
        tensor.discard();
    }
}
