package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Refusals;
import tfl.interpreter.value.RangeValue;
import tfl.tensor.Tensor;
import tfl.transform.Lifted;

/** {@code a..b by c}. */
public final class RangeNode extends ExpressionNode {
    @Child private ExpressionNode start;
    @Child private ExpressionNode end;
    @Child private ExpressionNode step;
    private final boolean inclusive;
    private boolean counted;

    /** @param step null for one */
    public RangeNode(ExpressionNode start, ExpressionNode end, ExpressionNode step, boolean inclusive) {
        this.start = start;
        this.end = end;
        this.step = step;
        this.inclusive = inclusive;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeRange(frame);
    }

    /** The same, whose bounds a loop counts in: a tool watches the bounds, and no range. */
    public RangeNode counted() {
        counted = true;
        return this;
    }

    @Override
    public boolean isInstrumentable() {
        return !counted && super.isInstrumentable();
    }

    /** The range. */
    public RangeValue executeRange(VirtualFrame frame) {
        long from = bound(start, start.executeGeneric(frame));
        long to = bound(end, end.executeGeneric(frame));
        long by = step == null ? 1 : bound(step, step.executeGeneric(frame));
        if (by == 0) {
            throw step.located(TflException.of(ErrorKind.VALUE, "TFL-E0224", "a range cannot go by steps of 0",
                    null));
        }
        try {
            return RangeValue.of(from, to, inclusive, by);
        } catch (ArithmeticException tooLong) {
            throw located(TflException.of(ErrorKind.ARITHMETIC, "TFL-E0231",
                    "this range is longer than an int can count", null));
        }
    }

    private static long bound(ExpressionNode node, Object value) {
        return value instanceof Long number ? number : converted(node, value);
    }

    @TruffleBoundary
    private static long converted(ExpressionNode node, Object value) {
        if (value instanceof Tensor tensor && tensor.size() == 1 && tensor.dtype().isInteger()) {
            return tensor.readLong(0);
        }
        if (value instanceof Lifted lifted && lifted.type().shape().size() == 1) {
            if (!lifted.type().dtype().isInteger() || !Lifted.isKnown(lifted)) {
                throw Refusals.unknown("the bound of this range", node.span(), node);
            }
            return Lifted.plain(lifted).readLong(0);
        }
        throw node.located(TflException.of(ErrorKind.TYPE, "TFL-E0225", "the bounds of a range are ints, this is "
                + Kinds.describe(value), "for evenly spaced floats use linspace(start, stop, n)"));
    }
}
