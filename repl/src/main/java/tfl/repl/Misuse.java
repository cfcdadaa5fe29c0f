package tfl.repl;

/** The command line asks for what cannot be done; the message says so in one line. */
final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
        super(message, null, false, false);
    }
}
