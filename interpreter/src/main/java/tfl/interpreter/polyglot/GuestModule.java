package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.Cached.Shared;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.TupleValue;

/** A module: what it offers are members, of which the functions can be invoked. */
@ExportLibrary(InteropLibrary.class)
final class GuestModule extends GuestValue {
    private final ModuleValue module;

    GuestModule(ModuleValue module) {
        super(module);
        this.module = module;
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return of(new TupleValue(module.members().toArray()));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return !name.startsWith("_") && module.find(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return of(module.find(name));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInvocable(String name) {
        return isMemberReadable(name) && GuestCall.isCallable(module.find(name));
    }

    @ExportMessage
    Object invokeMember(String name, Object[] arguments, @Shared @Cached GuestCall call)
            throws UnknownIdentifierException, UnsupportedMessageException {
        if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return call.execute(found(name), arguments);
    }

    @TruffleBoundary
    private Object found(String name) {
        return module.find(name);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isExecutable() {
        return GuestCall.isCallable(module);
    }

    @ExportMessage
    Object execute(Object[] arguments, @Shared @Cached GuestCall call) throws UnsupportedMessageException {
        return call.execute(module, arguments);
    }
}
