package tfl.language.ast;

import java.util.List;
import java.util.Optional;
import tfl.language.source.Span;

/** What a value is taken apart by: in assignments, {@code for}, parameters and {@code match}. */
public sealed interface Pattern extends Node {
    /** {@code _}: anything, bound to nothing. */
    record Wildcard(Span span) implements Pattern {}

    /** A name, bound to the whole value. */
    record Bind(String name, Span span) implements Pattern {}

    /**
     * A number, string, {@code true}, {@code false} or {@code none}; only in {@code match}. Negative numbers
     * are folded in.
     */
    record Literal(Expr value, Span span) implements Pattern {}

    /** {@code (a, *rest, b)}: at most one {@link Rest}. */
    record Tuple(List<Pattern> elements, Span span) implements Pattern {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** {@code *name} inside a tuple pattern; {@code *_} binds nothing. */
    record Rest(Optional<Identifier> name, Span span) implements Pattern {}

    /** {@code {x, y: (a, b), ...rest}}: other fields are allowed and ignored, or gathered in the rest. */
    record Fields(List<FieldPattern> fields, Optional<Identifier> rest, Span span) implements Pattern {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /** {@code pattern: annotation}; only in {@code match}. */
    record Typed(Pattern pattern, Annotation annotation, Span span) implements Pattern {}

    /** A field by name, and what its value must match. {@code {x}} stands for {@code {x: x}}. */
    record FieldPattern(Identifier name, Pattern pattern, Span span) implements Node {}
}
