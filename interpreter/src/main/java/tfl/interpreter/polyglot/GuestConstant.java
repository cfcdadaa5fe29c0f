package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.builtin.text.DeferredText;
import tfl.interpreter.value.None;
import tfl.tensor.DType;

/** A value without parts: none is null, a dtype is the text of its name. */
@ExportLibrary(InteropLibrary.class)
final class GuestConstant extends GuestValue {
    GuestConstant(Object value) {
        super(value);
    }

    @ExportMessage
    boolean isNull() {
        return value() == None.NONE;
    }

    @ExportMessage
    boolean isString() {
        return value() instanceof DType || value() instanceof DeferredText;
    }

    @ExportMessage
    @TruffleBoundary
    String asString() throws UnsupportedMessageException {
        return switch (value()) {
            case DType dtype -> dtype.label();
            case DeferredText text -> text.text();
            default -> throw UnsupportedMessageException.create();
        };
    }
}
