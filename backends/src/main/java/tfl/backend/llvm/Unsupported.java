package tfl.backend.llvm;

import tfl.tensor.DType;

/**
 * What cannot be compiled: an operation on a dtype that no code is written for, or any on a machine without
 * LLVM.
 */
public final class Unsupported extends RuntimeException {
    /** No code at all, for that reason. */
    public Unsupported(UnsatisfiedLinkError reason) {
        super(reason.getMessage(), reason, false, false);
    }

    Unsupported(Object operation, DType dtype) {
        super(operation + " of " + dtype, null, false, false);
    }
}
