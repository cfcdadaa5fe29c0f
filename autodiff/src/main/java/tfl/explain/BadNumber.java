package tfl.explain;

import tfl.language.source.Location;

/** An operation that made a nan or an infinity out of finite numbers. */
public final class BadNumber extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Location at;

    BadNumber(String message, Location at) {
        super(message, null, false, false);
        this.at = at;
    }

    /** Where the operation stands. */
    public Location at() {
        return at;
    }
}
