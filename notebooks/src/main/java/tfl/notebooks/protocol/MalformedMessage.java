package tfl.notebooks.protocol;

/** Frames that are no message of this connection; the text says why. */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedMessage(String reason) {
        super(reason, null, false, false);
    }
}
