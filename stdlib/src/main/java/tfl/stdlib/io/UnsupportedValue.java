package tfl.stdlib.io;

/** A format cannot hold a value; the message says which and what it can hold. */
final class UnsupportedValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedValue(String message) {
        super(message, null, false, false);
    }
}
