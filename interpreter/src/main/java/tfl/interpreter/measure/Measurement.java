package tfl.interpreter.measure;

import java.util.LinkedHashMap;
import tfl.interpreter.transform.GraphCost;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;

/**
 * What was measured; times in milliseconds.
 *
 * @param mode {@code eager} or {@code graph}
 * @param times of the calls, or null where none were timed
 * @param firstCall the time of the process's first, and the processors that others used meanwhile
 * @param cost of the graph, or null
 * @param flops operations of a call, 0 if not known
 * @param bytes moved by a call, 0 if not known
 * @param note why nothing was measured, or empty
 */
record Measurement(String mode, Times times, double firstCall, double firstCallOthers, GraphCost cost,
        Checksum checksum, long flops, long bytes, String note) {

    /** A benchmark that has no such mode. */
    static Measurement none(String mode, String note) {
        return new Measurement(mode, null, Double.NaN, Double.NaN, null, null, 0, 0, note);
    }

    /** As programs see it; what is not known is none. */
    RecordValue record() {
        var row = new LinkedHashMap<String, Object>();
        row.put("mode", mode);
        boolean timed = times != null;
        row.put("median_ms", number(timed ? times.median() : Double.NaN));
        row.put("min_ms", number(timed ? times.least() : Double.NaN));
        row.put("p90_ms", number(timed ? times.quantile(0.9) : Double.NaN));
        row.put("iters", timed ? (Object) (long) times.count() : None.NONE);
        row.put("other_cores", number(timed ? times.otherCores() : Double.NaN));
        row.put("attempts", timed ? (Object) (long) times.attempts() : None.NONE);
        row.put("warmup_ms", number(timed ? times.warmup() : Double.NaN));
        row.put("first_call_ms", number(firstCall));
        row.put("first_call_other_cores", number(firstCallOthers));
        row.put("compile_ms", number(cost == null ? Double.NaN : cost.compileNanos() / 1e6));
        row.put("checksum", number(checksum == null ? Double.NaN : checksum.sum()));
        row.put("checksum_abs", number(checksum == null ? Double.NaN : checksum.magnitude()));
        row.put("peak_rss_mb", number(Load.peakMegabytes()));
        row.put("kernels", cost == null ? None.NONE : (Object) (long) cost.kernels());
        row.put("flops", flops == 0 ? None.NONE : (Object) flops);
        row.put("bytes", bytes == 0 ? None.NONE : (Object) bytes);
        row.put("gflop_s", number(timed && flops > 0 ? flops / times.median() / 1e6 : Double.NaN));
        row.put("gb_s", number(timed && bytes > 0 ? bytes / times.median() / 1e6 : Double.NaN));
        row.put("note", note);
        return RecordValue.of(row);
    }

    private static Object number(double number) {
        return Double.isNaN(number) ? None.NONE : (Object) number;
    }
}
