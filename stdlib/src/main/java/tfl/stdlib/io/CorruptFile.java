package tfl.stdlib.io;

/** The bytes are not what their format promises. */
final class CorruptFile extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long offset;

    CorruptFile(long offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** The first wrong byte, from 0. */
    long offset() {
        return offset;
    }
}
