package tfl.session;

import tfl.language.ast.Expr;
import tfl.language.ast.Statement;
import tfl.language.lex.Lexer;
import tfl.language.lex.TokenKind;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/**
 * Turns the text of a call into that of {@code explain}: {@code f(x, 2)} into {@code explain(f, x, 2)}, and {@code
 * x.sum()} into {@code explain((it, *rest) -> it.sum(*rest), x)}.
 */
public final class ExplainedCall {
    private ExplainedCall() {}

    /**
     * The text of that call.
     *
     * @throws Misuse if the text is no such call
     */
    public static String of(String text) {
        var source = Source.of("<input>", text);
        var parsed = Parser.parse(source);
        var statements = parsed.module().statements();
        if (!parsed.problems().isEmpty() || statements.size() != 1
                || !(statements.getFirst() instanceof Statement.Expression(Expr.Call call))) {
            throw new Misuse(":explain takes a call, such as :explain f(x)");
        }
        var tokens = Lexer.tokens(source).list();
        var last = tokens.stream().filter(token -> token.kind() == TokenKind.RIGHT_PAREN).reduce((a, b) -> b);
        if (last.isEmpty() || last.get().end() != call.span().end()) {
            throw new Misuse(":explain takes a call with its arguments in parentheses, such as :explain f(x)");
        }
        int[] pair = Brackets.pairAt(text, tokens, last.get().end());
        var callee = text.substring(0, pair[0]).strip();
        var arguments = text.substring(pair[0] + 1, pair[1]).strip();
        var rest = arguments.isEmpty() ? "" : ", " + arguments;
        if (call.callee() instanceof Expr.Field) {
            // Methods, and functions called as such, are no values by themselves.
            int dot = callee.lastIndexOf('.');
            return "explain((it, *rest) -> it" + callee.substring(dot) + "(*rest), " + callee.substring(0, dot) + rest
                    + ")";
        }
        return "explain(" + callee + rest + ")";
    }
}
