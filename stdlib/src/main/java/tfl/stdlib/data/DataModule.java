package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Check;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.Permission;
import tfl.interpreter.builtin.Plain;
import tfl.interpreter.builtin.TableModule;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** The Java side of the module {@code data}, for its TFL source only. */
public final class DataModule extends TableModule {
    private static final String MODULE = "data";
    private static final Map<String, Builtin> ROWS = new LinkedHashMap<>();

    static {
        row("_walk", "plan, spot, key, meter", (context, given) -> {
            reach();
            return new StreamWalk((RecordValue) given[0], given[1], key(given[2]), (StreamWalk.Meter) given[3]);
        });
        row("_step", "plan, spot, key, meter", DataModule::step);
        row("_position", "plan, spot", (context, given) -> (given[1] instanceof Spot spot ? spot
                : Spot.start(Plan.describe((RecordValue) given[0]))).position());
        row("_spot", "plan, position", (context, given) -> Spot.of(Plan.describe((RecordValue) given[0]), given[1]));
        row("_checked", "plan", (context, given) -> {
            Plan.check((RecordValue) given[0]);
            return given[0];
        });
        row("_describe", "plan", (context, given) -> Plan.describe((RecordValue) given[0]));
        row("_memo", "", (context, given) -> new Memo());
        row("_meter", "", (context, given) -> new StreamWalk.Meter());
        row("_stats", "meter", (context, given) -> stats((StreamWalk.Meter) given[0]));
        row("_count", "rows", (context, given) -> Items.count(given[0]));
        row("_rows", "rows, at", (context, given) -> Items.row(given[0], (Long) given[1]));
        row("_slice", "rows, start, count", (context, given) -> Items.rows(given[0], (Long) given[1],
                (Long) given[2]));
        row("_fetch", "url, path, sha256", (context, given) -> {
            Outside.reach("data.download", "reaches the network");
            Permission.NETWORK.check("cannot fetch " + given[0]);
            return Download.fetch((String) given[0], (String) given[1], given[2]);
        });
        row("_local", "name", (context, given) -> Download.local((String) given[0]));
        row("_folder", "name", (context, given) -> {
            Permission.NETWORK.check("cannot fetch files");
            return Download.folder((String) given[0]);
        });
    }

    /** For {@link java.util.ServiceLoader}. */
    public DataModule() {
        super(MODULE, ROWS);
    }

    private static void row(String name, String parameters, Builtin.Body body) {
        ROWS.put(name, Builtin.of(MODULE, name, parameters, "", body));
    }

    private static void reach() {
        Outside.reach("a stream", "is walked");
    }

    /** Under vmap one walk serves every element, with the key that the first one draws. */
    private static Long key(Object drawn) {
        return (Long) Plain.first(drawn);
    }

    /** One step by hand, on the caller's thread: the element and the spot behind it, or none. */
    private static Object step(CallContext context, Object[] given) {
        reach();
        var plan = (RecordValue) given[0];
        var meter = (StreamWalk.Meter) given[3];
        Object key = given[1] instanceof Spot spot && spot.key() != None.NONE ? spot.key()
                : key(given[2]);
        var stage = given[1] instanceof Spot spot ? spot.take() : null;
        if (stage == null) {
            var walk = new Walk(context, plan, false, StreamWalk.PATIENCE);
            meter.steps = walk.meters();
            stage = StreamWalk.stage(walk, plan, given[1], (Long) key);
        }
        Object element = stage.next();
        if (element == null) {
            stage.close();
            return None.NONE;
        }
        return TupleValue.of(element, new Spot(Plan.describe(plan), key, stage.place(), stage));
    }

    private static Object stats(StreamWalk.Meter meter) {
        var rows = new ArrayList<Object>();
        for (var step : meter.steps) {
            var row = new LinkedHashMap<String, Object>();
            row.put("step", step.name);
            row.put("elements", step.elements());
            row.put("work", step.work() / 1e9);
            row.put("waiting", step.waiting() / 1e9);
            row.put("threads", (long) step.threads);
            row.put("buffer", (long) step.buffer);
            row.put("bytes", step.bytes);
            rows.add(RecordValue.of(row));
        }
        return new TupleValue(rows.toArray());
    }

    @Override
    public List<Check> checks() {
        var root = Outside.variable("TFL_DATA");
        var found = root == null || root.isBlank()
                ? new Check("ok", "data", "TFL_DATA is not set: data sets are downloaded when first used", "")
                : WorkingFolder.resolve(root).isDirectory() ? new Check("ok", "data", "TFL_DATA is " + root, "")
                : new Check("warning", "data", "TFL_DATA is " + root + ", which is no folder",
                        "create it, or unset it");
        return List.of(found);
    }
}
