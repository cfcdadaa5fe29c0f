package tfl.language.parse;

import java.util.Optional;
import tfl.language.source.Located;

/** Unwinds the parser to the nearest statement, which goes on behind the fault. Never leaves this package. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Empty if the lexer has already complained about this place. */
    final transient Optional<Located> problem;
    /** Whether more text might have helped. */
    final boolean atEnd;

    Failure(Optional<Located> problem, boolean atEnd) {
        super("syntax error", null, false, false);
        this.problem = problem;
        this.atEnd = atEnd;
    }
}
