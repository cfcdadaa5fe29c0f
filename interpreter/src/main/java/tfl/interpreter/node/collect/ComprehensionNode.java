package tfl.interpreter.node.collect;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.TflException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.Failures;
import tfl.interpreter.trace.Gathering;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.TupleValue;
import tfl.language.source.Span;

/** {@code (f(x) for x in xs if p(x))}: loops that add to a list in a slot, then a tuple or tensor of it. */
public final class ComprehensionNode extends ExpressionNode {
    @Child private ExpressionNode loops;
    private final int slot;
    private final boolean tensor;

    /** @param loops the clauses as loops around an {@link Add} */
    public ComprehensionNode(ExpressionNode loops, int slot, boolean tensor) {
        this.loops = loops;
        this.slot = slot;
        this.tensor = tensor;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        var list = list(tensor);
        frame.setObject(slot, list);
        loops.run(frame);
        try {
            return gathered(list);
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    @TruffleBoundary
    private static Gathering list(boolean tensor) {
        return new Gathering(tensor);
    }

    @TruffleBoundary
    private Object gathered(Gathering list) {
        if (list.rows() != null) {
            return list.rows();
        }
        var values = list.toArray();
        var tuple = TupleValue.ofRetained(values);
        if (!tensor) {
            return tuple;
        }
        Object result = GatherNode.stack(values);
        return Holding.taken(tuple, result);
    }

    /** Adds a result to the list. */
    public static final class Add extends ExpressionNode {
        @Child private ExpressionNode value;
        private final int slot;
        private final Span whole;

        /** @param whole the comprehension, which is no element's own */
        public Add(ExpressionNode value, int slot, Span whole) {
            this.value = value;
            this.slot = slot;
            this.whole = whole;
        }

        @Override
        public Object executeGeneric(VirtualFrame frame) {
            try {
                add(frame.getObject(slot), value.executeGeneric(frame));
            } catch (TflException unknown) {
                throw unknown.at(whole, this);
            } catch (OutOfMemoryError tooMany) {
                throw Failures.located(tooMany, span(), this);
            }
            return None.NONE;
        }

        @TruffleBoundary
        private static void add(Object list, Object value) {
            ((Gathering) list).add(value);
        }
    }
}
