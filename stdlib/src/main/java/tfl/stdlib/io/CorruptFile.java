package tfl.stdlib.io;

/** The bytes are not what their format promises. */
final class CorruptFile extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long offset;

    CorruptFile(long offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Text that is wrong where the message says, which names lines and not bytes. */
    CorruptFile(String message) {
        this(-1, message);
    }

    /** The first wrong byte, from 0; -1 where the message says it in lines. */
    long offset() {
        return offset;
    }
}
