package tfl.language.format;

import java.util.ArrayList;
import java.util.List;
import tfl.language.ast.Expr;
import tfl.language.lex.TokenKind;

/** Control flow. */
final class ControlDocs {
    private final ExpressionDocs expressions;
    private final StatementDocs statements;

    ControlDocs(ExpressionDocs expressions, StatementDocs statements) {
        this.expressions = expressions;
        this.statements = statements;
    }

    Doc control(Expr expr) {
        return switch (expr) {
            case Expr.Block e -> statements.block(e);
            case Expr.If e -> conditional(e);
            case Expr.While e -> Doc.concat(Doc.text("while "), expressions.expr(e.condition()),
                    Doc.text(" "), statements.block(e.body()));
            case Expr.For e -> Doc.concat(Doc.text("for "), statements.patterns().pattern(e.pattern()),
                    Doc.text(" in "),
                    expressions.expr(e.sequence()), Doc.text(" "), statements.block(e.body()));
            case Expr.Break _ -> Doc.text("break");
            case Expr.Continue _ -> Doc.text("continue");
            case Expr.Return e -> Doc.concat(Doc.text("return"),
                    e.value().map(value -> Doc.concat(Doc.text(" "), expressions.expr(value)))
                            .orElse(Doc.NOTHING));
            case Expr.Match e -> match(e);
            case Expr.Try e -> attempt(e);
            case Expr.Assert e -> Doc.concat(Doc.text("assert "), expressions.expr(e.condition()),
                    e.message().map(message -> Doc.concat(Doc.text(", "), expressions.expr(message)))
                            .orElse(Doc.NOTHING));
            default -> throw new IllegalStateException("no control flow: " + expr.getClass());
        };
    }

    private Doc conditional(Expr.If conditional) {
        var parts = new ArrayList<Doc>();
        Expr.If each = conditional;
        while (true) {
            parts.addAll(List.of(Doc.text("if "), expressions.expr(each.condition()), Doc.text(" "),
                    statements.block(each.thenBranch())));
            var otherwise = each.elseBranch().orElse(null);
            if (otherwise == null) {
                return Doc.concat(parts);
            }
            parts.add(Doc.text(" else "));
            if (otherwise instanceof Expr.If next) {
                each = next;
            } else {
                parts.add(statements.block((Expr.Block) otherwise));
                return Doc.concat(parts);
            }
        }
    }

    private Doc match(Expr.Match match) {
        int open = statements.find(TokenKind.LEFT_BRACE, match.subject().span().end());
        var head = Doc.concat(Doc.text("match "), expressions.expr(match.subject()), Doc.text(" "));
        int end = match.span().end();
        if (statements.isOneLine(open, end) && !match.arms().isEmpty()) {
            return Doc.concat(head, Doc.group(Doc.text("{"), Doc.indent(Doc.LINE,
                    Lists.join(match.arms().stream().map(this::arm).toList(), new Doc.Line(", "))), Doc.LINE,
                            Doc.text("}")));
        }
        return Doc.concat(head, statements.braces(match.arms(), open, end, this::arm));
    }

    private Doc arm(Expr.Match.Arm arm) {
        var guard = arm.guard()
                .map(each -> Doc.concat(Doc.text(" if "), expressions.operand(each, Levels.PIPE)))
                .orElse(Doc.NOTHING);
        var body = arm.body() instanceof Expr.Return result ? expressions.atStatement(result)
                : expressions.body(arm.body());
        return Doc.concat(statements.patterns().pattern(arm.pattern()), guard, Doc.text(" -> "), body);
    }

    private Doc attempt(Expr.Try attempt) {
        var parts = new ArrayList<Doc>(List.of(Doc.text("try "), statements.block(attempt.body())));
        attempt.handler().ifPresent(handler -> parts.addAll(List.of(Doc.text(" catch "
                + handler.error().map(error -> error + " ").orElse("")), statements.block(handler.body()))));
        attempt.cleanup()
                .ifPresent(cleanup ->
                parts.addAll(List.of(Doc.text(" finally "), statements.block(cleanup))));
        return Doc.concat(parts);
    }
}
