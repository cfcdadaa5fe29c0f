package tfl.tensor;

/** A block of which parts are taken and given back; it is free again when it is closed and all parts are back. */
final class SharedBlock {
    private final Block block;
    private final Holes holes;
    private int parts;
    private boolean closed;

    SharedBlock(Block block) {
        this.block = block;
        this.holes = new Holes(block.bytes());
        block.label("values of a running graph");
    }

    /** A stretch of the block, which keeps it; unreachable, both go to the system. */
    static final class Part implements Chunk {
        private final SharedBlock whole;
        private final long place;
        private final long bytes;

        Part(SharedBlock whole, long place, long bytes) {
            this.whole = whole;
            this.place = place;
            this.bytes = bytes;
        }

        @Override
        public long address() {
            return whole.block.address() + place;
        }

        @Override
        public void giveBack() {
            whole.give(this);
        }
    }

    /** A part of so many bytes, or null if no free stretch is so long. */
    synchronized Chunk take(long bytes) {
        long place = holes.take(bytes);
        if (place < 0) {
            return null;
        }
        parts++;
        return new Part(this, place, bytes);
    }

    private synchronized void give(Part part) {
        holes.give(part.place, part.bytes);
        parts--;
        if (closed && parts == 0) {
            block.giveBack();
        }
    }

    synchronized void close() {
        closed = true;
        if (parts == 0) {
            block.giveBack();
        }
    }

    boolean holds(Chunk chunk) {
        return chunk instanceof Part part && part.whole == this;
    }
}
