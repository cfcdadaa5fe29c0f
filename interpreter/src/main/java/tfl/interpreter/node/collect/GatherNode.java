package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.ArrayList;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.sequence.Cursor;
import tfl.interpreter.node.sequence.Cursors;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.TupleValue;

/** {@code [a, b]}, and tuples and tensors with {@code *sequence} among their elements. */
public final class GatherNode extends ExpressionNode {
    @Children private final ExpressionNode[] elements;
    private final boolean[] spread;
    private final boolean tensor;

    /** @param spread which elements are sequences whose values are taken one by one */
    public GatherNode(ExpressionNode[] elements, boolean[] spread, boolean tensor) {
        this.elements = elements;
        this.spread = spread;
        this.tensor = tensor;
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        var values = new Object[elements.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = elements[i].executeGeneric(frame);
        }
        try {
            return gather(values);
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    @TruffleBoundary
    private Object gather(Object[] values) {
        var all = new ArrayList<Object>();
        for (int i = 0; i < values.length; i++) {
            if (spread[i]) {
                Cursor cursor = Cursors.of(values[i], this);
                for (Object each = cursor.next(); each != null; each = cursor.next()) {
                    all.add(each);
                }
            } else {
                all.add(values[i]);
            }
        }
        return tensor ? stack(all.toArray()) : new TupleValue(all.toArray());
    }

    /** A tensor of these elements, which are used up. */
    @TruffleBoundary
    static Object stack(Object[] elements) {
        Object result = Operators.stack(elements);
        for (var element : elements) {
            Holding.discardAfter(element, result);
        }
        return result;
    }
}
