package tfl.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tfl.lower.Report;

/** The equations that a kernel was made of, briefly. */
final class Origins {
    private Origins() {}

    /** Their names, each once: {@code mul ×3, add}. */
    static String names(List<Report.Origin> origins) {
        return counted(origins.stream().map(Report.Origin::name).toList());
    }

    static String counted(List<String> names) {
        var counts = new LinkedHashMap<String, Integer>();
        names.forEach(name -> counts.merge(name, 1, Integer::sum));
        var counted = new ArrayList<String>();
        counts.forEach((name, count) -> counted.add(count == 1 ? name : name + " ×" + count));
        return String.join(", ", counted);
    }

    /** Where they were written: {@code model.tfl:12, 13; layers.tfl:4}; empty where nobody knows. */
    static String places(List<Report.Origin> origins) {
        var lines = new LinkedHashMap<String, TreeSet<Integer>>();
        for (var origin : origins) {
            if (origin.at().isKnown()) {
                var span = origin.at().span();
                lines.computeIfAbsent(span.source().name(), none -> new TreeSet<>()).add(span.line());
            }
        }
        return lines.entrySet().stream().map(file -> file.getKey() + ":" + file.getValue().stream()
                .map(String::valueOf).collect(Collectors.joining(", "))).collect(Collectors.joining("; "));
    }

    /** One a line, with its place; what stands on the same line of the source under the same name once. */
    static List<String> each(List<Report.Origin> origins) {
        var all = new LinkedHashSet<String>();
        for (var origin : origins) {
            all.add(origin.at().isKnown() ? origin.name() + "  " + origin.at().span().lineReference() : origin.name());
        }
        return List.copyOf(all);
    }
}
