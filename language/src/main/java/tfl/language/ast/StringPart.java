package tfl.language.ast;

import tfl.language.source.Span;

/** A stretch of a string. */
public sealed interface StringPart extends Node {
    /** Text with its escapes replaced. */
    record Text(String value, Span span) implements StringPart {}

    /** {@code {value:format}}; the format is in Python's format mini-language, or empty. */
    record Interpolation(Expr value, String format, Span span) implements StringPart {}
}
