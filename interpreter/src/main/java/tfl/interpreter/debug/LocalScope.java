package tfl.interpreter.debug;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.view.Names;
import tfl.interpreter.view.View;

/**
 * The variables of a function that stands still. Around its own are those that it captured, and around them, in a
 * module that is not the session's, the module's.
 */
@ExportLibrary(InteropLibrary.class)
public final class LocalScope implements TruffleObject {
    /** Which of the scopes this is. */
    private enum Level { OWN, CAPTURED }

    private final Node node;
    private final MaterializedFrame frame;
    private final Locals locals;
    private final Level level;

    private LocalScope(Node node, MaterializedFrame frame, Locals locals, Level level) {
        this.node = node;
        this.frame = frame;
        this.locals = locals;
        this.level = level;
    }

    /** The variables at a node; {@code frame} is null where nothing runs. */
    public static Object of(Node node, MaterializedFrame frame) {
        return new LocalScope(node, frame, Locals.at(node), Level.OWN);
    }

    /** Those of this scope alone. */
    private List<String> own() {
        return frame == null ? List.of() : locals.names().stream()
                .filter(name -> locals.isCaptured(name) == (level == Level.CAPTURED))
                .filter(name -> locals.value(frame, name) != null).toList();
    }

    /** Those of this scope, then those of the scopes around it, as tools expect them. */
    private List<String> names() {
        var names = new ArrayList<>(own());
        switch (parent()) {
            case LocalScope around -> names.addAll(around.names());
            case ModuleVariables module -> names.addAll(module.names());
            case null, default -> { }
        }
        return names;
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
    @TruffleBoundary
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return level == Level.OWN ? node.getRootNode().getName() : "captured";
    }

    @ExportMessage
    boolean hasSourceLocation() {
        return node.getRootNode().getSourceSection() != null;
    }

    @ExportMessage
    @TruffleBoundary
    SourceSection getSourceLocation() {
        return node.getRootNode().getSourceSection();
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return new Names(names());
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return names().contains(name);
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        Object value = frame == null ? null : locals.value(frame, name);
        if (value != null) {
            return View.of(value);
        } else if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return View.of(locals.info().module().find(name));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberModifiable(String name) {
        return frame != null && locals.value(frame, name) != null;
    }

    @ExportMessage
    boolean isMemberInsertable(@SuppressWarnings("unused") String name) {
        return false;
    }

    @ExportMessage
    @TruffleBoundary
    void writeMember(String name, Object value) throws UnknownIdentifierException {
        if (!isMemberModifiable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        locals.set(frame, name, View.inside(value));
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasScopeParent() {
        return parent() != null;
    }

    @ExportMessage
    @TruffleBoundary
    Object getScopeParent() throws UnsupportedMessageException {
        var parent = parent();
        if (parent == null) {
            throw UnsupportedMessageException.create();
        }
        return parent;
    }

    private Object parent() {
        if (level == Level.OWN && locals.names().stream().anyMatch(locals::isCaptured)) {
            return new LocalScope(node, frame, locals, Level.CAPTURED);
        }
        var module = locals.info().module();
        return module == Modules.of(TflContext.get(node)).main() ? null : new ModuleVariables(module);
    }
}
