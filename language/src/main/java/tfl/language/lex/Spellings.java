package tfl.language.lex;

import java.util.Map;
import java.util.Optional;

/** What people write who come from other languages, and what to write instead. */
public final class Spellings {
    private static final Map<String, String> OPERATORS = Map.of(
            "&&", "write `and`", "||", "write `or`", "!", "write `not`", "===", "write `==`", "!==",
                    "write `!=`",
            "++", "write `x += 1`", "--", "write `x -= 1`", "=>", "write `->`", ":=", "write `=`", "<>",
                    "write `!=`");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("def", "write `fn name(x) { ... }`"),
                    Map.entry("function", "write `fn name(x) { ... }`"),
            Map.entry("func", "write `fn name(x) { ... }`"), Map.entry("fun", "write `fn name(x) { ... }`"),
            Map.entry("lambda", "write `x -> x + 1`"), Map.entry("elif", "write `else if`"),
            Map.entry("elseif", "write `else if`"),
                    Map.entry("let", "write `x = 1`, without a word before it"),
            Map.entry("var", "write `x = 1`, without a word before it"),
            Map.entry("const", "write `x = 1`, without a word before it"),
            Map.entry("class", "write `struct Name(fields) { methods }`"),
                    Map.entry("switch", "write `match`"),
            Map.entry("except", "write `catch`"), Map.entry("raise", "write `error(\"message\")`"),
            Map.entry("throw", "write `error(\"message\")`"), Map.entry("True", "write `true`"),
            Map.entry("False", "write `false`"), Map.entry("None", "write `none`"),
                    Map.entry("null", "write `none`"),
            Map.entry("nil", "write `none`"), Map.entry("pass", "write `none`"),
            Map.entry("yield", "write a comprehension, or a stream of `data`"));

    private static final Map<String, String> CHARACTERS = Map.of(
            "'", "strings are written with \"", "`", "strings are written with \"", "?",
                    "write `if c { a } else { b }`",
            "“", "strings are written with plain \"", "”", "strings are written with plain \"", "×",
                    "write `*`",
            "÷", "write `/`", "≤", "write `<=`", "≥", "write `>=`", "≠", "write `!=`");

    private Spellings() {}

    static Optional<String> ofOperator(String text) {
        return Optional.ofNullable(OPERATORS.get(text));
    }

    static Optional<String> ofCharacter(String text) {
        return Optional.ofNullable(CHARACTERS.get(text));
    }

    /** Advice for a word of another language that is no keyword here. */
    public static Optional<String> ofWord(String word) {
        return Optional.ofNullable(WORDS.get(word));
    }
}
