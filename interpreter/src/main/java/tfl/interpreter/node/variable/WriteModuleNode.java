package tfl.interpreter.node.variable;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import java.util.function.Consumer;

/** Binds a name that lives in the module. */
public final class WriteModuleNode extends WriteNode {
    private final Consumer<Object> place;

    public WriteModuleNode(Variable variable) {
        this.place = variable::set;
    }

    public WriteModuleNode(Cell definition) {
        this.place = definition::set;
    }

    @Override
    public void execute(VirtualFrame frame, Object value) {
        write(value);
    }

    @TruffleBoundary
    private void write(Object value) {
        place.accept(value);
    }
}
