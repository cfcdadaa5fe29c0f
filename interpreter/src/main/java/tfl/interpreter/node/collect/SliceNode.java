package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.None;
import tfl.interpreter.value.SliceValue;
import tfl.tensor.Tensor;

/** {@code start:stop:step} between brackets. */
public final class SliceNode extends ExpressionNode {
    @Child private ExpressionNode start;
    @Child private ExpressionNode stop;
    @Child private ExpressionNode step;

    /** Each is null where it is left out. */
    public SliceNode(ExpressionNode start, ExpressionNode stop, ExpressionNode step) {
        this.start = start;
        this.stop = stop;
        this.step = step;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return new SliceValue(bound(frame, start), bound(frame, stop), bound(frame, step));
    }

    private static Long bound(VirtualFrame frame, ExpressionNode node) {
        return node == null ? null : converted(node, node.executeGeneric(frame));
    }

    @TruffleBoundary
    private static Long converted(ExpressionNode node, Object value) {
        if (value instanceof Long number) {
            return number;
        } else if (value == None.NONE) {
            return null;
        } else if (value instanceof Tensor tensor && tensor.size() == 1 && tensor.dtype().isInteger()) {
            return tensor.readLong(0);
        }
        throw node.located(TflException.of(ErrorKind.TYPE, "TFL-E0226", "the bounds of a slice are ints, this is "
                + Kinds.describe(value), null));
    }
}
