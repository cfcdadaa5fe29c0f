package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.StopIterationException;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.node.Failures;
import tfl.interpreter.node.sequence.Cursor;
import tfl.interpreter.node.sequence.Cursors;
import tfl.language.source.Span;

/** A walk over what {@code for} walks. */
@ExportLibrary(InteropLibrary.class)
final class GuestIterator implements TruffleObject {
    private final Cursor cursor;
    private Object next;
    private boolean ended;

    GuestIterator(Object sequence) {
        try {
            this.cursor = Cursors.of(sequence, null);
        } catch (RuntimeException error) {
            throw Failures.located(error, Span.NONE, null);
        }
    }

    @ExportMessage
    boolean isIterator() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    synchronized boolean hasIteratorNextElement() {
        if (next == null && !ended) {
            try {
                next = cursor.next();
            } catch (RuntimeException error) {
                throw Failures.located(error, Span.NONE, null);
            }
            if (next == null) {
                ended = true;
                cursor.close();
            }
        }
        return next != null;
    }

    @ExportMessage
    @TruffleBoundary
    synchronized Object getIteratorNextElement() throws StopIterationException {
        if (!hasIteratorNextElement()) {
            throw StopIterationException.create();
        }
        Object element = next;
        next = null;
        return GuestValue.of(element);
    }

    @ExportMessage
    boolean hasLanguage() {
        return true;
    }

    @ExportMessage
    Class<? extends TruffleLanguage<?>> getLanguage() {
        return TflLanguage.class;
    }

    @ExportMessage
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return "iterator";
    }
}
