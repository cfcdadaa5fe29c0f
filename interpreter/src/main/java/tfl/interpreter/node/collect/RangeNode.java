package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Refusals;
import tfl.interpreter.value.RangeValue;
import tfl.tensor.DType;
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
        if (executeOpen(frame) instanceof RangeValue known) {
            return known;
        }
        CompilerDirectives.transferToInterpreter();
        throw Refusals.unknown("the bound of this range", span(), this);
    }

    /** The range, or an {@link OpenRange} where only a graph knows its bounds. */
    public Object executeOpen(VirtualFrame frame) {
        Object from = bound(start, start.executeGeneric(frame));
        Object to = bound(end, end.executeGeneric(frame));
        Object by = step == null ? (Long) 1L : bound(step, step.executeGeneric(frame));
        if (!(by instanceof Long stride)) {
            CompilerDirectives.transferToInterpreter();
            throw Refusals.unknown("the step of this range", step.span(), step);
        }
        if (stride == 0) {
            throw step.located(TflException.of(ErrorKind.VALUE, "TFL-E0224", "a range cannot go by steps of 0",
                    null));
        }
        if (!(from instanceof Long first && to instanceof Long last)) {
            return new OpenRange(from, to, stride, inclusive);
        }
        try {
            return RangeValue.of(first, last, inclusive, stride);
        } catch (ArithmeticException tooLong) {
            throw located(TflException.of(ErrorKind.ARITHMETIC, "TFL-E0231",
                    "this range is longer than an int can count", null));
        }
    }

    private static Object bound(ExpressionNode node, Object value) {
        return value instanceof Long ? value : converted(node, value);
    }

    /** A {@code Long}, or a number that only the graph knows. */
    @TruffleBoundary
    private static Object converted(ExpressionNode node, Object value) {
        if (value instanceof Tensor tensor && tensor.size() == 1 && tensor.dtype().isInteger()) {
            return tensor.readLong(0);
        }
        if (value instanceof Lifted lifted && lifted.type().shape().size() == 1
                && lifted.type().dtype().isInteger()) {
            return Lifted.isKnown(lifted) ? (Object) Lifted.plain(lifted).readLong(0)
                    : Tensors.work(ops -> ops.number(lifted, DType.I64));
        }
        throw node.located(TflException.of(ErrorKind.TYPE, "TFL-E0225", "the bounds of a range are ints, this is "
                + Kinds.describe(value), "for evenly spaced floats use linspace(start, stop, n)"));
    }
}
