package tfl.interpreter.value;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.tensor.TensorValue;

/**
 * A container that counts who holds it, as tensors do (see {@link TensorValue}), so that what it holds is
 * freed with it.
 * It retains its elements when it is made, and releases them when its last holder lets go.
 */
public abstract sealed class Counted permits TupleValue, RecordValue, StructValue, FunctionValue {
    private static final int PINNED = Integer.MIN_VALUE / 2;
    private int holders;

    final void retain() {
        holders++;
    }

    final void release() {
        if (--holders == 0) {
            drop();
        }
    }

    final void unretain() {
        holders--;
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
