package tfl.language.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tfl.language.ast.Identifier;
import tfl.language.lex.Names;
import tfl.language.lex.Spellings;
import tfl.language.lex.SyntaxProblem;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.lex.Tokens;
import tfl.language.source.Located;
import tfl.language.source.Source;
import tfl.language.source.Span;

/**
 * Walks the tokens, comments left out. Where line breaks matter (outside round and square brackets) and the
 * tokens beside one allow it, {@link #peek} answers {@link TokenKind#NEWLINE} before the token behind it.
 */
final class TokenCursor {
    /** Deeper nesting is refused, so that no pass over the tree can overflow the stack. */
    static final int DEEPEST = 200;

    private final Tokens tokens;
    private final Token[] list;
    private final int[] closing;
    private int at;
    private int passedLineBreak = -1;
    private boolean lineBreaksMatter = true;
    private int depth;

    TokenCursor(Tokens tokens) {
        this.tokens = tokens;
        this.list = tokens.list().stream().filter(token -> !token.kind().isComment()).toArray(Token[]::new);
        this.closing = closing(list);
    }

    /** For each opening bracket the index of its closing one, else -1. */
    private static int[] closing(Token[] list) {
        var result = new int[list.length];
        Arrays.fill(result, -1);
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < list.length; i++) {
            switch (list[i].kind()) {
                case LEFT_PAREN, LEFT_BRACKET, LEFT_BRACE, INTERPOLATION_BEGIN -> open.push(i);
                case RIGHT_PAREN, RIGHT_BRACKET, RIGHT_BRACE, INTERPOLATION_END -> {
                    if (!open.isEmpty()) {
                        result[open.pop()] = i;
                    }
                }
                default -> { }
            }
        }
        return result;
    }

    Source source() {
        return tokens.source();
    }

    List<Comment> comments() {
        var comments = new ArrayList<Comment>();
        for (var token : tokens.list()) {
            if (token.kind().isComment()) {
                comments.add(new Comment(tokens.span(token), token.startsLine(),
                        token.kind() == TokenKind.DOC_COMMENT));
            }
        }
        return comments;
    }

    // Looking

    TokenKind peek() {
        return at != passedLineBreak && lineBreakEnds(at) ? TokenKind.NEWLINE : list[at].kind();
    }

    /** The kind of the token some steps on, line breaks not counted. */
    TokenKind peekAt(int steps) {
        return list[Math.min(at + steps, list.length - 1)].kind();
    }

    private boolean lineBreakEnds(int index) {
        if (!lineBreaksMatter || index == 0 || !list[index].startsLine()) {
            return false;
        }
        var next = list[index].kind();
        return next != TokenKind.DOT && next != TokenKind.PIPE && next != TokenKind.END
                && !list[index - 1].kind().continuesLine();
    }

    boolean is(TokenKind kind) {
        return peek() == kind;
    }

    /** Whether the token is a certain word that is no keyword everywhere. */
    boolean isWord(String word) {
        return is(TokenKind.NAME) && tokens.text(list[at]).equals(word);
    }

    /** Whether the kind is a keyword, which may still name a field. */
    static boolean isWord(TokenKind kind) {
        return !kind.text().isEmpty() && Character.isLetter(kind.text().charAt(0));
    }

    /** Whether the next token is a bracket whose closing one stands before an arrow. */
    boolean isBracketBeforeArrow() {
        int close = closing[at];
        return close >= 0 && list[close + 1].kind() == TokenKind.ARROW;
    }

    /** Whether the opening bracket at an index has its closing one. */
    boolean isClosed(int index) {
        return closing[index] >= 0;
    }

    Token token() {
        return list[at];
    }

    Token previous() {
        return list[at - 1];
    }

    int index() {
        return at;
    }

    String text(Token token) {
        return tokens.text(token);
    }

    Span span(Token token) {
        return tokens.span(token);
    }

    /** From the start of a token to the end of the last one taken. */
    Span since(Token first) {
        return source().span(first.start(), Math.max(first.end(), at > 0 ? previous().end() : 0));
    }

    Span since(Span first) {
        return source().span(first.start(), Math.max(first.end(), previous().end()));
    }

    // Taking

    Token next() {
        return list[at == list.length - 1 ? at : at++];
    }

    boolean accept(TokenKind kind) {
        boolean found = is(kind);
        if (found) {
            next();
        }
        return found;
    }

    Token expect(TokenKind kind) {
        return expect(kind, kind.description());
    }

    Token expect(TokenKind kind, String description) {
        if (!is(kind)) {
            throw expected(description);
        }
        return next();
    }

    Identifier identifier(String description) {
        var token = expect(TokenKind.NAME, description);
        return new Identifier(Names.canonical(text(token)), span(token));
    }

    void skipLineBreaks() {
        passedLineBreak = at;
    }

    /** Expects the closing bracket of an opening one. */
    Token close(TokenKind kind, Token opening) {
        if (is(kind)) {
            return next();
        }
        if (is(TokenKind.END) || token().startsLine()) {
            var problem = new SyntaxProblem.NeverClosed(text(opening), kind.text());
            throw new Failure(Optional.of(new Located(problem, span(opening))), is(TokenKind.END));
        }
        throw expected("`,` or " + kind.description());
    }

    /** Sets whether line breaks end statements; gives the setting before, to be put back. */
    boolean lineBreaksMatter(boolean matter) {
        boolean before = lineBreaksMatter;
        lineBreaksMatter = matter;
        return before;
    }

    // Depth

    void enter() {
        if (++depth > DEEPEST) {
            throw failure(new SyntaxProblem.TooDeep(DEEPEST), span(token()));
        }
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    void depth(int depth) {
        this.depth = depth;
    }

    // Complaining

    Failure expected(String description) {
        String word = text(token());
        var advice = is(TokenKind.NAME) ? Spellings.ofWord(word) : Optional.<String>empty();
        return advice.isPresent()
                ? failure(new SyntaxProblem.ForeignSpelling(word, advice.get()), span(token()))
                : expected(description, Optional.empty());
    }

    Failure expected(String description, Optional<String> help) {
        boolean reported = is(TokenKind.UNKNOWN);
        var place = switch (peek()) {
            case NEWLINE -> span(previous()).after();
            case END -> at > 0 ? span(previous()).after() : span(token());
            default -> token().startsLine() && at > 0 && previous().kind().continuesLine()
                    ? span(previous()).after() : span(token());
        };
        var problem = new Located(new SyntaxProblem.Expected(description, found(), help), place);
        return new Failure(reported ? Optional.empty() : Optional.of(problem), is(TokenKind.END));
    }

    Failure failure(SyntaxProblem problem, Span span) {
        return new Failure(Optional.of(new Located(problem, span)), false);
    }

    private String found() {
        return switch (peek()) {
            case NAME, INT, FLOAT -> "`" + text(token()) + "`";
            default -> peek().description();
        };
    }

    // Recovery

    /** The column, from 0, of the first token in the line of a token. */
    int indentation(Token token) {
        int i = source().lineStart(source().lineAt(token.start()));
        int start = i;
        while (i < token.start() && Character.isWhitespace(source().text().charAt(i))) {
            i++;
        }
        return i - start;
    }

    void jumpTo(int index) {
        at = Math.min(index, list.length - 1);
    }

    Token tokenAt(int index) {
        return list[Math.min(index, list.length - 1)];
    }
}
