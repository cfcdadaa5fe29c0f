package tfl.repl;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tfl.session.Stopwatch;

/** Results of benchmarks as people read them. */
final class BenchTable {
    private static final String ROW = "%-32s %-6s %10s %10s %10s %10s %10s %8s %9s %8s%n";
    private static final String COMPARISON = "%-32s %-6s %10s %10s %7s %7s  %s%n";
    private static final double SMALLEST = 0.02;

    private BenchTable() {}

    static String head() {
        return ROW.formatted("benchmark", "mode", "median", "least", "p90", "first", "compile", "peak MB", "GFLOP/s",
                "GB/s").stripTrailing();
    }

    static String row(BenchLine line) {
        if (Double.isNaN(line.number("median_ms"))) {
            return once(line);
        }
        return ROW.formatted(line.workload(), mode(line) + (line.isDisturbed() ? "~" : ""),
                time(line.number("median_ms")), time(line.number("min_ms")), time(line.number("p90_ms")),
                time(line.number("first_call_ms")), time(line.number("compile_ms")),
                digits(line.number("peak_rss_mb"), "%.0f"), digits(line.number("gflop_s"), "%.3g"),
                digits(line.number("gb_s"), "%.3g")).stripTrailing();
    }

    private static String once(BenchLine line) {
        boolean ran = !Double.isNaN(line.number("checksum"));
        return "%-32s %-6s %s".formatted(line.workload(), mode(line),
                ran ? "ran once, checksum " + line.fields().get("checksum") : line.note());
    }

    private static String mode(BenchLine line) {
        return line.peer().replace("tfl-", "");
    }

    /** How new results stand to old ones. */
    static String comparison(List<BenchLine> before, List<BenchLine> now) {
        Map<String, BenchLine> known = new HashMap<>();
        before.forEach(line -> known.put(line.workload() + " " + line.peer(), line));
        if (now.stream().noneMatch(line -> known.containsKey(line.workload() + " " + line.peer()))) {
            return "none of these benchmarks is in the results to compare with";
        }
        var text = new StringBuilder(COMPARISON.formatted("benchmark", "mode", "before", "now", "ratio", "noise", ""));
        for (var line : now) {
            var old = known.get(line.workload() + " " + line.peer());
            double ratio = old == null ? Double.NaN : line.number("median_ms") / old.number("median_ms");
            if (!Double.isNaN(ratio)) {
                double noise = Math.hypot(old.noise(), line.noise());
                text.append(COMPARISON.formatted(line.workload(), mode(line), time(old.number("median_ms")),
                        time(line.number("median_ms")), digits(ratio, "%.2f"), digits(noise, "%.2f"),
                        verdict(ratio, noise, old.isDisturbed() || line.isDisturbed())));
            } else if (!Double.isNaN(line.number("median_ms"))) {
                text.append("%-32s %-6s not measured before%n".formatted(line.workload(), mode(line)));
            }
        }
        return text.toString().stripTrailing();
    }

    private static String verdict(double ratio, double noise, boolean disturbed) {
        boolean same = Math.max(ratio, 1 / ratio) - 1 <= Math.max(noise, SMALLEST);
        var verdict = same ? "same" : ratio < 1 ? "faster" : "slower";
        return disturbed ? verdict + " ~" : verdict;
    }

    private static String time(double millis) {
        return Double.isNaN(millis) ? "" : Stopwatch.text(Math.round(millis * 1e6));
    }

    private static String digits(double number, String format) {
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, format, number);
    }
}
