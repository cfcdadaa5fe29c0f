package tfl.interpreter.translate;

import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.FrameSlotKind;
import tfl.interpreter.node.variable.WriteSlotNode;
import tfl.interpreter.node.variable.WriteSlotNodeGen;
import tfl.language.resolve.Scope;

/** The frame of one function: its variables first, then slots for loops and the like. */
final class FrameLayout {
    private final FrameDescriptor.Builder builder = FrameDescriptor.newBuilder();
    private final int variables;
    private final boolean keepsOld;
    private final Scope scope;

    /** @param keepsOld see {@link WriteSlotNode} */
    FrameLayout(Unit unit, Scope scope, boolean keepsOld) {
        this.scope = scope;
        this.variables = scope.slotCount();
        this.keepsOld = keepsOld;
        builder.info(new FrameInfo(unit, scope));
        scope.slots().forEach(name -> builder.addSlot(FrameSlotKind.Illegal, name, null));
    }

    boolean keepsOld() {
        return keepsOld;
    }

    Scope scope() {
        return scope;
    }

    int variables() {
        return variables;
    }

    String name(int slot) {
        return scope.slots().get(slot);
    }

    /** The first of some slots of their own for a construct that keeps state. */
    int own(int count, FrameSlotKind kind) {
        return builder.addSlots(count, kind);
    }

    /** A variable that no text names, which branches and loops of a graph carry along as the others. */
    int hidden(String name) {
        return builder.addSlot(FrameSlotKind.Object, name, null);
    }

    WriteSlotNode write(int slot) {
        return WriteSlotNodeGen.create(slot, keepsOld);
    }

    FrameDescriptor build() {
        return builder.build();
    }
}
