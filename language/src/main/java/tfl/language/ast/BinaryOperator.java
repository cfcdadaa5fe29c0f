package tfl.language.ast;

/** Operators of two operands that take part in updates ({@code x += 1}). A larger level binds tighter. */
public enum BinaryOperator {
    BITWISE_OR("|", 3), BITWISE_XOR("^", 4), BITWISE_AND("&", 5),
    SHIFT_LEFT("<<", 6), SHIFT_RIGHT(">>", 6),
    ADD("+", 7), SUBTRACT("-", 7),
    MATMUL("@", 8), MULTIPLY("*", 8), DIVIDE("/", 8), FLOOR_DIVIDE("//", 8), REMAINDER("%", 8),
    POWER("**", 10);

    private final String symbol;
    private final int level;

    BinaryOperator(String symbol, int level) {
        this.symbol = symbol;
        this.level = level;
    }

    public String symbol() {
        return symbol;
    }

    public int level() {
        return level;
    }
}
