package tfl.interpreter.node.call;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.Failures;
import tfl.interpreter.value.Holding;

/** {@code f(x, rate=y)}. */
public final class CallNode extends ExpressionNode {
    @Child private ExpressionNode callee;
    @Children private final ExpressionNode[] arguments;
    @Child private DispatchNode dispatch;

    public CallNode(ExpressionNode callee, ExpressionNode[] arguments, ArgumentShape shape) {
        this(callee, arguments, shape, null);
    }

    /** @param rebinding which arguments the statement around binds again; null for none */
    public CallNode(ExpressionNode callee, ExpressionNode[] arguments, ArgumentShape shape, Rebinding rebinding) {
        this.callee = callee;
        this.arguments = arguments;
        this.dispatch = DispatchNodeGen.create(shape, rebinding);
    }

    @Override
    @ExplodeLoop
    public Object executeGeneric(VirtualFrame frame) {
        Object function = callee.executeGeneric(frame);
        var values = new Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].executeGeneric(frame);
        }
        try {
            Object result = dispatch.call(function, values);
            Holding.discardAfter(function, result);
            return result;
        } catch (RuntimeException error) {
            throw located(error);
        } catch (StackOverflowError tooDeep) {
            throw Failures.located(tooDeep, span(), this);
        }
    }
}
