package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import java.util.function.Consumer;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;

/** {@code test "name" { }} and {@code bench "name" { }}: notes the block, for {@code tfl test} or {@code tfl bench}. */
public final class BlockDefinitionNode extends ExpressionNode {
    private final Consumer<ModuleScope.Block> list;
    private final String name;
    @Child private MakeClosureNode body;

    public BlockDefinitionNode(Consumer<ModuleScope.Block> list, String name, MakeClosureNode body) {
        this.list = list;
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
        list.accept(new ModuleScope.Block(name, closure));
    }
}
