package tfl.interpreter.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import tfl.tensor.TensorValue;

/**
 * A container that counts who holds it, as tensors do (see {@link TensorValue}), so that what it holds is
 * freed with it.
 * It retains its elements when it is made, and releases them when its last holder lets go.
 *
 * <p>Counting is plain while programs run on one thread, and atomic from {@link #share} on.
 */
public abstract sealed class Counted permits TupleValue, RecordValue, StructValue, FunctionValue {
    private static final int PINNED = Integer.MIN_VALUE / 2;
    private static final VarHandle HOLDERS = holders(MethodHandles.lookup());
    // Set before the second thread starts, and never back, so that every thread that needs to see it does.
    private static boolean shared;

    private int holders;

    private static VarHandle holders(MethodHandles.Lookup lookup) {
        try {
            return lookup.findVarHandle(Counted.class, "holders", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** From now on several threads may hold the same values; called before the second one starts. */
    public static void share() {
        shared = true;
    }

    final void retain() {
        if (shared) {
            add(1);
        } else {
            holders++;
        }
    }

    final void release() {
        if (shared ? add(-1) == 0 : --holders == 0) {
            drop();
        }
    }

    final void unretain() {
        if (shared) {
            add(-1);
        } else {
            holders--;
        }
    }

    /** The holders after one more or less. What is pinned is not written, so that threads do not contend for it. */
    @TruffleBoundary
    private int add(int more) {
        return (int) HOLDERS.getVolatile(this) < 0 ? PINNED : (int) HOLDERS.getAndAdd(this, more) + more;
    }

    final void discard() {
        if (holders == 0) {
            drop();
        }
    }

    final void pin() {
        if (holders >= 0) {
            holders = PINNED;
            pinElements();
        }
    }

    final boolean isExclusive() {
        return holders == 1;
    }

    private void drop() {
        // A container that is used again after this, by a bug, must not release its elements a second time.
        holders = PINNED;
        releaseElements();
    }

    abstract Object[] elementsHeld();

    @TruffleBoundary
    private void pinElements() {
        for (var element : elementsHeld()) {
            Holding.pin(element);
        }
    }

    @TruffleBoundary
    private void releaseElements() {
        for (var element : elementsHeld()) {
            Holding.release(element);
        }
    }
}
