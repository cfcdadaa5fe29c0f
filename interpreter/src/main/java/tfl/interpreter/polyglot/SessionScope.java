package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.ArrayList;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.TupleValue;

/** The names of the session's module, and {@code __session__} with the services for tools. */
@ExportLibrary(InteropLibrary.class)
final class SessionScope implements TruffleObject {
    static final String SERVICES = "__session__";
    private final TflContext session;
    private final ModuleScope module;

    SessionScope(TflContext session) {
        this.session = session;
        this.module = Modules.of(session).main();
    }

    @ExportMessage
    boolean isScope() {
        return true;
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
        return "session";
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        var names = new ArrayList<Object>(module.variableNames());
        names.addAll(module.definitionNames());
        return GuestValue.of(new TupleValue(names.toArray()));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return name.equals(SERVICES) || module.find(name) != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        if (name.equals(SERVICES)) {
            return session.state(Services.class, () -> new Services(session));
        }
        Object value = module.find(name);
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return GuestValue.of(value);
    }
}
