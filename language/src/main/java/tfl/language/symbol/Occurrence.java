package tfl.language.symbol;

import tfl.language.source.Span;

/**
 * A place where a symbol's name stands.
 *
 * @param form how a new name must be written there
 */
public record Occurrence(Symbol symbol, Span span, Role role, Form form) {
    /** What the place does with the symbol. */
    public enum Role { DEFINE, WRITE, READ }

    /** How the name stands there. */
    public enum Form {
        PLAIN,
        /** {@code {x}} for {@code {x: x}}: the name of the field stays when the variable gets another name. */
        SHORTHAND,
        /** {@code from m import x}: the name in the module stays when the name here changes. */
        IMPORT
    }
}
