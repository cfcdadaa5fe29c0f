package tfl.language.ast;

import java.util.List;
import java.util.Optional;
import tfl.language.source.Span;

/**
 * Parameters and a body: what a definition, a method, a lambda and a test share, and the unit of scope.
 *
 * @param body a {@link Expr.Block}, or the expression behind {@code =} or {@code ->}
 */
public record Function(List<Parameter> parameters, Optional<Annotation> result, Expr body, Span span)
        implements Node {
    public Function {
        parameters = List.copyOf(parameters);
    }
}
