package tfl.interpreter.measure;

import tfl.explain.Quantity;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.ReportType;
import tfl.interpreter.transform.GraphCost;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;

/** How long a call takes, as {@code timeit} and the prompt's {@code :timeit} say it. */
public final class Timing {
    /** Of calls to be timed, where nobody says how many. */
    public static final double SECONDS = 0.5;
    private static final StructType TYPE = ReportType.of("Timing", "How long a call takes, in seconds.", "median",
            "least", "most", "runs", "first", "compile");

    private Timing() {}

    /** Calls the function once, readies its graph if it is one, and times calls for about so many seconds. */
    public static StructValue of(CallContext context, Object function, Object[] arguments, RecordValue keywords,
            double seconds) {
        var work = new Workload(context, function, arguments, keywords, None.NONE, 1, None.NONE);
        long first = work.run();
        var cost = GraphCost.isGraph(function) ? GraphCost.of(context, function, arguments, keywords) : null;
        var times = new Stopwatch(work, Pace.ofSamples(seconds), context.caller()).run();
        return new StructValue(TYPE, new Object[] {text(times) + "\n" + text(first, cost), times.median() / 1e3,
            times.least() / 1e3, times.most() / 1e3, (long) times.count() * times.loops(), first / 1e9,
            cost == null ? None.NONE : (Object) (cost.compileNanos() / 1e9)});
    }

    /** The median of the samples, the middle half of them, and how many runs there were. */
    private static String text(Times times) {
        return millis(times.median()) + " a run (median of " + times.count() + " sample"
                + (times.count() == 1 ? "" : "s") + (times.loops() == 1 ? "" : " of " + times.loops() + " runs")
                + "; half of them "
                + millis(times.quantile(0.25)) + " to " + millis(times.quantile(0.75)) + "; all "
                + millis(times.least()) + " to " + millis(times.most()) + ")";
    }

    private static String text(long first, GraphCost cost) {
        return cost == null ? "the first run, which compiles, took " + Quantity.time(first)
                : "the first run took " + Quantity.time(first) + ", tracing and compiling the graph "
                + Quantity.time(cost.compileNanos());
    }

    private static String millis(double millis) {
        return Quantity.time(Math.round(millis * 1e6));
    }
}
