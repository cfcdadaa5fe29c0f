package tfl.interpreter.node.call;

import com.oracle.truffle.api.nodes.Node;
import java.util.List;
import tfl.interpreter.node.Failures;
import tfl.language.source.Span;

/** A call that another language makes: positional arguments, and no place in a text of ours. */
public final class OutsideCallNode extends Node {
    @Child private DispatchNode dispatch;

    private OutsideCallNode(int arguments) {
        this.dispatch = DispatchNodeGen.create(new ArgumentShape(arguments, List.of()), null);
    }

    /** A call with so many arguments. */
    public static OutsideCallNode create(int arguments) {
        return new OutsideCallNode(arguments);
    }

    /** The result of calling whatever that is. */
    public Object call(Object callee, Object[] arguments) {
        try {
            return dispatch.call(callee, arguments);
        } catch (RuntimeException error) {
            throw Failures.located(error, Span.NONE, this);
        } catch (StackOverflowError | OutOfMemoryError tooMuch) {
            throw Failures.located(tooMuch, Span.NONE, this);
        }
    }
}
