package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.builtin.StreamValue;

/** A stream: what it gives is walked, each time from the start. */
@ExportLibrary(InteropLibrary.class)
final class GuestStream extends GuestValue {
    GuestStream(StreamValue stream) {
        super(stream);
    }

    @ExportMessage
    boolean hasIterator() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getIterator() {
        return new GuestIterator(value());
    }
}
