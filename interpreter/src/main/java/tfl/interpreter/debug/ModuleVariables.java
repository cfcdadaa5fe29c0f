package tfl.interpreter.debug;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.view.Names;
import tfl.interpreter.view.View;

/** What a module defines, as the outermost scope of its functions. */
@ExportLibrary(InteropLibrary.class)
final class ModuleVariables implements TruffleObject {
    private final ModuleScope module;

    ModuleVariables(ModuleScope module) {
        this.module = module;
    }

    List<String> names() {
        var names = new ArrayList<>(module.variableNames());
        names.addAll(module.definitionNames());
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
    Object toDisplayString(@SuppressWarnings("unused") boolean allowSideEffects) {
        return "module " + module.name();
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
        if (!isMemberReadable(name)) {
            throw UnknownIdentifierException.create(name);
        }
        return View.of(module.find(name));
    }
}
