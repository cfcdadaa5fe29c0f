package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.interop.TruffleObject;
import tfl.interpreter.builtin.Foreign;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/**
 * {@code x.name} that is not called: a field, a property of a tensor, or a function with its first argument
 * given.
 */
public final class FieldNode extends ExpressionNode {
    private final String name;
    @Child private ExpressionNode receiver;
    @Child private MemberNode member;
    @Child private MethodNode method;
    @Child private ExpressionNode function;

    /** @param function the function of that name where this stands; null for none */
    public FieldNode(ExpressionNode receiver, String name, ExpressionNode function) {
        this.receiver = receiver;
        this.name = name;
        this.function = function;
        this.member = MemberNodeGen.create(name);
        this.method = MethodNodeGen.create(name);
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        Object target = receiver.executeGeneric(frame);
        try {
            Object field = member.execute(target);
            if (field == null && target instanceof TensorValue tensor && !Lifted.isWeak(tensor)) {
                field = property(tensor);
            } else if (field == null && target instanceof TruffleObject) {
                field = Foreign.member(target, name);
            }
            if (field != null) {
                return Holding.taken(target, field);
            }
            FunctionValue own = method.execute(target);
            if (own != null || function != null) {
                Holding.pin(target);
                return new BoundFunction(own != null ? own : function.executeGeneric(frame), target);
            }
            throw MemberErrors.missing(target, name);
        } catch (RuntimeException error) {
            throw located(error);
        }
    }

    @TruffleBoundary
    private Object property(TensorValue tensor) {
        return Properties.get(tensor, name);
    }
}
