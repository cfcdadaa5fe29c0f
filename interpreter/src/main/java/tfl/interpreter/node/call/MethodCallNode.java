package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.Arrays;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Foreign;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;

/** {@code x.f(y)}: a field or method of x first, then {@code f(x, y)}. */
public final class MethodCallNode extends ExpressionNode {
    private final String name;
    @Child private ExpressionNode receiver;
    @Child private MemberNode member;
    @Child private MethodNode method;
    @Child private ExpressionNode function;
    @Children private final ExpressionNode[] arguments;
    @Child private DispatchNode asField;
    @Child private DispatchNode asFunction;

    /**
     * A call.
     *
     * @param function the function of that name where the call stands; null for none
     * @param rebinding which of the receiver and the arguments the statement around binds again; null for none
     */
    public MethodCallNode(ExpressionNode receiver, String name, ExpressionNode function, ExpressionNode[] arguments,
            ArgumentShape shape, Rebinding rebinding) {
        this.receiver = receiver;
        this.name = name;
        this.function = function;
        this.arguments = arguments;
        this.member = MemberNodeGen.create(name);
        this.method = MethodNodeGen.create(name);
        this.asField = DispatchNodeGen.create(shape, rebinding == null ? null : rebinding.withoutReceiver());
        this.asFunction = DispatchNodeGen.create(shape.withReceiver(), rebinding);
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object target = receiver.executeGeneric(frame);
        try {
            Object field = member.execute(target);
            if (field != null) {
                Object result = asField.call(field, arguments(frame, 0, null));
                Holding.discardAfter(target, result);
                return result;
            }
            FunctionValue own = method.execute(target);
            if (own != null) {
                return asFunction.call(own, arguments(frame, 1, target));
            } else if (target instanceof TruffleObject && Foreign.isInvocable(target, name)) {
                return invoke(target, arguments(frame, 0, null));
            } else if (function != null) {
                return asFunction.call(function.executeGeneric(frame), arguments(frame, 1, target));
            }
            throw MemberErrors.missing(target, name);
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    @ExplodeLoop
    private Object[] arguments(VirtualFrame frame, int offset, Object first) {
        var values = new Object[arguments.length + offset];
        if (offset > 0) {
            values[0] = first;
        }
        for (int i = 0; i < arguments.length; i++) {
            values[i + offset] = arguments[i].executeGeneric(frame);
        }
        return values;
    }

    @TruffleBoundary
    private Object invoke(Object target, Object[] values) {
        return Foreign.invoke(new CallContext(this), target, name, Arrays.copyOf(values, arguments.length));
    }
}
