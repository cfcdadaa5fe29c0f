package tfl.backend.llvm;

import tfl.tensor.DType;

/** An operation on a dtype that no code is written for; it is left to the reference. */
public final class Unsupported extends RuntimeException {
    Unsupported(Object operation, DType dtype) {
        super(operation + " of " + dtype, null, false, false);
    }
}
