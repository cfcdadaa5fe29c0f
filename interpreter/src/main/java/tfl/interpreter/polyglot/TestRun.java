package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** Runs the test blocks of the session's module. */
final class TestRun {
    private static final int COLUMNS = 100;
    private final TflContext session;

    TestRun(TflContext session) {
        this.session = session;
    }

    /** A row for each test: name, passed, millis, and the report of one that failed. */
    Object results() {
        var rows = new ArrayList<Object>();
        for (var test : Modules.of(session).main().tests()) {
            rows.add(result(test));
        }
        return new TupleValue(rows.toArray());
    }

    private static RecordValue result(ModuleScope.Block test) {
        long start = System.nanoTime();
        String report = "";
        try {
            new CallContext(null).call(test.body());
        } catch (TflException failure) {
            report = Reports.of(failure, COLUMNS, false, true);
        }
        var row = new LinkedHashMap<String, Object>();
        row.put("name", test.name());
        row.put("passed", report.isEmpty());
        row.put("millis", (System.nanoTime() - start) / 1e6);
        row.put("report", report);
        return RecordValue.of(row);
    }
}
