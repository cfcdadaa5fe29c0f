package tfl.language.lex;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of tokens. A string is several: its begin, texts, interpolations with the tokens inside them, its
 * end.
 */
public enum TokenKind {
    NAME("a name", Group.NAME),
    INT("a number", Group.NUMBER),
    FLOAT("a number", Group.NUMBER),
    STRING_BEGIN("a string", Group.STRING),
    STRING_TEXT("text", Group.STRING),
    STRING_END("the end of the string", Group.STRING),
    INTERPOLATION_BEGIN("`{`", Group.INTERPOLATION),
    INTERPOLATION_FORMAT("a format", Group.STRING),
    INTERPOLATION_END("`}`", Group.INTERPOLATION),
    COMMENT("a comment", Group.COMMENT),
    DOC_COMMENT("a comment", Group.COMMENT),
    UNKNOWN("an unknown character", Group.ERROR),
    /** Stands in for a line break that ends a statement; the lexer never makes one. */
    NEWLINE("the end of the line", Group.PUNCTUATION),
    END("the end of the text", Group.PUNCTUATION),

    FN(Group.KEYWORD, "fn"), STRUCT(Group.KEYWORD, "struct"), IF(Group.KEYWORD, "if"),
            ELSE(Group.KEYWORD, "else"),
    WHILE(Group.KEYWORD, "while"), FOR(Group.KEYWORD, "for"), BREAK(Group.KEYWORD, "break"),
    CONTINUE(Group.KEYWORD, "continue"), RETURN(Group.KEYWORD, "return"), MATCH(Group.KEYWORD, "match"),
    TRY(Group.KEYWORD, "try"), CATCH(Group.KEYWORD, "catch"), FINALLY(Group.KEYWORD, "finally"),
    ASSERT(Group.KEYWORD, "assert"), IMPORT(Group.KEYWORD, "import"),
    IN(Group.WORD_OPERATOR, "in"), AND(Group.WORD_OPERATOR, "and"), OR(Group.WORD_OPERATOR, "or"),
    NOT(Group.WORD_OPERATOR, "not"),
    TRUE(Group.CONSTANT, "true"), FALSE(Group.CONSTANT, "false"), NONE(Group.CONSTANT, "none"),

    LEFT_PAREN(Group.PUNCTUATION, "("), RIGHT_PAREN(Group.PUNCTUATION, ")"),
    LEFT_BRACKET(Group.PUNCTUATION, "["), RIGHT_BRACKET(Group.PUNCTUATION, "]"),
    LEFT_BRACE(Group.PUNCTUATION, "{"), RIGHT_BRACE(Group.PUNCTUATION, "}"),
    SEMICOLON(Group.PUNCTUATION, ";"), DOT(Group.PUNCTUATION, "."), ELLIPSIS(Group.PUNCTUATION, "..."),
    COMMA(Group.CONTINUING, ","), COLON(Group.CONTINUING, ":"),
    ARROW(Group.CONTINUING, "->"), PIPE(Group.CONTINUING, "|>"), ASSIGN(Group.CONTINUING, "="),
    PLUS_ASSIGN(Group.CONTINUING, "+="), MINUS_ASSIGN(Group.CONTINUING, "-="),
            STAR_ASSIGN(Group.CONTINUING, "*="),
    SLASH_ASSIGN(Group.CONTINUING, "/="), FLOOR_ASSIGN(Group.CONTINUING, "//="),
    PERCENT_ASSIGN(Group.CONTINUING, "%="), AT_ASSIGN(Group.CONTINUING, "@="),
            POWER_ASSIGN(Group.CONTINUING, "**="),
    AND_ASSIGN(Group.CONTINUING, "&="), OR_ASSIGN(Group.CONTINUING, "|="), XOR_ASSIGN(Group.CONTINUING, "^="),
    LEFT_ASSIGN(Group.CONTINUING, "<<="), RIGHT_ASSIGN(Group.CONTINUING, ">>="),
    POWER(Group.OPERATOR, "**"), STAR(Group.OPERATOR, "*"), AT(Group.OPERATOR, "@"),
            SLASH(Group.OPERATOR, "/"),
    FLOOR(Group.OPERATOR, "//"), PERCENT(Group.OPERATOR, "%"), PLUS(Group.OPERATOR, "+"),
            MINUS(Group.OPERATOR, "-"),
    SHIFT_LEFT(Group.OPERATOR, "<<"), SHIFT_RIGHT(Group.OPERATOR, ">>"), AMPERSAND(Group.OPERATOR, "&"),
    CARET(Group.OPERATOR, "^"), BAR(Group.OPERATOR, "|"), TILDE(Group.OPERATOR, "~"),
            RANGE(Group.OPERATOR, ".."),
    RANGE_INCLUSIVE(Group.OPERATOR, "..="), EQUAL(Group.OPERATOR, "=="), NOT_EQUAL(Group.OPERATOR, "!="),
    LESS(Group.OPERATOR, "<"), LESS_EQUAL(Group.OPERATOR, "<="), GREATER(Group.OPERATOR, ">"),
    GREATER_EQUAL(Group.OPERATOR, ">=");

    /** What a token looks like to a reader; a prompt gives each group a colour. */
    public enum Group {
        NAME, NUMBER, STRING, INTERPOLATION, COMMENT, KEYWORD, CONSTANT, WORD_OPERATOR, OPERATOR, CONTINUING,
                PUNCTUATION,
        ERROR
    }

    private static final Map<String, TokenKind> WORDS = table(Group.KEYWORD, Group.WORD_OPERATOR,
            Group.CONSTANT);
    private static final Map<String, TokenKind> SYMBOLS = table(Group.PUNCTUATION, Group.CONTINUING,
            Group.OPERATOR);
    /** The length of the longest symbol. */
    static final int LONGEST_SYMBOL = 3;

    private final Group group;
    private final String text;
    private final String description;

    TokenKind(String description, Group group) {
        this.group = group;
        this.text = "";
        this.description = description;
    }

    TokenKind(Group group, String text) {
        this.group = group;
        this.text = text;
        this.description = "`" + text + "`";
    }

    private static Map<String, TokenKind> table(Group... groups) {
        return Arrays.stream(values())
                .filter(kind -> !kind.text.isEmpty() && Arrays.asList(groups).contains(kind.group))
                .collect(Collectors.toUnmodifiableMap(TokenKind::text, Function.identity()));
    }

    static Optional<TokenKind> ofWord(String word) {
        return Optional.ofNullable(WORDS.get(word));
    }

    static Optional<TokenKind> ofSymbol(String symbol) {
        return Optional.ofNullable(SYMBOLS.get(symbol));
    }

    public Group group() {
        return group;
    }

    /** The text of a keyword or symbol, and an empty string for kinds whose text varies. */
    public String text() {
        return text;
    }

    /** How an error message calls it. */
    public String description() {
        return description;
    }

    /** Whether a line break behind this token never ends a statement. */
    public boolean continuesLine() {
        return group == Group.CONTINUING || group == Group.OPERATOR || group == Group.WORD_OPERATOR;
    }

    public boolean isComment() {
        return group == Group.COMMENT;
    }

    /** All keywords, for completion. */
    public static Set<String> words() {
        return WORDS.keySet();
    }
}
