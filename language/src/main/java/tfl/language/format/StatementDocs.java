package tfl.language.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Statement;
import tfl.language.lex.TokenKind;

/** Statements and blocks. */
final class StatementDocs {
    private final Trivia trivia;
    private final Lists lists;
    private final PatternDocs patterns;
    private final ExpressionDocs expressions;

    StatementDocs(Trivia trivia) {
        this.trivia = trivia;
        this.lists = new Lists(trivia);
        this.expressions = new ExpressionDocs(trivia, lists, this);
        this.patterns = new PatternDocs(lists, expressions);
    }

    PatternDocs patterns() {
        return patterns;
    }

    <N extends Node> List<Doc> sequence(List<N> nodes, int from, int to, Function<N, Doc> print) {
        return lists.sequence(nodes, from, to, print);
    }

    int find(TokenKind kind, int from) {
        return trivia.find(kind, from);
    }

    boolean isOneLine(int start, int end) {
        return trivia.line(start) == trivia.line(end - 1);
    }

    /** A statement; as it stands in the source, if it holds a comment that has no place in the layout. */
    Doc statement(Statement statement) {
        var doc = layout(statement);
        var span = trivia.bracketed(statement.span());
        if (!trivia.hasUntaken(span.start(), span.end())) {
            return doc;
        }
        trivia.take(span.start(), span.end());
        return Doc.text(span.text().replace("\r\n", "\n"));
    }

    private Doc layout(Statement statement) {
        return switch (statement) {
            case Statement.Expression s -> expressions.atStatement(s.value());
            case Statement.Assign s -> Doc.concat(patterns.pattern(s.target()), Doc.text(" ="),
                    expressions.value(s.value()));
            case Statement.Update s -> Doc.concat(path(s.path()),
                    Doc.text(" " + s.operator().map(BinaryOperator::symbol).orElse("") + "="),
                            expressions.value(s.value()));
            case Statement.FunctionDefinition s -> function(s);
            case Statement.StructDefinition s -> struct(s);
            case Statement.Import s -> Doc.text("import " + s.modules().stream().map(StatementDocs::module)
                    .collect(Collectors.joining(", ")));
            case Statement.FromImport s ->
                    Doc.text("from " + module(s.module()) + " import " + s.names().stream()
                    .map(name -> name.name() + name.alias().map(alias -> " as " + alias).orElse(""))
                    .collect(Collectors.joining(", ")));
            case Statement.Test s -> Doc.concat(Doc.text("test " + quote(s.name()) + " "),
                    block((Expr.Block) s.body().body()));
            case Statement.Bench s -> Doc.concat(Doc.text("bench " + quote(s.name()) + " "),
                    block((Expr.Block) s.body().body()));
        };
    }

    private Doc path(Path path) {
        var parts = new ArrayList<Doc>(List.of(Doc.text(path.root().text())));
        for (var step : path.steps()) {
            parts.add(switch (step) {
                case Path.Step.Field field -> Doc.text("." + field.name());
                case Path.Step.Index index -> expressions.subscripts(index.subscripts());
            });
        }
        return Doc.concat(parts);
    }

    private Doc function(Statement.FunctionDefinition definition) {
        var parts = new ArrayList<Doc>();
        for (var decorator : definition.decorators()) {
            parts.addAll(List.of(Doc.text("@"), expressions.operand(decorator.value(), Levels.POSTFIX),
                    Doc.HARD));
        }
        var function = definition.function();
        int open = trivia.find(TokenKind.LEFT_PAREN, definition.name().span().end());
        int close = patterns.endOfParameters(function, open, trivia);
        parts.add(Doc.text("fn " + definition.name()));
        parts.add(lists.list("(", function.parameters(), open + 1, close, ")", patterns::parameter));
        function.result()
                .ifPresent(result -> parts.add(Doc.concat(Doc.text(" -> "), patterns.annotation(result))));
        parts.add(function.body() instanceof Expr.Block block ? Doc.concat(Doc.text(" "), block(block))
                : Doc.concat(Doc.text(" ="), expressions.value(function.body())));
        return Doc.concat(parts);
    }

    private Doc struct(Statement.StructDefinition struct) {
        var parts = new ArrayList<Doc>(List.of(Doc.text("struct " + struct.name())));
        int at = struct.name().span().end();
        if (!struct.fields().isEmpty()) {
            int open = trivia.find(TokenKind.LEFT_PAREN, at);
            at = trivia.find(TokenKind.RIGHT_PAREN, struct.fields().getLast().span().end());
            parts.add(lists.list("(", struct.fields(), open + 1, at, ")", patterns::field));
        }
        int open = trivia.find(TokenKind.LEFT_BRACE, at);
        if (open < struct.span().end()) {
            var span = trivia.source().span(open, struct.span().end());
            parts.add(Doc.text(" "));
            parts.add(braces(struct.methods(), span.start(), span.end(), this::statement));
        }
        return Doc.concat(parts);
    }

    Doc block(Expr.Block block) {
        return braces(block.statements(), block.span().start(), block.span().end(), this::statement);
    }

    /** Lines in braces; on one line if they were and fit. */
    <N extends Node> Doc braces(List<N> nodes, int start, int end, Function<N, Doc> print) {
        if (isOneLine(start, end) && !nodes.isEmpty()) {
            var all = Lists.join(nodes.stream().map(print).toList(), new Doc.Line("; "));
            return Doc.group(Doc.text("{"), Doc.indent(Doc.LINE, all), Doc.LINE, Doc.text("}"));
        }
        var lines = sequence(nodes, start + 1, end - 1, print);
        return lines.isEmpty() ? Doc.text("{}")
                : Doc.concat(Doc.text("{"), Doc.indent(Doc.HARD, Doc.concat(lines)), Doc.HARD, Doc.text("}"));
    }

    private static String module(Statement.ImportedModule module) {
        String target = switch (module.kind()) {
            case LIBRARY -> module.target();
            case FILE -> quote(module.target());
            case JAVA -> "java " + quote(module.target());
        };
        return target + module.alias().map(alias -> " as " + alias).orElse("");
    }

    /** A string literal with this value and without interpolation. */
    static String quote(String text) {
        var result = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> result.append('\\').append(c);
                case '{', '}' -> result.append(c).append(c);
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                default -> result.append(c < ' ' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return result.append('"').toString();
    }
}
