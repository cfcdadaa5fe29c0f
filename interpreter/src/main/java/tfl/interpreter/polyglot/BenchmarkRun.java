package tfl.interpreter.polyglot;

import java.util.LinkedHashMap;
import java.util.List;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.measure.Benchmarks;
import tfl.interpreter.measure.Protocol;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** Runs the bench blocks of the session's module. */
final class BenchmarkRun {
    private static final int COLUMNS = 100;
    private final TflContext session;

    BenchmarkRun(TflContext session) {
        this.session = session;
    }

    /** The names of the blocks, in order. */
    Object names() {
        return new TupleValue(blocks().stream().map(ModuleScope.Block::name).toArray());
    }

    private List<ModuleScope.Block> blocks() {
        return Modules.of(session).main().benchmarks();
    }

    /** Runs the block of that name: {@code measured}, as {@code measure} gives it, or else a {@code report}. */
    Object run(String name, Protocol protocol) {
        var block = blocks().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        var row = new LinkedHashMap<String, Object>();
        row.put("measured", None.NONE);
        row.put("report", "");
        try {
            row.put("measured", Benchmarks.run(new CallContext(null), name, block.body(), protocol));
        } catch (TflException failure) {
            row.put("report", Reports.of(failure, COLUMNS, false, true));
        }
        return RecordValue.of(row);
    }
}
