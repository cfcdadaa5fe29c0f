package tfl.interpreter.node.variable;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.frame.FrameSlotKind;
import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.value.Holding;

/**
 * Writes a variable of the function that runs. A slot starts with the kind of its first value and becomes an
 * object slot
 * at the first value of another kind. The slot holds its value; the old one is let go.
 */
public abstract class WriteSlotNode extends WriteNode {
    protected static final FrameSlotKind LONG = FrameSlotKind.Long;
    protected static final FrameSlotKind DOUBLE = FrameSlotKind.Double;
    protected static final FrameSlotKind BOOLEAN = FrameSlotKind.Boolean;

    protected final int slot;
    private final boolean keepsOld;

    /**
     * @param keepsOld whether the old value may still be an operand of an expression under way, so it is not
     * freed
     */
    protected WriteSlotNode(int slot, boolean keepsOld) {
        this.slot = slot;
        this.keepsOld = keepsOld;
    }

    @Specialization(guards = "accepts(frame, LONG)")
    protected void ints(VirtualFrame frame, long value) {
        frame.setLong(slot, value);
    }

    @Specialization(guards = "accepts(frame, DOUBLE)")
    protected void floats(VirtualFrame frame, double value) {
        frame.setDouble(slot, value);
    }

    @Specialization(guards = "accepts(frame, BOOLEAN)")
    protected void bools(VirtualFrame frame, boolean value) {
        frame.setBoolean(slot, value);
    }

    @Specialization(replaces = {"ints", "floats", "bools"})
    protected void any(VirtualFrame frame, Object value) {
        if (frame.getFrameDescriptor().getSlotKind(slot) != FrameSlotKind.Object) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            frame.getFrameDescriptor().setSlotKind(slot, FrameSlotKind.Object);
        }
        Object old = frame.isObject(slot) ? frame.getObject(slot) : null;
        if (old != value) {
            Holding.retain(value);
            frame.setObject(slot, value);
            letGo(old);
        }
    }

    private void letGo(Object old) {
        if (old != null) {
            if (keepsOld) {
                Holding.pin(old);
            } else {
                Holding.release(old);
            }
        }
    }

    protected final boolean accepts(VirtualFrame frame, FrameSlotKind kind) {
        var descriptor = frame.getFrameDescriptor();
        var now = descriptor.getSlotKind(slot);
        if (now == FrameSlotKind.Illegal) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            descriptor.setSlotKind(slot, kind);
            return true;
        }
        return now == kind;
    }
}
