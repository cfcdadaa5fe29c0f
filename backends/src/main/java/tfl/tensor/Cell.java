package tfl.tensor;

/** A few cache lines of a {@link Slab}, which it keeps alive. */
final class Cell implements Chunk {
    final long address;
    final int lines;
    final Slab slab;
    /** The next free cell of this size, while this one is free. */
    Cell next;

    Cell(Slab slab, long address, int lines) {
        this.slab = slab;
        this.address = address;
        this.lines = lines;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public void giveBack() {
        CellCache.local().give(this);
    }
}
