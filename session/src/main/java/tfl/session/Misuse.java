package tfl.session;

/** The command line asks for what cannot be done; the message says so in one line. */
public final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Misuse(String message) {
        super(message, null, false, false);
    }
}
