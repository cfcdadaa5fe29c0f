package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.TupleValue;
import tfl.language.lex.Lexer;
import tfl.language.lex.Token;
import tfl.language.lex.TokenKind;
import tfl.language.source.Source;

/** The names of the session's module, and {@code __session__} with the services for tools. */
@ExportLibrary(InteropLibrary.class)
final class SessionScope implements TruffleObject {
    static final String SERVICES = "__session__";
    private final PolyglotFrontend frontend;
    private final TflContext session;
    private final ModuleScope module;

    SessionScope(PolyglotFrontend frontend, TflContext session) {
        this.frontend = frontend;
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
            return session.state(Services.class, () -> new Services(frontend, session));
        }
        Object value = module.find(name);
        if (value == null) {
            throw UnknownIdentifierException.create(name);
        }
        return GuestValue.of(value);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberModifiable(String name) {
        return module.find(name) != null && isName(name);
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberInsertable(String name) {
        return module.find(name) == null && isName(name);
    }

    /** What a program could bind by an assignment; names with two underscores are the language's own. */
    private static boolean isName(String name) {
        var tokens = name.startsWith("__") ? List.<Token>of() : Lexer.tokens(Source.of("", name)).list();
        return !tokens.isEmpty() && tokens.getFirst().kind() == TokenKind.NAME && tokens.getFirst().start() == 0
                && tokens.getFirst().end() == name.length();
    }

    @ExportMessage
    @TruffleBoundary
    void writeMember(String name, Object value) throws UnknownIdentifierException {
        if (!isName(name)) {
            throw UnknownIdentifierException.create(name);
        }
        Object own = GuestValue.unwrap(value);
        if (module.definitionNames().contains(name)) {
            module.definition(name).set(own);
        } else {
            module.variable(name).set(own);
        }
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberRemovable(String name) {
        return isMemberModifiable(name);
    }

    @ExportMessage
    @TruffleBoundary
    void removeMember(String name) throws UnknownIdentifierException {
        if (!isMemberRemovable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        module.drop(name);
    }
}
