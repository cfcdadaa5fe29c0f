package tfl.language.ast;

import java.util.List;
import tfl.language.source.Span;

/**
 * What an update changes: {@code m.layers[2].b} is the root {@code m} and three steps. Without steps it is
 * the variable.
 */
public record Path(Identifier root, List<Step> steps, Span span) implements Node {
    public Path {
        steps = List.copyOf(steps);
    }

    /** One step into a value. */
    public sealed interface Step extends Node {
        /** {@code .name}. */
        record Field(Identifier name, Span span) implements Step {}

        /** {@code [subscripts]}. */
        record Index(List<Subscript> subscripts, Span span) implements Step {
            public Index {
                subscripts = List.copyOf(subscripts);
            }
        }
    }
}
