package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.TflContext;
import tfl.interpreter.value.TupleValue;

/** The table of services for prompts, notebooks and test runners; each is an executable member. */
@ExportLibrary(InteropLibrary.class)
final class Services implements TruffleObject {
    private final Map<String, Service> table = new LinkedHashMap<>();

    /** One service: values of the language in, a value of the language out. */
    interface Body {
        Object call(Object[] arguments);
    }

    Services(TflContext session) {
        var state = new SessionState(session);
        var lookUp = new LookUp(session);
        add("vars", 0, a -> state.variables());
        add("snapshot", 0, a -> state.snapshot());
        add("restore", 1, a -> state.restore(a[0]));
        add("drop", 1, a -> state.drop((String) a[0]));
        add("reset", 0, a -> state.reset());
        add("setLast", 1, a -> state.setLast(a[0]));
        add("tests", 0, a -> new TestRun(session).results());
        add("startCoverage", 0, a -> CoverageRows.start(session));
        add("coverage", 0, a -> CoverageRows.rows(session));
        add("memory", 0, a -> Machine.memory());
        add("doctor", 0, a -> Machine.checks());
        add("display", 3, a -> lookUp.display(a[0], ((Long) a[1]).intValue(), (Boolean) a[2]));
        add("mime", 2, a -> Pictures.bundle(a[0], ((Long) a[1]).intValue()));
        add("picture", 1, a -> Pictures.png(a[0]));
        add("doc", 1, a -> lookUp.doc((String) a[0]));
        add("source", 1, a -> lookUp.source((String) a[0]));
        add("signature", 1, a -> lookUp.signature((String) a[0]));
        add("parameters", 1, a -> lookUp.parameters((String) a[0]));
        add("members", 1, a -> lookUp.members((String) a[0]));
        add("globals", 0, a -> lookUp.globals());
        add("complete", 1, a -> lookUp.complete((String) a[0]));
        var reference = new ReferenceRows(session);
        add("libraryModules", 0, a -> reference.modules());
        add("reference", 1, a -> reference.of((String) a[0]));
        add("apropos", 1, a -> lookUp.apropos((String) a[0]));
    }

    private void add(String name, int arguments, Body body) {
        table.put(name, new Service(arguments, body));
    }

    @ExportMessage
    boolean hasMembers() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object getMembers(@SuppressWarnings("unused") boolean includeInternal) {
        return GuestValue.of(new TupleValue(table.keySet().toArray()));
    }

    @ExportMessage
    @TruffleBoundary
    boolean isMemberReadable(String name) {
        return table.containsKey(name);
    }

    @ExportMessage
    @TruffleBoundary
    Object readMember(String name) throws UnknownIdentifierException {
        var service = table.get(name);
        if (service == null) {
            throw UnknownIdentifierException.create(name);
        }
        return service;
    }
}
