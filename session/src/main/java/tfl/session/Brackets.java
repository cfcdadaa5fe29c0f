package tfl.session;

import java.util.ArrayDeque;
import java.util.List;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.source.Source;

/** Finds matching brackets in a line of tokens. */
public final class Brackets {
    private Brackets() {}

    /** The offsets of the bracket at or just before the cursor and of its partner, or null. */
    public static int[] pairAt(String text, List<Token> tokens, int cursor) {
        var open = new ArrayDeque<Token>();
        for (var token : tokens) {
            if (isOpening(token.kind())) {
                open.push(token);
            } else if (isClosing(token.kind()) && !open.isEmpty()) {
                var start = open.pop();
                if (touches(start, cursor) || touches(token, cursor)) {
                    return new int[] {start.start(), token.start()};
                }
            }
        }
        return null;
    }

    /** The bracket that is still open at this offset, or null. */
    public static Token openBefore(List<Token> tokens, int offset) {
        var open = new ArrayDeque<Token>();
        for (var token : tokens) {
            if (token.end() > offset) {
                break;
            }
            if (isOpening(token.kind())) {
                open.push(token);
            } else if (isClosing(token.kind()) && !open.isEmpty()) {
                open.pop();
            }
        }
        return open.peek();
    }

    /** How many brackets of a text are open at its end. */
    public static int depth(String text) {
        int depth = 0;
        for (var token : Lexer.tokens(Source.of("<input>", text)).list()) {
            depth += isOpening(token.kind()) ? 1 : isClosing(token.kind()) && depth > 0 ? -1 : 0;
        }
        return depth;
    }

    private static boolean touches(Token token, int cursor) {
        return token.start() == cursor || token.end() == cursor;
    }

    public static boolean isOpening(TokenKind kind) {
        return switch (kind) {
            case LEFT_PAREN, LEFT_BRACKET, LEFT_BRACE, INTERPOLATION_BEGIN -> true;
            default -> false;
        };
    }

    public static boolean isClosing(TokenKind kind) {
        return switch (kind) {
            case RIGHT_PAREN, RIGHT_BRACKET, RIGHT_BRACE, INTERPOLATION_END -> true;
            default -> false;
        };
    }
}
