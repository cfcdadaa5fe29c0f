package tfl.explain;

import tfl.language.source.Span;

/** An operation that made a nan or an infinity out of finite numbers. */
public final class BadNumber extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Span at;

    BadNumber(String message, Span at) {
        super(message, null, false, false);
        this.at = at;
    }

    /** Where the operation stands. */
    public Span at() {
        return at;
    }
}
