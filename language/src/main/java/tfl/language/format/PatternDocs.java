package tfl.language.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tfl.language.ast.Annotation;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Node;
import tfl.language.ast.Parameter;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.lex.TokenKind;

/** Patterns, parameters, fields and annotations. */
final class PatternDocs {
    private final Lists lists;
    private final ExpressionDocs expressions;

    PatternDocs(Lists lists, ExpressionDocs expressions) {
        this.lists = lists;
        this.expressions = expressions;
    }

    Doc pattern(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Wildcard _ -> Doc.text("_");
            case Pattern.Bind bind -> Doc.text(bind.name());
            case Pattern.Literal literal -> Doc.text(literal.span().text().replace("\r\n", "\n"));
            case Pattern.Rest rest -> Doc.text("*" + rest.name().map(Identifier::text).orElse("_"));
            case Pattern.Typed typed -> Doc.concat(pattern(typed.pattern()), Doc.text(": "),
                    annotation(typed.annotation()));
            case Pattern.Tuple tuple when tuple.elements().size() == 1 ->
                Doc.concat(Doc.text("("), pattern(tuple.elements().getFirst()), Doc.text(",)"));
            case Pattern.Tuple tuple -> lists.list("(", tuple.elements(), tuple.span().start() + 1,
                    tuple.span().end() - 1, ")",
                    this::pattern);
            case Pattern.Fields fields -> fields(fields);
        };
    }

    private Doc fields(Pattern.Fields fields) {
        var entries = new ArrayList<Node>(fields.fields());
        fields.rest().ifPresent(entries::add);
        return lists.list("{", entries, fields.span().start() + 1, fields.span().end() - 1, "}",
                entry -> switch (entry) {
            case Pattern.FieldPattern field -> isShort(field) ? Doc.text(field.name().text())
                    : Doc.concat(Doc.text(ExpressionDocs.key(field.name()) + ": "), pattern(field.pattern()));
            default -> Doc.text("..." + entry);
        });
    }

    private static boolean isShort(Pattern.FieldPattern field) {
        return field.pattern() instanceof Pattern.Bind bind && bind.name().equals(field.name().text());
    }

    /** The offset of the bracket that closes the parameters. */
    int endOfParameters(Function function, int open, Trivia trivia) {
        return trivia.find(TokenKind.RIGHT_PAREN,
                function.parameters().isEmpty() ? open : function.parameters().getLast().span().end());
    }

    Doc parameter(Parameter parameter) {
        String stars = switch (parameter.kind()) {
            case PLAIN -> "";
            case REST -> "*";
            case OPTIONS -> "**";
        };
        var parts = new ArrayList<Doc>(List.of(Doc.text(stars), pattern(parameter.pattern())));
        parameter.annotation()
                .ifPresent(annotation -> parts.add(Doc.concat(Doc.text(": "), annotation(annotation))));
        parameter.defaultValue().ifPresent(value ->
                parts.add(Doc.concat(Doc.text(parameter.annotation().isPresent() ? " = " : "="),
                        expressions.expr(value))));
        return Doc.concat(parts);
    }

    Doc field(Statement.StructField field) {
        var parts = new ArrayList<Doc>(List.of(Doc.text((field.isStatic() ? "static " : "") + field.name())));
        field.annotation()
                .ifPresent(annotation -> parts.add(Doc.concat(Doc.text(": "), annotation(annotation))));
        field.defaultValue().ifPresent(value ->
                parts.add(Doc.concat(Doc.text(field.annotation().isPresent() ? " = " : "="),
                        expressions.expr(value))));
        return Doc.concat(parts);
    }

    Doc annotation(Annotation annotation) {
        return switch (annotation) {
            case Annotation.Named named -> Doc.text(named.name());
            case Annotation.Tensor tensor ->
                    Doc.text(tensor.dtype() + tensor.dims().stream().map(PatternDocs::dim)
                    .collect(Collectors.joining(", ", "[", "]")));
        };
    }

    private static String dim(Annotation.Dim dim) {
        return switch (dim) {
            case Annotation.Dim.Size size -> String.valueOf(size.size());
            case Annotation.Dim.Any _ -> "_";
            case Annotation.Dim.Rest _ -> "...";
            case Annotation.Dim.Named named -> named.name() + (named.factor() == 1 ? ""
                    : "*" + named.factor())
                    + (named.offset() == 0 ? "" : (named.offset() > 0 ? "+" : "") + named.offset());
        };
    }
}
