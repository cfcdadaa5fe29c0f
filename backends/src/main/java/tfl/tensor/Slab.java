package tfl.tensor;

/** Memory that is cut into {@link Cell}s from its start to its end; used by one thread. */
final class Slab {
    static final int BYTES = 64 << 10;
    private final Block block;
    private int used;

    Slab() {
        this.block = Memory.block(BYTES);
        block.label("small tensors");
    }

    /** A cell of that many 64-byte lines, or null if the slab is full. */
    Cell cut(int lines) {
        int bytes = lines * CellCache.LINE;
        if (used + bytes > BYTES) {
            return null;
        }
        used += bytes;
        return new Cell(this, block.address() + used - bytes, lines);
    }
}
