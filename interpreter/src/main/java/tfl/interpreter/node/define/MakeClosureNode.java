package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.MakesFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionCode;

/** Makes a closure: copies what it captures. */
public final class MakeClosureNode extends ExpressionNode implements MakesFunction {
    private final FunctionCode code;
    @CompilationFinal(dimensions = 1) private final int[] captured;

    /** @param captured the slots to copy */
    public MakeClosureNode(FunctionCode code, int[] captured) {
        this.code = code;
        this.captured = captured;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        return executeClosure(frame);
    }

    /** The closure. */
    public ClosureValue executeClosure(VirtualFrame frame) {
        return new ClosureValue(code, values(frame, 0));
    }

    @Override
    public void prepare() {
        code.target();
    }

    /** The closure, with one more captured value at the end. */
    ClosureValue executeWith(VirtualFrame frame, Object last) {
        var values = values(frame, 1);
        values[captured.length] = last;
        return new ClosureValue(code, values);
    }

    @ExplodeLoop
    private Object[] values(VirtualFrame frame, int more) {
        var values = new Object[captured.length + more];
        for (int i = 0; i < captured.length; i++) {
            values[i] = frame.getValue(captured[i]);
        }
        return values;
    }
}
