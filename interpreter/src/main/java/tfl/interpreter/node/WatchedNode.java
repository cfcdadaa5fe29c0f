package tfl.interpreter.node;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.InstrumentableNode.WrapperNode;
import com.oracle.truffle.api.instrumentation.ProbeNode;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.UnexpectedResultException;
import tfl.interpreter.value.None;
import tfl.interpreter.view.View;

/**
 * An expression that an instrument watches. Written out, because the wrapper that Truffle would generate takes a node
 * that is run for its effect as one whose value is wanted, which traced programs tell apart.
 */
final class WatchedNode extends ExpressionNode implements WrapperNode {
    @Child private ExpressionNode watched;
    @Child private ProbeNode probe;

    WatchedNode(ExpressionNode watched, ProbeNode probe) {
        this.watched = watched;
        this.probe = probe;
        at(watched.span());
    }

    @Override
    public Node getDelegateNode() {
        return watched;
    }

    @Override
    public ProbeNode getProbeNode() {
        return probe;
    }

    @Override
    public boolean isInstrumentable() {
        return false;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        while (true) {
            boolean returned = false;
            try {
                probe.onEnter(frame);
                Object value = watched.executeGeneric(frame);
                returned = true;
                probe.onReturnValue(frame, View.ofPassing(value));
                return value;
            } catch (Throwable leaving) {
                Object instead = instead(frame, leaving, returned);
                if (instead != null) {
                    return View.inside(instead);
                }
            }
        }
    }

    @Override
    public void run(VirtualFrame frame) {
        while (true) {
            boolean returned = false;
            try {
                probe.onEnter(frame);
                watched.run(frame);
                returned = true;
                probe.onReturnValue(frame, View.ofPassing(None.NONE));
                return;
            } catch (Throwable leaving) {
                if (instead(frame, leaving, returned) != null) {
                    return;
                }
            }
        }
    }

    @Override
    public long executeLong(VirtualFrame frame) throws UnexpectedResultException {
        while (true) {
            boolean returned = false;
            try {
                probe.onEnter(frame);
                long value = watched.executeLong(frame);
                returned = true;
                probe.onReturnValue(frame, value);
                return value;
            } catch (UnexpectedResultException other) {
                probe.onReturnValue(frame, View.ofPassing(other.getResult()));
                throw other;
            } catch (Throwable leaving) {
                Object instead = instead(frame, leaving, returned);
                if (instead != null) {
                    return asLong(instead);
                }
            }
        }
    }

    @Override
    public double executeDouble(VirtualFrame frame) throws UnexpectedResultException {
        while (true) {
            boolean returned = false;
            try {
                probe.onEnter(frame);
                double value = watched.executeDouble(frame);
                returned = true;
                probe.onReturnValue(frame, value);
                return value;
            } catch (UnexpectedResultException other) {
                probe.onReturnValue(frame, View.ofPassing(other.getResult()));
                throw other;
            } catch (Throwable leaving) {
                Object instead = instead(frame, leaving, returned);
                if (instead != null) {
                    return asDouble(instead);
                }
            }
        }
    }

    @Override
    public boolean executeBoolean(VirtualFrame frame) throws UnexpectedResultException {
        while (true) {
            boolean returned = false;
            try {
                probe.onEnter(frame);
                boolean value = watched.executeBoolean(frame);
                returned = true;
                probe.onReturnValue(frame, value);
                return value;
            } catch (UnexpectedResultException other) {
                probe.onReturnValue(frame, View.ofPassing(other.getResult()));
                throw other;
            } catch (Throwable leaving) {
                Object instead = instead(frame, leaving, returned);
                if (instead != null) {
                    return asBoolean(instead);
                }
            }
        }
    }

    /** The value that a tool gives instead, or null to execute again; what else leaves goes on. */
    private Object instead(VirtualFrame frame, Throwable leaving, boolean returned) {
        Object result = probe.onReturnExceptionalOrUnwind(frame, leaving, returned);
        if (result == null) {
            throw sneaky(leaving);
        }
        return result == ProbeNode.UNWIND_ACTION_REENTER ? null : result;
    }

    private static long asLong(Object instead) throws UnexpectedResultException {
        if (View.inside(instead) instanceof Long number) {
            return number;
        }
        throw new UnexpectedResultException(View.inside(instead));
    }

    private static double asDouble(Object instead) throws UnexpectedResultException {
        if (View.inside(instead) instanceof Double number) {
            return number;
        }
        throw new UnexpectedResultException(View.inside(instead));
    }

    private static boolean asBoolean(Object instead) throws UnexpectedResultException {
        if (View.inside(instead) instanceof Boolean truth) {
            return truth;
        }
        throw new UnexpectedResultException(View.inside(instead));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable leaving) throws T {
        throw (T) leaving;
    }
}
