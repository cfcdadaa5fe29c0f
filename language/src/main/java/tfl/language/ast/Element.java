package tfl.language.ast;

import tfl.language.source.Span;

/** An entry of a tuple or tensor. */
public sealed interface Element extends Node {
    /** One value. */
    record Item(Expr value) implements Element {
        @Override
        public Span span() {
            return value.span();
        }
    }

    /** {@code *sequence}: each of its values. */
    record Spread(Expr value, Span span) implements Element {}
}
