package tfl.language.source;

import java.util.Optional;

/**
 * What went wrong, as a value, without the place. Each room has one sealed family of records that implement
 * this; whoever knows the place makes a {@link Located} of it.
 */
public interface Problem {
    /** A stable code such as {@code TFL-E0101}; each has a page under {@code docs/errors/}. */
    String code();

    /** One line in the user's terms, without a full stop. */
    String message();

    /** What to write beside the underline, or an empty string. */
    default String label() {
        return "";
    }

    /** The likely fix, one line. */
    default Optional<String> help() {
        return Optional.empty();
    }

    /** Errors stop a program, warnings do not. */
    default Severity severity() {
        return Severity.ERROR;
    }

    /** How bad a problem is. */
    enum Severity { ERROR, WARNING }
}
