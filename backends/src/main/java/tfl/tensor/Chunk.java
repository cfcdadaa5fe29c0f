package tfl.tensor;

/** A piece of native memory that one storage uses; unreachable, it goes back to the system through a cleaner. */
sealed interface Chunk permits Block, Cell, Borrowed, SharedBlock.Part {
    long address();

    /** Back to the allocator, for the next storage of about that size. Called once. */
    void giveBack();

    /** Notes what the memory is for, where that is kept. */
    default void label(Object owner) {}
}
