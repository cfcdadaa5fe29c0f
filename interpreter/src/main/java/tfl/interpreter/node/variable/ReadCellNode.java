package tfl.interpreter.node.variable;

import com.oracle.truffle.api.Assumption;
import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Definitions;

/** Reads a definition of a module. */
public final class ReadCellNode extends ExpressionNode {
    private final Cell cell;
    @CompilationFinal private Object value;
    @CompilationFinal private Assumption stable;

    public ReadCellNode(Cell cell) {
        this.cell = cell;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        if (stable == null || !stable.isValid()) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            stable = cell.stable();
            value = cell.value();
        }
        if (value == null) {
            CompilerDirectives.transferToInterpreter();
            throw located(TflException.of(ErrorKind.NAME, "TFL-E0202", cell.name() + " is defined further down",
                    "move the definition before this use"));
        }
        Definitions.noteRead(stable);
        return value;
    }
}
