package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.trace.Conditions;
import tfl.language.ast.ComparisonOperator;
import tfl.language.source.Span;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/** A number, string, bool or none. */
public final class LiteralPattern extends PatternNode {
    private final Object literal;

    public LiteralPattern(Object literal, Span span) {
        super(span);
        this.literal = literal;
    }

    @Override
    public boolean matches(VirtualFrame frame, Object value) {
        if (value instanceof Long number) {
            return literal instanceof Long own ? (long) own == number : literal instanceof Double real
                    && (double) real == (double) (long) number;
        }
        if (value instanceof Double number) {
            return literal instanceof Double own ? (double) own == number : literal instanceof Long whole
                    && (double) (long) whole == (double) number;
        }
        return same(value);
    }

    @TruffleBoundary
    private boolean same(Object value) {
        if (value instanceof TensorValue tensor && tensor.type().shape().rank() == 0 && isOfKind(tensor)) {
            var equal = Operators.compare(ComparisonOperator.EQUAL, tensor, literal);
            return equal instanceof TensorValue truth ? Conditions.test(truth) : (boolean) equal;
        }
        return literal.equals(value instanceof DeferredText text && literal instanceof String ? text.text() : value);
    }

    // A bool is no number here, whatever == makes of it.
    private boolean isOfKind(TensorValue tensor) {
        return tensor.type().dtype() == DType.BOOL ? literal instanceof Boolean
                : literal instanceof Long || literal instanceof Double;
    }

    @Override
    protected String why(Object value) {
        return ValueText.inline(value) + " is not " + ValueText.inline(literal);
    }
}
