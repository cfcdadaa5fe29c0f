package tfl.repl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Value;

/**
 * What one benchmark gave: a line of JSON. Values are {@code Double Long String} or null.
 *
 * @param fields in their order; {@code workload} and {@code peer} are among them
 */
record BenchLine(Map<String, Object> fields) {
    private static final Pattern FIELD = Pattern.compile(
            "\"(\\w+)\": *(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?[0-9][-+.eE0-9]*)|null)");
    private static final List<String> ALWAYS = List.of("median_ms", "min_ms", "p90_ms", "iters", "other_cores",
            "attempts", "first_call_ms", "first_call_other_cores", "compile_ms", "checksum", "checksum_abs",
            "peak_rss_mb");

    /** Of what the session measured. */
    static BenchLine of(String workload, Value measured) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("workload", workload);
        fields.put("peer", "tfl-" + measured.getMember("mode").asString());
        ALWAYS.forEach(name -> fields.put(name, plain(name, measured.getMember(name))));
        for (var name : List.of("warmup_ms", "kernels", "flops", "bytes", "gflop_s", "gb_s")) {
            if (!measured.getMember(name).isNull()) {
                fields.put(name, plain(name, measured.getMember(name)));
            }
        }
        if (!measured.getMember("note").asString().isEmpty()) {
            fields.put("note", measured.getMember("note").asString());
        }
        return new BenchLine(fields);
    }

    /** Of one that gave nothing. */
    static BenchLine failed(String workload, String mode, String note) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("workload", workload);
        fields.put("peer", "tfl-" + mode);
        ALWAYS.forEach(name -> fields.put(name, null));
        fields.put("note", note);
        return new BenchLine(fields);
    }

    /** Checksums in all their digits, the rest to the nanosecond. */
    private static Object plain(String name, Value value) {
        if (value.isNull()) {
            return null;
        }
        return value.fitsInLong() && !name.startsWith("checksum") ? (Object) value.asLong()
                : name.startsWith("checksum") ? value.asDouble() : Math.rint(value.asDouble() * 1e6) / 1e6;
    }

    private static Object parsed(String text) {
        return text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
    }

    /** The lines of a file that are results; others are left out. */
    static List<BenchLine> parse(String text) {
        var lines = new ArrayList<BenchLine>();
        for (var line : text.lines().filter(each -> each.contains("\"workload\"")).toList()) {
            var fields = new LinkedHashMap<String, Object>();
            var matcher = FIELD.matcher(line);
            while (matcher.find()) {
                fields.put(matcher.group(1), matcher.group(2) != null
                        ? matcher.group(2).replace("\\\"", "\"").replace("\\\\", "\\")
                        : matcher.group(3) == null ? null : parsed(matcher.group(3)));
            }
            if (fields.get("workload") instanceof String && fields.get("peer") instanceof String) {
                lines.add(new BenchLine(fields));
            }
        }
        return lines;
    }

    String json() {
        var text = new StringBuilder("{");
        fields.forEach((name, value) -> text.append(text.length() > 1 ? ", " : "").append('"').append(name)
                .append("\": ").append(value instanceof String words
                        ? '"' + words.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : value));
        return text.append('}').toString();
    }

    String workload() {
        return (String) fields.get("workload");
    }

    String peer() {
        return (String) fields.get("peer");
    }

    /** What a field holds, NaN if it is no number. */
    double number(String name) {
        return fields.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    String note() {
        return fields.get("note") instanceof String text ? text : "";
    }

    /** Whether calls differed much, or others were at work, in every attempt. */
    boolean isDisturbed() {
        return number("p90_ms") > 1.5 * number("median_ms") || number("other_cores") > 0.1;
    }

    /** Half of the range in which most calls lie, as a fraction of the median. */
    double noise() {
        return (number("p90_ms") - number("min_ms")) / (2 * number("median_ms"));
    }
}
