package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.node.variable.WriteSlotNode;
import tfl.interpreter.value.ClosureValue;

/** What a function does first: captured values and arguments to slots. */
public final class EntryNode extends Node {
    @Child private WriteSlotNode self;
    @Children private final WriteSlotNode[] captured;
    @Children private final ParameterNode[] parameters;

    /** @param self null if the function does not call itself by name */
    public EntryNode(WriteSlotNode self, WriteSlotNode[] captured, ParameterNode[] parameters) {
        this.self = self;
        this.captured = captured;
        this.parameters = parameters;
    }

    @ExplodeLoop
    void execute(VirtualFrame frame) {
        capture(frame);
        var arguments = frame.getArguments();
        for (int i = 0; i < parameters.length; i++) {
            parameters[i].execute(frame, arguments[i + 1]);
        }
    }

    /** Does so; gives what each parameter is bound to. */
    @ExplodeLoop
    Object[] values(VirtualFrame frame) {
        capture(frame);
        var arguments = frame.getArguments();
        var values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            values[i] = parameters[i].execute(frame, arguments[i + 1]);
        }
        return values;
    }

    @ExplodeLoop
    private void capture(VirtualFrame frame) {
        var arguments = frame.getArguments();
        if (self != null) {
            self.execute(frame, arguments[0]);
        }
        if (captured.length > 0) {
            var closure = CompilerDirectives.castExact(arguments[0], ClosureValue.class);
            for (int i = 0; i < captured.length; i++) {
                Object value = closure.captured(i);
                if (value != null) {
                    captured[i].execute(frame, value);
                }
            }
        }
    }
}
