package tfl.interpreter.trace;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tfl.interpreter.builtin.tensor.Conversion;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.trace.Values.Hole;
import tfl.primitive.Effect;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;
import tfl.transform.Trace;

/** What a program does beside computing: it is done whenever the graph comes to it. */
public final class Effects {
    private static final ThreadLocal<Boolean> SILENT = ThreadLocal.withInitial(() -> false);

    private Effects() {}

    /** Does work that was done before: what it does beside computing is not done again. */
    public static <T> T silently(Supplier<T> work) {
        return silently(true, work);
    }

    /** Writes work down, to be done whenever it is run. */
    public static <T> T written(Supplier<T> work) {
        return silently(false, work);
    }

    private static <T> T silently(boolean silent, Supplier<T> work) {
        boolean outer = silence(silent);
        try {
            return work.get();
        } finally {
            silence(outer);
        }
    }

    /** Whether from here on nothing is done beside computing; says what was so before. */
    static boolean silence(boolean silent) {
        boolean before = SILENT.get();
        SILENT.set(silent);
        return before;
    }

    /**
     * Does something with a value: now, or where the graph has it.
     *
     * @param name what the program calls it
     */
    @TruffleBoundary
    public static void perform(String name, Object value, Consumer<Object> action) {
        if (SILENT.get()) {
            return;
        }
        if (Trace.isActive() || isUnknown(value)) {
            putOff(name, value, known -> {
                if (!SILENT.get()) {
                    action.accept(known);
                }
            });
        } else {
            action.accept(value);
        }
    }

    /** Whether there are leaves in a value that only the graph knows. */
    @TruffleBoundary
    public static boolean isUnknown(Object value) {
        boolean[] unknown = {false};
        Values.map(value, leaf -> {
            unknown[0] |= leaf instanceof Lifted lifted && !Lifted.isKnown(lifted);
            return leaf;
        });
        return unknown[0];
    }

    /** Does something with a value when the graph comes here. */
    @TruffleBoundary
    public static void putOff(String name, Object value, Consumer<Object> action) {
        var leaves = new ArrayList<TensorValue>();
        var weak = new ArrayList<Boolean>();
        Object skeleton = Values.map(value, leaf -> {
            if (leaf instanceof TensorValue tensor) {
                leaves.add(tensor);
                weak.add(Lifted.isWeak(tensor));
                return new Hole(leaves.size() - 1);
            }
            return leaf;
        });
        Execution.ops().apply(new Effect(name, tensors -> action.accept(Values.map(skeleton,
                leaf -> leaf instanceof Hole(int index) ? seen(tensors[index], weak.get(index)) : leaf))), leaves);
    }

    private static Object seen(Tensor tensor, boolean weak) {
        return weak ? Conversion.scalarOrTensor(tensor) : tensor;
    }
}
