package tfl.interpreter.node.variable;

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
    // One object, so that threads that run this node see a value and its assumption together.
    @CompilationFinal private Cell.Definition known;

    public ReadCellNode(Cell cell) {
        this.cell = cell;
    }

    @Override
    public Object executeGeneric(VirtualFrame frame) {
        var definition = known;
        if (definition == null || !definition.stable().isValid()) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            definition = cell.now();
            known = definition;
        }
        if (definition.value() == null) {
            CompilerDirectives.transferToInterpreter();
            throw located(TflException.of(ErrorKind.NAME, "TFL-E0202", cell.name() + " is defined further down",
                    "move the definition before this use"));
        }
        Definitions.noteRead(definition.stable());
        return definition.value();
    }
}
