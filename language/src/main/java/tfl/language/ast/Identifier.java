package tfl.language.ast;

import tfl.language.source.Span;

/**
 * A name where it is written: of a definition, a field, a keyword argument. A use of a variable is
 * {@link Expr.Name}.
 */
public record Identifier(String text, Span span) implements Node {
    @Override
    public String toString() {
        return text;
    }
}
