package tfl.language.ast;

import java.util.List;
import java.util.Optional;
import tfl.language.source.Span;

/**
 * A whole text: a file, a REPL entry, a string given to {@code tfl -e}.
 *
 * @param doc the {@code ##} lines at the very top, if a blank line or nothing follows them
 * @param silent whether the last statement ends with {@code ;}, so that a prompt shows no value
 */
public record Module(List<Statement> statements, Optional<String> doc, boolean silent, Span span)
        implements Node {
    public Module {
        statements = List.copyOf(statements);
    }
}
