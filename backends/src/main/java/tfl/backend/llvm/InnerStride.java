package tfl.backend.llvm;

/** How an operand moves along the innermost axis; code is written for each case apart. */
public enum InnerStride {
    /** One element for all. */
    SCALAR,
    /** Elements beside each other. */
    DENSE,
    /** Any other distance, known when the kernel runs. */
    STRIDED;

    /** The case of a stride in elements. */
    public static InnerStride of(long stride) {
        return stride == 0 ? SCALAR : stride == 1 ? DENSE : STRIDED;
    }
}
