package tfl.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tfl.language.lex.Lexer;
import tfl.language.lex.Names;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.lex.Tokens;
import tfl.language.source.Source;

/** A place in a text, and what stands around it. */
final class Cursor {
    /** A path such as {@code set.train["x"]}, from one offset to another. */
    record Path(int start, int end, String text) {}

    /**
     * A call whose parentheses the cursor is inside of.
     *
     * @param position how many arguments are complete before the one at the cursor
     * @param keyword the keyword of the one at the cursor, or null
     * @param given the keywords given so far
     */
    record Call(Path callee, int position, String keyword, Set<String> given) {}

    final String text;
    final int at;
    /** Where the name begins that the cursor is in or behind; the cursor itself if there is none. */
    final int wordStart;
    private final Tokens before;

    Cursor(String text, int at) {
        this.text = text;
        this.at = Math.clamp(at, 0, text.length());
        this.before = Lexer.tokens(Source.of("<input>", text.substring(0, this.at)));
        int start = this.at;
        while (start > 0 && Names.isPart(text.codePointBefore(start))) {
            start -= Character.charCount(text.codePointBefore(start));
        }
        this.wordStart = start;
    }

    String word() {
        return text.substring(wordStart, at);
    }

    int wordEnd() {
        int end = at;
        while (end < text.length() && Names.isPart(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    boolean isInComment() {
        var last = last(1);
        return last != null && last.kind().isComment() && last.end() == at;
    }

    /** Whether the cursor is in the text of a string, not in one of its interpolations. */
    boolean isInString() {
        var last = last(1);
        return last != null && last.end() == at && switch (last.kind()) {
            case STRING_BEGIN, STRING_TEXT, INTERPOLATION_END, INTERPOLATION_FORMAT -> true;
            default -> false;
        };
    }

    /** Where the text of the string begins that the cursor is in; -1 outside of strings and behind interpolations. */
    int stringStart() {
        if (!isInString()) {
            return -1;
        }
        for (int i = 1;; i++) {
            var token = last(i);
            if (token == null || token.kind() != TokenKind.STRING_TEXT && token.kind() != TokenKind.STRING_BEGIN) {
                return -1;
            }
            if (token.kind() == TokenKind.STRING_BEGIN) {
                return token.end();
            }
        }
    }

    /** The path in front of {@code ["}, if the cursor is in the string behind that; or null. */
    Path indexed() {
        int string = stringStart();
        var quote = tokenEnding(string);
        var bracket = tokenBefore(quote);
        return bracket == null || bracket.kind() != TokenKind.LEFT_BRACKET ? null : pathEnding(bracket.start());
    }

    /** The path in front of the dot before the word, or null if there is no dot or no path. */
    Path owner() {
        return isBehindDot() ? pathEnding(wordStart - 1) : null;
    }

    boolean isBehindDot() {
        return wordStart > 0 && text.charAt(wordStart - 1) == '.'
                && !(wordStart > 1 && text.charAt(wordStart - 2) == '.');
    }

    /** The keyword whose value begins at the word, as {@code dtype} in {@code f(dtype=}; or null. */
    String valueOf() {
        var assign = lastBefore(wordStart);
        var name = tokenBefore(assign);
        return assign != null && assign.kind() == TokenKind.ASSIGN && name != null && name.kind() == TokenKind.NAME
                ? before.text(name) : null;
    }

    /** Whether the word names a module to import. */
    boolean isImport() {
        for (var token = lastBefore(wordStart); token != null; token = tokenBefore(token)) {
            if (token.kind() == TokenKind.IMPORT || token.kind() == TokenKind.NAME && isFrom(token)) {
                return token.kind() != TokenKind.IMPORT || importedFrom() == null;
            }
            if (token.kind() != TokenKind.COMMA && token.kind() != TokenKind.NAME) {
                return false;
            }
            if (token.startsLine()) {
                return false;
            }
        }
        return false;
    }

    /** The module in {@code from module import}, if the word is a name to bring in from it; or null. */
    String importedFrom() {
        for (var token = lastBefore(wordStart); token != null; token = tokenBefore(token)) {
            if (token.kind() == TokenKind.IMPORT) {
                var module = tokenBefore(token);
                var from = tokenBefore(module);
                return from != null && isFrom(from) ? before.text(module) : null;
            }
            if (token.kind() != TokenKind.COMMA && token.kind() != TokenKind.NAME || token.startsLine()) {
                return null;
            }
        }
        return null;
    }

    private boolean isFrom(Token token) {
        return token.startsLine() && before.text(token).equals("from");
    }

    /** The innermost call that is still open at the cursor, or null. */
    Call call() {
        var open = Brackets.openBefore(before.list(), wordStart);
        if (open == null || open.kind() != TokenKind.LEFT_PAREN) {
            return null;
        }
        var callee = pathEnding(open.start());
        return callee == null ? null : call(callee, open);
    }

    private Call call(Path callee, Token open) {
        int depth = 0;
        int position = 0;
        String keyword = null;
        var given = new LinkedHashSet<String>();
        Token previous = null;
        for (var token : before.list()) {
            if (token.start() <= open.start()) {
                continue;
            }
            depth += Brackets.isOpening(token.kind()) ? 1 : Brackets.isClosing(token.kind()) ? -1 : 0;
            if (depth == 0 && token.kind() == TokenKind.COMMA) {
                position++;
                keyword = null;
            } else if (depth == 0 && token.kind() == TokenKind.ASSIGN && previous.kind() == TokenKind.NAME) {
                keyword = before.text(previous);
                given.add(keyword);
            }
            previous = token;
        }
        return new Call(callee, position, keyword, given);
    }

    /** The names that stand in the text, other than the one at the cursor. */
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        for (var token : Lexer.tokens(Source.of("<input>", text)).list()) {
            if (token.kind() == TokenKind.NAME && token.start() != wordStart
                    && (token.start() == 0 || text.charAt(token.start() - 1) != '.')) {
                names.add(text.substring(token.start(), token.end()));
            }
        }
        return names;
    }

    /** The path that ends at an offset of the text before the cursor, or at the word around it; or null. */
    Path pathEnding(int end) {
        int start = end;
        while (true) {
            var token = tokenEnding(start);
            if (token == null) {
                return null;
            }
            if (token.kind() == TokenKind.RIGHT_BRACKET) {
                int open = literalIndex(token);
                if (open < 0) {
                    return null;
                }
                start = open;
                continue;
            }
            if (token.kind() != TokenKind.NAME) {
                return null;
            }
            start = token.start();
            var dot = tokenEnding(start);
            if (dot == null || dot.kind() != TokenKind.DOT) {
                return new Path(start, end, text.substring(start, end));
            }
            start = dot.start();
        }
    }

    /** Where {@code [0]}, {@code [-1]} or {@code ["name"]} begins that ends with this bracket; -1 for others. */
    private int literalIndex(Token close) {
        for (var token = tokenBefore(close); token != null; token = tokenBefore(token)) {
            switch (token.kind()) {
                case INT, MINUS, STRING_BEGIN, STRING_TEXT, STRING_END -> { }
                case LEFT_BRACKET -> {
                    return token.start();
                }
                default -> {
                    return -1;
                }
            }
        }
        return -1;
    }

    private Token tokenEnding(int end) {
        var token = lastBefore(end);
        return token != null && token.end() == end ? token : null;
    }

    private Token tokenBefore(Token token) {
        return token == null ? null : lastBefore(token.start());
    }

    private Token lastBefore(int offset) {
        List<Token> list = before.list();
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).end() <= offset && list.get(i).kind() != TokenKind.END
                    && list.get(i).end() > list.get(i).start()) {
                return list.get(i);
            }
        }
        return null;
    }

    /** The last token but {@code back} - 1, not counting the end of the text. */
    private Token last(int back) {
        int index = before.list().size() - 1 - back;
        return index < 0 ? null : before.list().get(index);
    }
}
