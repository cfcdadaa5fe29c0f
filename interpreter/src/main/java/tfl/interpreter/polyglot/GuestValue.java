package tfl.interpreter.polyglot;

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
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Foreign;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** A value outside of TFL: sequences are arrays, fields are members, functions can be executed. */
@ExportLibrary(InteropLibrary.class)
final class GuestValue implements TruffleObject {
    private final Object value;

    private GuestValue(Object value) {
        this.value = value;
    }

    /** The value as others see it; from now on the collector minds its memory. */
    @TruffleBoundary
    static Object of(Object value) {
        if (value instanceof Long || value instanceof Double || value instanceof Boolean || value instanceof String
                || value instanceof TruffleObject) {
            return value;
        }
        Holding.pin(value);
        return new GuestValue(value);
    }

    /** The value itself, of what {@link #of} gave or another language has. */
    @TruffleBoundary
    static Object unwrap(Object outside) {
        return outside instanceof GuestValue guest ? guest.value : Foreign.toGuest(outside);
    }

    @ExportMessage
    boolean isNull() {
        return value == None.NONE;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isExecutable() {
        return value instanceof FunctionValue || value instanceof BoundFunction || value instanceof StructType
                || value instanceof StructValue struct && struct.type().method("call") != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object execute(Object[] arguments) throws UnsupportedMessageException {
        if (!isExecutable()) {
            throw UnsupportedMessageException.create();
        }
        var own = new Object[arguments.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = unwrap(arguments[i]);
        }
        return of(new CallContext(null).call(value, own));
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasArrayElements() {
        return Parts.size(value) >= 0;
    }

    @ExportMessage
    @TruffleBoundary
    long getArraySize() throws UnsupportedMessageException {
        if (!hasArrayElements()) {
            throw UnsupportedMessageException.create();
        }
        return Parts.size(value);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isArrayElementReadable(long index) {
        return index >= 0 && index < Parts.size(value);
    }

    @ExportMessage
    @TruffleBoundary
    Object readArrayElement(long index) throws InvalidArrayIndexException {
        if (!isArrayElementReadable(index)) {
            throw InvalidArrayIndexException.create(index);
        }
        return of(Parts.element(value, index));
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasMembers() {
        return !Parts.members(value).isEmpty();
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) throws UnsupportedMessageException {
        if (!hasMembers()) {
            throw UnsupportedMessageException.create();
        }
        return of(TupleValue.of(Parts.members(value).toArray()));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return Parts.members(value).contains(name);
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        Object part = isMemberReadable(name) ? Parts.member(value, name) : null;
        if (part == null) {
            throw UnknownIdentifierException.create(name);
        }
        return of(part);
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
        return ValueText.inline(value);
    }
}
