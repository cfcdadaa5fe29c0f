package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;

/** {@code test "name" { }}: notes the test; {@code tfl test} runs it. */
public final class TestNode extends ExpressionNode {
    private final ModuleScope module;
    private final String name;
    @Child private MakeClosureNode body;

    public TestNode(ModuleScope module, String name, MakeClosureNode body) {
        this.module = module;
        this.name = name;
        this.body = body;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        note(body.executeClosure(frame));
        return None.NONE;
    }

    @TruffleBoundary
    private void note(ClosureValue closure) {
        Holding.pin(closure);
        module.addTest(new ModuleScope.TestCase(name, closure));
    }
}
