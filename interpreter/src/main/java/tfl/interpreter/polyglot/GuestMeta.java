package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.StructValue;

/** The type of a value, as other languages ask for it: what {@code typeof} says. */
@ExportLibrary(InteropLibrary.class)
final class GuestMeta implements TruffleObject {
    private final String name;

    private GuestMeta(String name) {
        this.name = name;
    }

    /** The type of a value: of a struct, its definition. */
    static Object of(Object value) {
        return value instanceof StructValue struct ? GuestValue.of(struct.type()) : new GuestMeta(Kinds.of(value));
    }

    @ExportMessage
    boolean isMetaObject() {
        return true;
    }

    @ExportMessage
    Object getMetaQualifiedName() {
        return name;
    }

    @ExportMessage
    Object getMetaSimpleName() {
        return name;
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMetaInstance(Object instance) {
        Object value = Incoming.value(instance);
        return !(value instanceof StructValue) && Kinds.of(value).equals(name);
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
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GuestMeta meta && meta.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
