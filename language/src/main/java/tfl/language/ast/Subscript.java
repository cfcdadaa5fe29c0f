package tfl.language.ast;

import java.util.Optional;
import tfl.language.source.Span;

/** One entry between the brackets of {@code x[..]}. */
public sealed interface Subscript extends Node {
    /** An index, a mask, an index tensor, a range, or {@code none} for a new axis. */
    record At(Expr value) implements Subscript {
        @Override
        public Span span() {
            return value.span();
        }
    }

    /** {@code start:stop:step}, each optional. */
    record Slice(Optional<Expr> start, Optional<Expr> stop, Optional<Expr> step, Span span)
            implements Subscript {}

    /** {@code ...}: all dimensions not named. */
    record Ellipsis(Span span) implements Subscript {}
}
