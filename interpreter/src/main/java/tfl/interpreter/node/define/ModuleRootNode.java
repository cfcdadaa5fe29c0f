package tfl.interpreter.node.define;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.source.Source;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.Failures;
import tfl.interpreter.node.TflRootNode;
import tfl.interpreter.node.variable.Variable;
import tfl.interpreter.node.variable.WriteSlotNode;
import tfl.interpreter.value.Holding;
import tfl.language.source.Span;

/** A text as a program: takes the module's variables to slots, runs, and brings them back, whatever happens. */
public final class ModuleRootNode extends TflRootNode {
    private final Variable[] loads;
    @Children private final WriteSlotNode[] loadTargets;
    private final Variable[] stores;
    private final int[] storeSlots;
    @Child private ExpressionNode body;

    /**
     * @param loads variables to take, one for each of the targets
     * @param stores variables to bring back, one for each of the slots
     */
    public ModuleRootNode(TruffleLanguage<?> language, FrameDescriptor descriptor, Source source, Span span,
            Variable[] loads,
            WriteSlotNode[] loadTargets, Variable[] stores, int[] storeSlots, ExpressionNode body) {
        super(language, descriptor, "", source, span);
        this.loads = loads;
        this.loadTargets = loadTargets;
        this.stores = stores;
        this.storeSlots = storeSlots;
        this.body = body;
    }

    @Override
    @ExplodeLoop
    public Object execute(VirtualFrame frame) {
        for (int i = 0; i < loads.length; i++) {
            if (loads[i].value() != null) {
                loadTargets[i].execute(frame, loads[i].value());
            }
        }
        try {
            Object result = body.executeGeneric(frame);
            Holding.retain(result);
            store(frame);
            Holding.unretain(result);
            return result;
        } catch (StackOverflowError | OutOfMemoryError tooMuch) {
            store(frame);
            throw Failures.located(tooMuch, span(), this);
        } catch (Throwable leaving) {
            store(frame);
            throw leaving;
        }
    }

    @ExplodeLoop
    private void store(VirtualFrame frame) {
        for (int i = 0; i < stores.length; i++) {
            Object value = frame.getValue(storeSlots[i]);
            if (value != null) {
                set(stores[i], value);
            }
        }
        for (int slot : storeSlots) {
            if (frame.isObject(slot)) {
                Holding.release(frame.getObject(slot));
            }
        }
    }

    @TruffleBoundary
    private static void set(Variable variable, Object value) {
        variable.set(value);
    }
}
