package tfl.language.lex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tfl.language.source.Located;
import tfl.language.source.Source;

/**
 * Reads a text into tokens, whatever it is: what begins no token becomes {@link TokenKind#UNKNOWN} and a
 * problem. Strings nest through their interpolations, so the lexer keeps a stack of the strings it is inside
 * of, each with the number of brackets open in its interpolation.
 */
public final class Lexer {
    private static final String[] FOREIGN = {"===", "!==", "&&", "||", "++", "--", "=>", ":=", "<>", "!"};

    /** A string whose interpolation is being read. */
    private static final class OpenString {
        final int begin;
        final String quote;
        int brackets;

        OpenString(int begin, String quote) {
            this.begin = begin;
            this.quote = quote;
        }
    }

    private final Source source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Located> problems = new ArrayList<>();
    private final Deque<OpenString> strings = new ArrayDeque<>();
    private int at;
    private boolean startsLine = true;

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /** All tokens of a source. */
    public static Tokens tokens(Source source) {
        var lexer = new Lexer(source);
        lexer.run();
        return new Tokens(source, lexer.tokens, lexer.problems);
    }

    private void run() {
        if (text.startsWith("#!")) {
            comment();
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                lineBreak();
            } else if (Character.isWhitespace(c) || c == '\ufeff' || c == '\u00a0') {
                at++;
            } else {
                token(c);
            }
        }
        while (!strings.isEmpty()) {
            abandonString();
        }
        add(TokenKind.END, at);
    }

    private void lineBreak() {
        at++;
        startsLine = true;
        while (!strings.isEmpty() && strings.peek().quote.length() == 1) {
            abandonString();
        }
    }

    private void token(char c) {
        if (c == '#') {
            comment();
        } else if (c >= '0' && c <= '9' || c == '.' && isDigit(at + 1) && !followsNumberOrName()) {
            number();
        } else if (c == '"' || c == 'r' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
            string();
        } else if (Names.isStart(text.codePointAt(at))) {
            word();
        } else if (!interpolationPart(c)) {
            symbol();
        }
    }

    private void comment() {
        int start = at;
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        int stop = at > start && text.charAt(at - 1) == '\r' ? at - 1 : at;
        boolean doc = text.startsWith("##", start) && !text.startsWith("###", start);
        tokens.add(new Token(doc ? TokenKind.DOC_COMMENT : TokenKind.COMMENT, start, stop, startsLine));
    }

    /** Reads as far as letters, digits and dots go; the parser says what the number is worth. */
    private void number() {
        int start = at;
        boolean isFloat = false;
        if (text.charAt(at) == '0' && at + 1 < text.length() && "xXbBoO".indexOf(text.charAt(at + 1)) >= 0
                && (isHexDigit(at + 2) || "xXoO".indexOf(text.charAt(at + 1)) >= 0)) {
            at += 2;
        } else {
            digits();
            if (at < text.length() && text.charAt(at) == '.' && !isDotOrName(at + 1)) {
                isFloat = true;
                at++;
                digits();
            }
            if (isExponent()) {
                isFloat = true;
                at += 2;
            }
        }
        while (at < text.length() && Names.isPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        add(isFloat ? TokenKind.FLOAT : TokenKind.INT, start);
    }

    private void digits() {
        while (isDigit(at) || at < text.length() && text.charAt(at) == '_') {
            at++;
        }
    }

    private boolean isExponent() {
        if (at >= text.length() || text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        boolean sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0;
        return isDigit(at + (sign ? 2 : 1));
    }

    /** True where {@code 1.} cannot be a float: before {@code ..} and before a method's name. */
    private boolean isDotOrName(int i) {
        return i < text.length() && (text.charAt(i) == '.' || Names.isStart(text.codePointAt(i)));
    }

    /** True right behind something whose next dot is an access: {@code t.0} is no number. */
    private boolean followsNumberOrName() {
        if (at == 0 || tokens.isEmpty() || tokens.getLast().end() != at) {
            return false;
        }
        return switch (tokens.getLast().kind()) {
            case NAME, INT, FLOAT, STRING_END, RIGHT_PAREN, RIGHT_BRACKET, RIGHT_BRACE -> true;
            default -> false;
        };
    }

    private boolean isDigit(int i) {
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private boolean isHexDigit(int i) {
        return i < text.length() && Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 128;
    }

    private void word() {
        int start = at;
        while (at < text.length() && Names.isPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        add(TokenKind.ofWord(text.substring(start, at)).orElse(TokenKind.NAME), start);
    }

    private void string() {
        int begin = at;
        boolean raw = text.charAt(at) == 'r';
        at += raw ? 1 : 0;
        String quote = text.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
        at += quote.length();
        add(TokenKind.STRING_BEGIN, begin);
        stringText(begin, quote, raw);
    }

    /** Reads the text of a string up to its end or its next interpolation. */
    private void stringText(int begin, String quote, boolean raw) {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith(quote, at)) {
                addText(start);
                int end = at;
                at += quote.length();
                add(TokenKind.STRING_END, end);
                return;
            } else if (c == '\n' && quote.length() == 1) {
                break;
            } else if (!raw && c == '\\') {
                skipEscape(quote);
            } else if (!raw && (text.startsWith("{{", at) || text.startsWith("}}", at))) {
                at += 2;
            } else if (!raw && c == '{') {
                addText(start);
                at++;
                add(TokenKind.INTERPOLATION_BEGIN, at - 1);
                strings.push(new OpenString(begin, quote));
                return;
            } else {
                at++;
            }
        }
        addText(start);
        if (strings.isEmpty() || quote.length() == 3) {
            unterminated(begin, quote);
        }
    }

    /** The character behind a backslash neither ends the string nor begins an interpolation. */
    private void skipEscape(String quote) {
        if (text.startsWith("\\u{", at)) {
            at += 3;
        } else {
            at += at + 1 < text.length() && (text.charAt(at + 1) != '\n' || quote.length() == 3) ? 2 : 1;
        }
    }

    private void addText(int start) {
        if (at > start) {
            add(TokenKind.STRING_TEXT, start);
        }
    }

    /** Leaves an interpolated string that was not closed where it had to be. */
    private void abandonString() {
        var open = strings.pop();
        unterminated(open.begin, open.quote);
    }

    private void unterminated(int begin, String quote) {
        int stop = text.indexOf('\n', begin);
        int end = stop < 0 || quote.length() == 3 ? Math.min(begin + quote.length(), text.length()) : stop;
        problems.add(new Located(new SyntaxProblem.UnterminatedString(quote), source.span(begin, end)));
    }

    /**
     * What means something else inside an interpolation: its end, its format, and brackets, which hide both.
     */
    private boolean interpolationPart(char c) {
        if (strings.isEmpty()) {
            return false;
        }
        var open = strings.peek();
        if (c == '(' || c == '[' || c == '{') {
            open.brackets++;
        } else if (open.brackets > 0 && (c == ')' || c == ']' || c == '}')) {
            open.brackets--;
        } else if (c == '}') {
            endInterpolation(open);
            return true;
        } else if (c == ':' && open.brackets == 0) {
            format(open);
            return true;
        }
        return false;
    }

    private void format(OpenString open) {
        int start = at;
        while (at < text.length() && text.charAt(at) != '}' && text.charAt(at) != '\n') {
            at++;
        }
        add(TokenKind.INTERPOLATION_FORMAT, start);
        if (at < text.length() && text.charAt(at) == '}') {
            endInterpolation(open);
        }
    }

    private void endInterpolation(OpenString open) {
        at++;
        add(TokenKind.INTERPOLATION_END, at - 1);
        strings.pop();
        stringText(open.begin, open.quote, false);
    }

    private void symbol() {
        int start = at;
        for (String foreign : FOREIGN) {
            if (isForeign(foreign)) {
                at += foreign.length();
                add(TokenKind.UNKNOWN, start);
                problem(new SyntaxProblem.ForeignSpelling(foreign,
                        Spellings.ofOperator(foreign).orElseThrow()), start);
                return;
            }
        }
        for (int length = Math.min(TokenKind.LONGEST_SYMBOL, text.length() - at); length > 0; length--) {
            var kind = TokenKind.ofSymbol(text.substring(at, at + length));
            if (kind.isPresent()) {
                at += length;
                add(kind.get(), start);
                return;
            }
        }
        unknownCharacters();
    }

    /**
     * {@code x -- y} and {@code a ++b} are legal chains of operators; only a postfix or doubled use is
     * foreign.
     */
    private boolean isForeign(String operator) {
        if (!text.startsWith(operator, at)) {
            return false;
        }
        int end = at + operator.length();
        return switch (operator) {
            case "++", "--" -> followsNumberOrName() && endsExpression(end);
            case "!" -> end == text.length() || text.charAt(end) != '=';
            default -> true;
        };
    }

    private boolean endsExpression(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i == text.length() || "\n\r;)}],#".indexOf(text.charAt(i)) >= 0;
    }

    /** One token and one problem for a run of characters that mean nothing. */
    private void unknownCharacters() {
        int start = at;
        if (!skipSingleQuotes()) {
            do {
                at += Character.charCount(text.codePointAt(at));
            } while (at < text.length() && isUnknown(text.codePointAt(at)));
        }
        add(TokenKind.UNKNOWN, start);
        String first = new String(Character.toChars(text.codePointAt(start)));
        boolean visible = !Character.isISOControl(text.codePointAt(start))
                && Character.isDefined(text.codePointAt(start))
                && !Character.isSurrogate(text.charAt(start))
                        || Character.isSupplementaryCodePoint(text.codePointAt(start));
        problem(new SyntaxProblem.UnknownCharacter(visible ? first
                : String.format("U+%04X", text.codePointAt(start))), start);
    }

    /** {@code 'text'} is one mistake, not two. */
    private boolean skipSingleQuotes() {
        int end = text.charAt(at) == '\'' ? text.indexOf('\'', at + 1) : -1;
        if (end < 0 || text.substring(at, end).indexOf('\n') >= 0) {
            return false;
        }
        at = end + 1;
        return true;
    }

    private static boolean isUnknown(int point) {
        return !Character.isWhitespace(point) && !Names.isPart(point) && "#\"!{}".indexOf(point) < 0
                && TokenKind.ofSymbol(Character.toString(point)).isEmpty();
    }

    private void problem(SyntaxProblem problem, int start) {
        problems.add(new Located(problem, source.span(start, at)));
    }

    private void add(TokenKind kind, int start) {
        tokens.add(new Token(kind, start, at, startsLine));
        startsLine = false;
    }
}
