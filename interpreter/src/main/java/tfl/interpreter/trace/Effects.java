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
    /** How many on this thread do again what was done before; while there are any, nothing is done beside computing. */
    private static final ThreadLocal<int[]> SILENT = ThreadLocal.withInitial(() -> new int[1]);

    private Effects() {}

    /** Does work that was done before: what it does beside computing is not done again. */
    public static <T> T silently(Supplier<T> work) {
        silence();
        try {
            return work.get();
        } finally {
            unsilence();
        }
    }

    /** Writes work down, to be done whenever it is run. */
    public static <T> T written(Supplier<T> work) {
        int[] silent = SILENT.get();
        int outer = silent[0];
        silent[0] = 0;
        try {
            return work.get();
        } finally {
            silent[0] = outer;
        }
    }

    /** From here on nothing is done beside computing, until {@link #unsilence} was called as often as this. */
    static void silence() {
        SILENT.get()[0]++;
    }

    static void unsilence() {
        SILENT.get()[0]--;
    }

    private static boolean isSilent() {
        return SILENT.get()[0] > 0;
    }

    /**
     * Does something with a value: now, or where the graph has it.
     *
     * @param name what the program calls it
     */
    @TruffleBoundary
    public static void perform(String name, Object value, Consumer<Object> action) {
        if (isSilent()) {
            return;
        }
        if (Trace.isActive() || isUnknown(value)) {
            putOff(name, value, known -> {
                if (!isSilent()) {
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
