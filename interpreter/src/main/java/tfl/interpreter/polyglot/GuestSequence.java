package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.TupleValue;

/** A tuple or a range: an array that nobody writes. */
@ExportLibrary(InteropLibrary.class)
final class GuestSequence extends GuestValue {
    GuestSequence(TupleValue tuple) {
        super(tuple);
    }

    GuestSequence(RangeValue range) {
        super(range);
    }

    @ExportMessage
    boolean hasArrayElements() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    long getArraySize() {
        return Parts.size(value());
    }

    @ExportMessage
    boolean isArrayElementReadable(long index) {
        return index >= 0 && index < getArraySize();
    }

    @ExportMessage
    @TruffleBoundary
    Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return of(Parts.element(value(), index));
    }
}
