package tfl.interpreter.translate;

import java.util.List;
import java.util.function.ToIntFunction;
import tfl.interpreter.node.LiteralNode;
import tfl.interpreter.node.call.FieldNode;
import tfl.interpreter.node.match.AnnotationNode;
import tfl.interpreter.node.match.AnnotationRule;
import tfl.interpreter.node.match.BindPattern;
import tfl.interpreter.node.match.FieldsPattern;
import tfl.interpreter.node.match.LiteralPattern;
import tfl.interpreter.node.match.PatternNode;
import tfl.interpreter.node.match.TuplePattern;
import tfl.interpreter.node.match.TypedPattern;
import tfl.interpreter.node.match.WildcardPattern;
import tfl.language.ast.Annotation;
import tfl.language.ast.Identifier;
import tfl.language.ast.Pattern;
import tfl.language.resolve.Reference;

/** Patterns and annotations to nodes. */
final class Patterns {
    private final Expressions expressions;

    Patterns(Expressions expressions) {
        this.expressions = expressions;
    }

    PatternNode node(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Wildcard wildcard -> new WildcardPattern(wildcard.span());
            case Pattern.Bind bind -> new BindPattern(expressions.names.write(expressions.unit.resolution().of(
                    bind)), bind.span());
            case Pattern.Literal literal -> literal(literal);
            case Pattern.Tuple tuple -> tuple(tuple);
            case Pattern.Rest rest -> rest.name().map(this::name).orElseGet(() -> new WildcardPattern(rest.span()));
            case Pattern.Fields fields -> new FieldsPattern(
                    fields.fields().stream().map(each -> each.name().text()).toArray(String[]::new),
                    fields.fields().stream().map(each -> node(each.pattern())).toArray(PatternNode[]::new),
                    fields.rest().map(this::name).orElse(null), fields.span());
            case Pattern.Typed typed -> new TypedPattern(annotation(typed.annotation(), this::inPattern),
                    node(typed.pattern()),
                    typed.span());
        };
    }

    private PatternNode name(Identifier name) {
        return new BindPattern(expressions.names.write(expressions.unit.resolution().of(name)), name.span());
    }

    private PatternNode literal(Pattern.Literal literal) {
        if (expressions.node(literal.value()) instanceof LiteralNode node) {
            return new LiteralPattern(node.value(), literal.span());
        }
        throw new IllegalStateException("a pattern is no literal: " + literal);
    }

    private PatternNode tuple(Pattern.Tuple tuple) {
        var elements = tuple.elements();
        int rest = 0;
        while (rest < elements.size() && !(elements.get(rest) instanceof Pattern.Rest)) {
            rest++;
        }
        boolean none = rest == elements.size();
        return new TuplePattern(nodes(elements.subList(0, rest)), none ? null : node(elements.get(rest)),
                none ? new PatternNode[0] : nodes(elements.subList(rest + 1, elements.size())), tuple.span());
    }

    private PatternNode[] nodes(List<Pattern> patterns) {
        return patterns.stream().map(this::node).toArray(PatternNode[]::new);
    }

    private int inPattern(Annotation.Dim.Named dimension) {
        return expressions.unit.resolution().of(dimension) instanceof Reference.Local(int slot) ? slot : -1;
    }

    /** The check of a function's own annotation, whose dimensions are in its scope. */
    AnnotationNode annotation(Annotation annotation) {
        return annotation(annotation, dimension -> expressions.frame.scope().dimensions().stream()
                .filter(each -> each.name().equals(dimension.name())).findFirst().orElseThrow().slot());
    }

    private AnnotationNode annotation(Annotation annotation, ToIntFunction<Annotation.Dim.Named> slotOf) {
        return switch (annotation) {
            case Annotation.Named named -> named(named);
            case Annotation.Tensor tensor -> new AnnotationNode(AnnotationRule.tensor(tensor.dtype(),
                    tensor.dims()),
                    tensor.dims().stream().mapToInt(each -> each instanceof Annotation.Dim.Named dimension
                            ? slotOf.applyAsInt(dimension) : -1).toArray(), tensor.span());
        };
    }

    private AnnotationNode named(Annotation.Named named) {
        var reference = expressions.unit.resolution().of(named);
        if (reference == null) {
            return new AnnotationNode(AnnotationRule.kind(named.name()), new int[0], named.span());
        }
        var parts = named.name().split("\\.");
        var struct = expressions.names.read(reference, parts[0]).at(named.span());
        for (int i = 1; i < parts.length; i++) {
            struct = new FieldNode(struct, parts[i], null).at(named.span());
        }
        return new AnnotationNode(struct, named.span());
    }
}
