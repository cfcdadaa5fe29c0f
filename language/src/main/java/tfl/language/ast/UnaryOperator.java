package tfl.language.ast;

/** Operators of one operand. */
public enum UnaryOperator {
    PLUS("+"), NEGATE("-"), INVERT("~"), NOT("not");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
