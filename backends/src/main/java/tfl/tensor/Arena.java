package tfl.tensor;

/**
 * Where the programs that run on this thread keep the values that end with them: one block of memory, opened by the
 * outermost program. Values of different sizes use the same bytes one after another, as blocks of their own cannot.
 *
 * <p>What does not fit gets memory of its own, as everywhere else. So does what is not large: small tensors have
 * {@link CellCache}. A tensor that is still there when the arena closes keeps the whole block, and no less safe for it.
 */
public final class Arena {
    private static final ThreadLocal<Arena> LOCAL = ThreadLocal.withInitial(Arena::new);

    private SharedBlock block;
    private boolean serves;

    private Arena() {}

    /** The current thread's. */
    public static Arena local() {
        return LOCAL.get();
    }

    /** Whether a value of so many bytes is large enough to lie here. */
    public static boolean takes(long bytes) {
        return bytes > CellCache.MOST;
    }

    /**
     * Opens the arena, unless it is open or the memory is not there.
     *
     * @param bytes its size; 0 for none
     * @return whether the caller closes it
     */
    public boolean open(long bytes) {
        if (block != null || bytes == 0) {
            return false;
        }
        var memory = Memory.arena(bytes);
        if (memory == null) {
            return false;
        }
        block = new SharedBlock(memory);
        return true;
    }

    /** Whether tensors that this thread makes lie in the arena. */
    public boolean serves() {
        return serves && block != null;
    }

    /** From now on tensors that this thread makes lie in the arena, if it is open, or do not. */
    public void serve(boolean now) {
        serves = now;
    }

    /** A tensor that does not lie in the arena: the one that is given, or a copy in whose favour it is discarded. */
    public Tensor outside(Tensor tensor) {
        if (!holds(tensor)) {
            return tensor;
        }
        boolean before = serves;
        serves = false;
        var copy = DenseCopy.of(tensor);
        serves = before;
        tensor.discard();
        return copy;
    }

    boolean holds(Tensor tensor) {
        return block != null && block.holds(tensor.storage().chunk());
    }

    /** Closes it; nothing of it is served any more. */
    public void close() {
        var open = block;
        block = null;
        serves = false;
        open.close();
    }

    /** A part of the arena, or null where it does not serve or has no room. */
    Chunk take(long bytes) {
        return serves() ? block.take(bytes) : null;
    }
}
