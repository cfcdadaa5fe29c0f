package tfl.interpreter.polyglot;

import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.TflContext;
import tfl.interpreter.coverage.Coverage;
import tfl.interpreter.coverage.CoverageInstrument;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** What has run, as rows for a test runner. */
final class CoverageRows {
    private CoverageRows() {}

    private static Coverage of(TflContext session) {
        var env = session.env();
        return env.lookup(env.getInstruments().get(CoverageInstrument.ID), Coverage.class);
    }

    static Object start(TflContext session) {
        of(session).start();
        return None.NONE;
    }

    /** A row for each file: its path, lines with whether they ran, and functions with whether they were called. */
    static Object rows(TflContext session) {
        return new TupleValue(of(session).files().stream().map(CoverageRows::row).toArray());
    }

    private static Object row(Coverage.FileRow file) {
        var row = new LinkedHashMap<String, Object>();
        row.put("path", file.path());
        row.put("lines", new TupleValue(file.lines().entrySet().stream().map(line -> record(Map.of("line",
                (long) line.getKey(), "ran", line.getValue()))).toArray()));
        row.put("functions", new TupleValue(file.functions().stream().map(function -> record(Map.of("name",
                function.name(), "line", (long) function.line(), "called", function.called()))).toArray()));
        return RecordValue.of(row);
    }

    private static RecordValue record(Map<String, Object> fields) {
        return RecordValue.of(new LinkedHashMap<>(fields));
    }
}
