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
import tfl.interpreter.builtin.DisplayChannel;
import tfl.interpreter.measure.Protocol;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.None;
import tfl.interpreter.value.TupleValue;

/** The table of services for prompts, notebooks and test runners; each is an executable member. */
@ExportLibrary(InteropLibrary.class)
final class Services implements TruffleObject {
    private static final int COLUMNS = 100;
    private final Map<String, Service> table = new LinkedHashMap<>();

    /** One service: values of the language in, a value of the language out. */
    interface Body {
        Object call(Object[] arguments);
    }

    Services(PolyglotFrontend frontend, TflContext session) {
        var state = new SessionState(session);
        var lookUp = new LookUp(session);
        add("vars", 0, a -> state.variables());
        add("snapshot", 0, a -> state.snapshot());
        add("restore", 1, a -> state.restore(a[0]));
        add("changed", 1, a -> state.hasChanged(a[0]));
        add("reload", 1, a -> new TupleValue(Modules.of(session).reload((Boolean) a[0],
                error -> Reports.of(error, COLUMNS, false, false)).toArray()));
        add("drop", 1, a -> state.drop((String) a[0]));
        add("reset", 0, a -> state.reset());
        add("setLast", 1, a -> state.setLast(a[0]));
        var measured = new MeasuredInputs(frontend, session);
        add("timeit", 2, a -> measured.timed((String) a[0], (String) a[1]));
        add("profile", 2, a -> measured.profiled((String) a[0], (String) a[1]));
        add("setVariable", 2, a -> state.setVariable((String) a[0], a[1]));
        add("load", 3, a -> Modules.of(session).text((String) a[0], (String) a[1], (String) a[2]));
        add("tests", 0, a -> new TestRun(session).results());
        var benchmarks = new BenchmarkRun(session);
        add("benchmarks", 0, a -> benchmarks.names());
        add("benchmark", 4, a -> benchmarks.run((String) a[0],
                new Protocol((Boolean) a[1], (Boolean) a[2], (Double) a[3])));
        add("attach", 1, a -> {
            DisplayChannel.of(session).attach(a[0]);
            return None.NONE;
        });
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
        var cells = new CellState(session);
        add("binding", 1, a -> cells.binding((String) a[0]));
        add("bind", 3, a -> cells.bind((String) a[0], (Boolean) a[1], a[2]));
        add("same", 2, a -> Sameness.same(a[0], a[1]));
        add("live", 1, a -> cells.live(a[0]));
        add("generator", 0, a -> cells.generator());
        add("setGenerator", 2, a -> cells.setGenerator((Long) a[0], (Long) a[1]));
        add("inspect", 1, a -> lookUp.inspect((String) a[0]));
        var completion = new CompletionRows(session);
        add("parameters", 1, a -> completion.parameters((String) a[0]));
        add("globals", 0, a -> completion.globals());
        add("complete", 1, a -> completion.names((String) a[0]));
        add("fields", 2, a -> completion.fields((String) a[0], (String) a[1]));
        add("exports", 2, a -> completion.exports((String) a[0], (String) a[1]));
        add("modules", 1, a -> completion.modules((String) a[0]));
        var reference = new ReferenceRows(session);
        add("libraryNames", 0, a -> reference.names());
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
