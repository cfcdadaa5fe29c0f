package tfl.interpreter.node.collect;

import tfl.interpreter.builtin.tensor.Operators;
import tfl.language.ast.BinaryOperator;
import tfl.language.ast.ComparisonOperator;

/**
 * A range of which only a graph knows where it begins or ends.
 *
 * @param from an int, or a number that only the graph knows
 * @param to the same
 */
public record OpenRange(Object from, Object to, long by, boolean inclusive) {
    /** Whether that number is not yet beyond the range: a {@code Boolean}, or what only the graph knows. */
    public Object has(Object number) {
        return Operators.compare(by > 0 ? inclusive ? ComparisonOperator.LESS_EQUAL : ComparisonOperator.LESS
                : inclusive ? ComparisonOperator.GREATER_EQUAL : ComparisonOperator.GREATER, number, to);
    }

    /** The number after that one. */
    public Object after(Object number) {
        return Operators.binary(BinaryOperator.ADD, number, by);
    }
}
