package tfl.repl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.graalvm.polyglot.Value;
import tfl.session.Stopwatch;

/** Runs an input and shows where its time went. */
final class Profile {
    private static final int MOST = 15;
    private final Evaluator evaluator;

    Profile(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    void run(String code) {
        var session = evaluator.session();
        var source = session.fragment(code);
        Value value;
        Value profile;
        session.service("startProfile");
        try {
            value = session.run(source);
        } finally {
            profile = session.service("stopProfile");
        }
        if (!Evaluator.isHidden(code)) {
            evaluator.show(value);
        }
        evaluator.say(text(profile));
    }

    private static String text(Value profile) {
        long nanos = profile.getMember("nanos").asLong();
        var text = new StringBuilder(Stopwatch.text(nanos)).append(" in all\n");
        var functions = rows(profile.getMember("functions"), "total");
        if (!functions.isEmpty()) {
            text.append("\n   total      own  function\n");
            append(text, functions, row -> share(number(row, "total"), nanos) + "  " + share(number(row, "own"), nanos)
                    + "  " + row.getMember("name").asString() + place(row));
        }
        var operations = rows(profile.getMember("operations"), "nanos");
        long inside = operations.stream().mapToLong(row -> number(row, "nanos")).sum();
        if (!operations.isEmpty()) {
            text.append("\n    time    share    calls  operation\n");
            append(text, operations, row -> "%8s  %s %8d  %s".formatted(Stopwatch.text(number(row, "nanos")),
                    share(number(row, "nanos"), nanos), number(row, "calls"), row.getMember("name").asString()));
            text.append("%8s  %s           all operations%n".formatted(Stopwatch.text(inside), share(inside, nanos)));
        }
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, List<Value> rows, Function<Value, String> line) {
        rows.stream().limit(MOST).forEach(row -> text.append(line.apply(row)).append('\n'));
        if (rows.size() > MOST) {
            text.append("          and ").append(rows.size() - MOST).append(" more\n");
        }
    }

    private static List<Value> rows(Value array, String by) {
        var rows = new ArrayList<Value>();
        for (long i = 0; i < array.getArraySize(); i++) {
            rows.add(array.getArrayElement(i));
        }
        rows.sort(Comparator.comparingLong((Value row) -> number(row, by)).reversed());
        return rows;
    }

    private static String place(Value row) {
        var place = row.getMember("place").asString();
        return place.isEmpty() ? "" : "  " + place;
    }

    private static long number(Value row, String name) {
        return row.getMember(name).asLong();
    }

    private static String share(long part, long whole) {
        return "%6.1f %%".formatted(whole == 0 ? 0 : 100.0 * part / whole);
    }
}
