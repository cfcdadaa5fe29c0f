package tfl.interpreter.node.variable;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Unsure;

/** Reads a variable of the function that runs. */
public abstract class ReadSlotNode extends ExpressionNode {
    protected final int slot;
    private final String name;

    protected ReadSlotNode(int slot, String name) {
        this.slot = slot;
        this.name = name;
    }

    @Specialization(guards = "frame.isLong(slot)")
    protected long ints(VirtualFrame frame) {
        return frame.getLong(slot);
    }

    @Specialization(guards = "frame.isDouble(slot)")
    protected double floats(VirtualFrame frame) {
        return frame.getDouble(slot);
    }

    @Specialization(guards = "frame.isBoolean(slot)")
    protected boolean bools(VirtualFrame frame) {
        return frame.getBoolean(slot);
    }

    @Specialization(replaces = {"ints", "floats", "bools"})
    protected Object any(VirtualFrame frame) {
        Object value = frame.isObject(slot) ? frame.getObject(slot) : frame.getValue(slot);
        if (value == null) {
            CompilerDirectives.transferToInterpreter();
            throw unassigned();
        }
        if (value instanceof Unsure unsure) {
            CompilerDirectives.transferToInterpreter();
            return unsure.read(this::unassigned);
        }
        return value;
    }

    @TruffleBoundary
    private TflException unassigned() {
        return TflException.at(RuntimeProblem.of(ErrorKind.NAME, "TFL-E0201", name + " has no value yet",
                "assign it before this line, on every way that leads here"), span(), this);
    }
}
