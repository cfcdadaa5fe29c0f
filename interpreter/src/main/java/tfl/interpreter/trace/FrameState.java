package tfl.interpreter.trace;

import com.oracle.truffle.api.frame.Frame;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import com.oracle.truffle.api.frame.MaterializedFrame;
import java.util.List;
import tfl.interpreter.value.Holding;

/**
 * The values of all variables at one moment: those of the frame, slots of loops and the like included, then the
 * hidden ones. What it holds is left to the collector.
 */
final class FrameState {
    private final FrameDescriptor descriptor;
    private final List<Hidden> hidden;
    private final Object[] values;

    private FrameState(FrameDescriptor descriptor, List<Hidden> hidden, Object[] values) {
        this.descriptor = descriptor;
        this.hidden = hidden;
        this.values = values;
    }

    static FrameState of(Frame frame) {
        var descriptor = frame.getFrameDescriptor();
        var hidden = HiddenVariables.all();
        int slots = descriptor.getNumberOfSlots();
        var values = new Object[slots + hidden.size()];
        for (int slot = 0; slot < slots; slot++) {
            values[slot] = frame.getValue(slot);
        }
        for (int k = 0; k < hidden.size(); k++) {
            values[slots + k] = hidden.get(k).get();
        }
        for (var value : values) {
            if (value != null) {
                Holding.pin(value);
            }
        }
        return new FrameState(descriptor, hidden, values);
    }

    int size() {
        return values.length;
    }

    /** The value, or null where there is none. */
    Object get(int index) {
        return refused(index) == null ? values[index] : null;
    }

    /** What a variable holds that a graph cannot give a value; else null. */
    Unsure refused(int index) {
        return values[index] instanceof Unsure unsure && unsure.isRefused() ? unsure : null;
    }

    /** Whether that is a variable of the frame. */
    boolean isOfFrame(int index) {
        return index < descriptor.getNumberOfSlots();
    }

    /** Whether that is a variable, and not a slot that a construct keeps its state in. */
    boolean isVariable(int index) {
        return index >= descriptor.getNumberOfSlots() || descriptor.getSlotName(index) != null;
    }

    String name(int index) {
        return index < descriptor.getNumberOfSlots() ? String.valueOf(descriptor.getSlotName(index))
                : "a hidden variable";
    }

    /** Whether a variable has another value than at that other moment. */
    boolean differs(FrameState other, int index) {
        return isVariable(index) && !isSame(values[index], other.values[index]);
    }

    private static boolean isSame(Object a, Object b) {
        return a == b || a instanceof Long && a.equals(b) || a instanceof Double && a.equals(b)
                || a instanceof Boolean && a.equals(b);
    }

    void restore(MaterializedFrame frame) {
        for (int index = 0; index < values.length; index++) {
            set(frame, index, values[index]);
        }
    }

    /** Sets one variable; null takes its value away. */
    void set(MaterializedFrame frame, int index, Object value) {
        int slots = descriptor.getNumberOfSlots();
        if (index >= slots) {
            hidden.get(index - slots).set(value);
        } else {
            write(frame, index, value);
        }
    }

    private static void write(MaterializedFrame frame, int slot, Object value) {
        var descriptor = frame.getFrameDescriptor();
        var kind = descriptor.getSlotKind(slot);
        if (value == null) {
            frame.setObject(slot, null);
        } else if (value instanceof Long number && kind == FrameSlotKind.Long) {
            frame.setLong(slot, number);
        } else if (value instanceof Double number && kind == FrameSlotKind.Double) {
            frame.setDouble(slot, number);
        } else if (value instanceof Boolean truth && kind == FrameSlotKind.Boolean) {
            frame.setBoolean(slot, truth);
        } else {
            if (kind != FrameSlotKind.Object) {
                descriptor.setSlotKind(slot, FrameSlotKind.Object);
            }
            Holding.pin(value);
            Holding.retain(value);
            frame.setObject(slot, value);
        }
    }
}
