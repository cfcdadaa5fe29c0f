package tfl.interpreter.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tfl.explain.Quantity;
import tfl.interpreter.builtin.ReportType;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.transform.OperationTimes.Time;

/** Where the time of some work went, as {@code profile} and the prompt's {@code :profile} say it. */
final class Profile {
    private static final int MOST = 15;
    private static final StructType TYPE = ReportType.of("Profile", "Where the time went, in seconds.", "seconds",
            "functions", "operations");

    private Profile() {}

    /** @param functions the time that each took by itself, and in all */
    static StructValue of(long nanos, Map<Profiler.Function, long[]> functions, Map<String, Time> operations) {
        var inFunctions = sorted(functions, times -> times[1]);
        var inOperations = sorted(operations, Time::nanos);
        var text = Quantity.time(nanos) + " in all" + functions(inFunctions, nanos) + operations(inOperations, nanos);
        return new StructValue(TYPE, new Object[] {text, nanos / 1e9, rows(inFunctions, Profile::functionRow),
            rows(inOperations, Profile::operationRow)});
    }

    /** The most time first; where it is the same, as the names go. */
    private static <K, T> List<Map.Entry<K, T>> sorted(Map<K, T> times, ToLongFunction<T> nanos) {
        var rows = new ArrayList<>(times.entrySet());
        rows.sort(Comparator.comparingLong((Map.Entry<K, T> row) -> nanos.applyAsLong(row.getValue())).reversed()
                .thenComparing(row -> row.getKey().toString()));
        return rows;
    }

    private static <R> TupleValue rows(List<R> rows, Function<R, RecordValue> row) {
        return new TupleValue(rows.stream().map(row).toArray());
    }

    private static RecordValue functionRow(Map.Entry<Profiler.Function, long[]> entry) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", entry.getKey().name());
        row.put("place", entry.getKey().place());
        row.put("seconds", entry.getValue()[1] / 1e9);
        row.put("own", entry.getValue()[0] / 1e9);
        return RecordValue.of(row);
    }

    private static RecordValue operationRow(Map.Entry<String, Time> entry) {
        var row = new LinkedHashMap<String, Object>();
        row.put("name", entry.getKey());
        row.put("seconds", entry.getValue().nanos() / 1e9);
        row.put("calls", entry.getValue().calls());
        return RecordValue.of(row);
    }

    private static String functions(List<Map.Entry<Profiler.Function, long[]>> rows, long nanos) {
        return rows.isEmpty() ? "" : "\n\n   total      own  function" + lines(rows, row ->
                share(row.getValue()[1], nanos) + "  " + share(row.getValue()[0], nanos) + "  " + row.getKey().name()
                + (row.getKey().place().isEmpty() ? "" : "  " + row.getKey().place()));
    }

    private static String operations(List<Map.Entry<String, Time>> rows, long nanos) {
        long inside = rows.stream().mapToLong(row -> row.getValue().nanos()).sum();
        return rows.isEmpty() ? "" : "\n\n    time    share    calls  operation" + lines(rows, row ->
                String.format(Locale.ROOT, "%8s  %s %8d  %s", Quantity.time(row.getValue().nanos()),
                        share(row.getValue().nanos(), nanos), row.getValue().calls(), row.getKey()))
                + String.format(Locale.ROOT, "\n%8s  %s           all operations", Quantity.time(inside),
                        share(inside, nanos));
    }

    private static <R> String lines(List<R> rows, Function<R, String> line) {
        var text = new StringBuilder();
        rows.stream().limit(MOST).forEach(row -> text.append('\n').append(line.apply(row)));
        return rows.size() <= MOST ? text.toString()
                : text.append("\n          and ").append(rows.size() - MOST).append(" more").toString();
    }

    private static String share(long part, long whole) {
        return String.format(Locale.ROOT, "%6.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
    }
}
