package tfl.interpreter.view;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;

/**
 * A value as a tool sees it. Looking never runs code of the program, and computes nothing.
 *
 * @see Brief
 * @see Parts
 */
@ExportLibrary(InteropLibrary.class)
public final class View implements TruffleObject {
    private final Object value;
    private Parts parts;

    private View(Object value) {
        this.value = value;
    }

    /** A value for a tool; from now on the collector minds its memory. */
    @TruffleBoundary
    public static Object of(Object value) {
        if (value instanceof String) {
            return new View(value);
        }
        var shown = ofPassing(value);
        if (shown instanceof View view) {
            Holding.pin(view.value);
        }
        return shown;
    }

    /** The same for a value on its way, which a tool does not keep: it stays as it is unless it is looked at. */
    public static Object ofPassing(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof String
                || value instanceof TruffleObject ? value : new View(value);
    }

    /** The value itself, of what a tool gives back. */
    @TruffleBoundary
    public static Object inside(Object outside) {
        return outside instanceof View view ? view.value : Incoming.value(outside);
    }

    private Parts parts() {
        if (parts == null) {
            Holding.pin(value);
            parts = Parts.of(value);
        }
        return parts;
    }

    @ExportMessage
    boolean isNull() {
        return value == None.NONE;
    }

    /** A string with quotes around it when it is shown: what tells it from a number. */
    @ExportMessage
    boolean isString() {
        return value instanceof String;
    }

    @ExportMessage
    String asString() throws UnsupportedMessageException {
        if (value instanceof String text) {
            return text;
        }
        throw UnsupportedMessageException.create();
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasArrayElements() {
        return parts().count() >= 0;
    }

    @ExportMessage
    @TruffleBoundary
    long getArraySize() {
        return Math.max(0, parts().count());
    }

    @ExportMessage
    @TruffleBoundary
    boolean isArrayElementReadable(long index) {
        return index >= 0 && index < parts().count();
    }

    @ExportMessage
    @TruffleBoundary
    Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return of(parts().element(index));
    }

    @ExportMessage
    boolean hasMembers() {
        return value != None.NONE && !(value instanceof String);
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return new Names(parts().names());
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return parts().names().contains(name);
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return of(parts().member(name));
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
    @TruffleBoundary
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        Holding.pin(value);
        return Brief.of(value);
    }

    @ExportMessage
    boolean hasMetaObject() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMetaObject() {
        return new TypeView(Brief.type(value));
    }
}
