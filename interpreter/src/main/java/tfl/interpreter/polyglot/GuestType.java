package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/** A struct's definition: makes instances, and is the type of them. */
@ExportLibrary(InteropLibrary.class)
final class GuestType extends GuestValue {
    private final StructType type;

    GuestType(StructType type) {
        super(type);
        this.type = type;
    }

    @ExportMessage
    boolean isExecutable() {
        return true;
    }

    @ExportMessage
    Object execute(Object[] arguments, @Shared @Cached GuestCall call) throws UnsupportedMessageException {
        return call.execute(type, arguments);
    }

    @ExportMessage
    boolean isInstantiable() {
        return true;
    }

    @ExportMessage
    Object instantiate(Object[] arguments, @Shared @Cached GuestCall call) throws UnsupportedMessageException {
        return call.execute(type, arguments);
    }

    @ExportMessage
    boolean isMetaObject() {
        return true;
    }

    @ExportMessage
    Object getMetaQualifiedName() {
        return type.name();
    }

    @ExportMessage
    Object getMetaSimpleName() {
        return type.name();
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMetaInstance(Object instance) {
        return Incoming.value(instance) instanceof StructValue struct && struct.type() == type;
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return of(new TupleValue(type.methodNames().toArray()));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return type.method(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return of(type.method(name));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInvocable(String name) {
        return isMemberReadable(name);
    }

    @ExportMessage
    Object invokeMember(String name, Object[] arguments, @Shared @Cached GuestCall call)
            throws UnknownIdentifierException, UnsupportedMessageException {
        if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return call.execute(method(name), arguments);
    }

    @TruffleBoundary
    private Object method(String name) {
        return type.method(name);
    }
}
