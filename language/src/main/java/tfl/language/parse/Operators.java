package tfl.language.parse;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;
import tfl.language.ast.UnaryOperator;
import tfl.language.lex.TokenKind;

/** Which token is which operator. */
final class Operators {
    private static final Map<TokenKind, BinaryOperator> ARITHMETIC = new EnumMap<>(Map.ofEntries(
            Map.entry(TokenKind.BAR, BinaryOperator.BITWISE_OR),
                    Map.entry(TokenKind.CARET, BinaryOperator.BITWISE_XOR),
            Map.entry(TokenKind.AMPERSAND, BinaryOperator.BITWISE_AND),
            Map.entry(TokenKind.SHIFT_LEFT, BinaryOperator.SHIFT_LEFT),
            Map.entry(TokenKind.SHIFT_RIGHT, BinaryOperator.SHIFT_RIGHT),
            Map.entry(TokenKind.PLUS, BinaryOperator.ADD),
                    Map.entry(TokenKind.MINUS, BinaryOperator.SUBTRACT),
            Map.entry(TokenKind.AT, BinaryOperator.MATMUL),
                    Map.entry(TokenKind.STAR, BinaryOperator.MULTIPLY),
            Map.entry(TokenKind.SLASH, BinaryOperator.DIVIDE),
                    Map.entry(TokenKind.FLOOR, BinaryOperator.FLOOR_DIVIDE),
            Map.entry(TokenKind.PERCENT, BinaryOperator.REMAINDER)));

    private static final Map<TokenKind, BinaryOperator> UPDATE = new EnumMap<>(Map.ofEntries(
            Map.entry(TokenKind.PLUS_ASSIGN, BinaryOperator.ADD),
                    Map.entry(TokenKind.MINUS_ASSIGN, BinaryOperator.SUBTRACT),
            Map.entry(TokenKind.STAR_ASSIGN, BinaryOperator.MULTIPLY),
                    Map.entry(TokenKind.SLASH_ASSIGN, BinaryOperator.DIVIDE),
            Map.entry(TokenKind.FLOOR_ASSIGN, BinaryOperator.FLOOR_DIVIDE),
            Map.entry(TokenKind.PERCENT_ASSIGN, BinaryOperator.REMAINDER),
            Map.entry(TokenKind.AT_ASSIGN, BinaryOperator.MATMUL),
                    Map.entry(TokenKind.POWER_ASSIGN, BinaryOperator.POWER),
            Map.entry(TokenKind.AND_ASSIGN, BinaryOperator.BITWISE_AND),
                    Map.entry(TokenKind.OR_ASSIGN, BinaryOperator.BITWISE_OR),
            Map.entry(TokenKind.XOR_ASSIGN, BinaryOperator.BITWISE_XOR),
            Map.entry(TokenKind.LEFT_ASSIGN, BinaryOperator.SHIFT_LEFT),
            Map.entry(TokenKind.RIGHT_ASSIGN, BinaryOperator.SHIFT_RIGHT)));

    private static final Map<TokenKind, ComparisonOperator> COMPARISON = new EnumMap<>(Map.of(
            TokenKind.EQUAL, ComparisonOperator.EQUAL, TokenKind.NOT_EQUAL, ComparisonOperator.NOT_EQUAL,
            TokenKind.LESS, ComparisonOperator.LESS, TokenKind.LESS_EQUAL, ComparisonOperator.LESS_EQUAL,
            TokenKind.GREATER, ComparisonOperator.GREATER, TokenKind.GREATER_EQUAL,
                    ComparisonOperator.GREATER_EQUAL,
            TokenKind.IN, ComparisonOperator.IN, TokenKind.NOT, ComparisonOperator.NOT_IN));

    private static final Map<TokenKind, UnaryOperator> UNARY = new EnumMap<>(Map.of(
            TokenKind.PLUS, UnaryOperator.PLUS, TokenKind.MINUS, UnaryOperator.NEGATE,
            TokenKind.TILDE, UnaryOperator.INVERT, TokenKind.NOT, UnaryOperator.NOT));

    private Operators() {}

    /** Those between unary operators and ranges. */
    static Optional<BinaryOperator> arithmetic(TokenKind kind) {
        return Optional.ofNullable(ARITHMETIC.get(kind));
    }

    /** {@code +=} and its like. */
    static Optional<BinaryOperator> update(TokenKind kind) {
        return Optional.ofNullable(UPDATE.get(kind));
    }

    /** {@code not} stands for {@code not in}; the caller looks for the {@code in}. */
    static Optional<ComparisonOperator> comparison(TokenKind kind) {
        return Optional.ofNullable(COMPARISON.get(kind));
    }

    static Optional<UnaryOperator> unary(TokenKind kind) {
        return Optional.ofNullable(UNARY.get(kind));
    }
}
