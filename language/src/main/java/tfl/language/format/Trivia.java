package tfl.language.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tfl.language.ast.Node;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.lex.Tokens;
import tfl.language.source.Source;
import tfl.language.source.Span;

/**
 * What the tree does not tell: comments, brackets around operands, and where lines were broken. Each comment
 * is taken once.
 */
final class Trivia {
    private final Tokens tokens;
    private final List<Token> code;
    private final List<Token> comments;
    private final Set<Token> taken = new HashSet<>();

    Trivia(Tokens tokens) {
        this.tokens = tokens;
        this.code = tokens.list().stream().filter(token -> !token.kind().isComment()).toList();
        this.comments = tokens.list().stream().filter(token -> token.kind().isComment()).toList();
    }

    Source source() {
        return tokens.source();
    }

    String text(Token token) {
        return tokens.text(token).stripTrailing();
    }

    /** The spaces before a comment behind code: two, or as many more as there were, which may align it. */
    String gap(Token comment) {
        int spaces = 0;
        while (spaces < comment.start() && source().text().charAt(comment.start() - spaces - 1) == ' ') {
            spaces++;
        }
        return " ".repeat(Math.max(2, spaces));
    }

    int line(int offset) {
        return source().lineAt(offset);
    }

    /** Takes the comments that begin between two offsets and were not taken yet. */
    List<Token> take(int from, int to) {
        var found = new ArrayList<Token>();
        for (int i = firstAtOrAfter(comments, from); i < comments.size()
                && comments.get(i).start() < to; i++) {
            if (taken.add(comments.get(i))) {
                found.add(comments.get(i));
            }
        }
        return found;
    }

    /** Whether a comment between two offsets is not taken yet. */
    boolean hasUntaken(int from, int to) {
        for (int i = firstAtOrAfter(comments, from); i < comments.size()
                && comments.get(i).start() < to; i++) {
            if (!taken.contains(comments.get(i))) {
                return true;
            }
        }
        return false;
    }

    boolean hasLineBreak(Span span) {
        return span.line() != span.endLine();
    }

    /** Whether the node alone stands in round brackets. Only for operands, whose brackets are no call's. */
    boolean isBracketed(Node node) {
        return !bracketed(node.span()).equals(node.span());
    }

    /** The span with all round brackets that hold nothing else. */
    Span bracketed(Span span) {
        int before = firstAtOrAfter(code, span.start()) - 1;
        int after = firstAtOrAfter(code, span.end());
        var result = span;
        while (before >= 0 && code.get(before).kind() == TokenKind.LEFT_PAREN
                && code.get(after).kind() == TokenKind.RIGHT_PAREN) {
            result = source().span(code.get(before--).start(), code.get(after++).end());
        }
        return result;
    }

    int bracketedEnd(Span span) {
        return bracketed(span).end();
    }

    /** The offset of the first token of a kind at or after an offset. */
    int find(TokenKind kind, int from) {
        int i = firstAtOrAfter(code, from);
        while (i < code.size() - 1 && code.get(i).kind() != kind) {
            i++;
        }
        return code.get(i).start();
    }

    private static int firstAtOrAfter(List<Token> tokens, int offset) {
        int low = 0;
        int high = tokens.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.get(middle).start() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
