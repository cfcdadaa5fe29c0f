package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.None;
import tfl.interpreter.value.SliceValue;
import tfl.primitive.ShapeProblem;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

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
        } else if (value instanceof TensorValue tensor && tensor.type().shape().size() == 1
                && tensor.type().dtype().isInteger()) {
            try {
                return Lifted.plain(tensor).readLong(0);
            } catch (ShapeProblem unknown) {
                throw node.located(unknown);
            }
        }
        throw node.located(TflException.of(ErrorKind.TYPE, "TFL-E0226", "the bounds of a slice are ints, this is "
                + Kinds.describe(value), null));
    }
}
