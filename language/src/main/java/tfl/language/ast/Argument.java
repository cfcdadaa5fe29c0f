package tfl.language.ast;

import tfl.language.source.Span;

/** An entry of a call. */
public sealed interface Argument extends Node {
    Expr value();

    /** By position. */
    record Positional(Expr value) implements Argument {
        @Override
        public Span span() {
            return value.span();
        }
    }

    /** {@code name=value}. */
    record Keyword(Identifier name, Expr value, Span span) implements Argument {}

    /** {@code *tuple}: each value by position. */
    record Spread(Expr value, Span span) implements Argument {}

    /** {@code **record}: each field by keyword. */
    record SpreadFields(Expr value, Span span) implements Argument {}
}
