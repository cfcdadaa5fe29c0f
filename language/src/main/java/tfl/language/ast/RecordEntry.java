package tfl.language.ast;

import tfl.language.source.Span;

/** An entry of a record. */
public sealed interface RecordEntry extends Node {
    /**
     * {@code name: value}; {@code {x}} is short for {@code {x: x}}, whose value then has the name's own span.
     */
    record Field(Identifier name, Expr value, Span span) implements RecordEntry {}

    /** {@code ...record}: all its fields; later entries replace them. */
    record Spread(Expr value, Span span) implements RecordEntry {}
}
