package tfl.tensor;

import java.lang.foreign.MemorySegment;

/** Memory of somebody else's, which lives as long as the segment can be reached. It is never written. */
final class Borrowed implements Chunk {
    /** Reaches the owner of the memory. */
    private final MemorySegment memory;

    Borrowed(MemorySegment memory) {
        this.memory = memory;
    }

    @Override
    public long address() {
        return memory.address();
    }

    @Override
    public void giveBack() {}
}
