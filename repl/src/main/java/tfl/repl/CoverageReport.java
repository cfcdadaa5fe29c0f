package tfl.repl;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;
import tfl.session.Misuse;

/** What of the program the tests ran, gathered from the sessions of all test files. */
final class CoverageReport {
    private static final String ROW = "%-40s %11s %7s   %9s %7s   %s";
    private final Path json;
    private final Path lcov;
    private final Map<String, FileCoverage> files = new TreeMap<>();

    /** Lines and functions of one file; what any session ran has run. */
    private static final class FileCoverage {
        private final Map<Integer, Boolean> lines = new TreeMap<>();
        private final Map<String, Boolean> functions = new TreeMap<>();
        private final Map<String, Integer> starts = new TreeMap<>();

        long linesRun() {
            return lines.values().stream().filter(ran -> ran).count();
        }

        long functionsCalled() {
            return functions.values().stream().filter(called -> called).count();
        }

        /** Lines that did not run, as {@code 3, 7-9}; lines without statements do not part a stretch. */
        String missing() {
            var stretches = new ArrayList<String>();
            int first = 0;
            int last = 0;
            for (var line : lines.entrySet()) {
                if (!line.getValue()) {
                    first = first == 0 ? line.getKey() : first;
                    last = line.getKey();
                } else if (first > 0) {
                    stretches.add(stretch(first, last));
                    first = 0;
                }
            }
            if (first > 0) {
                stretches.add(stretch(first, last));
            }
            return String.join(", ", stretches);
        }

        private static String stretch(int first, int last) {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    private CoverageReport(Path json, Path lcov) {
        this.json = json;
        this.lcov = lcov;
    }

    /** The report that the flags ask for; null for none. */
    static CoverageReport of(CommandLine line) {
        if (!line.has(Flag.COVERAGE)) {
            if (line.has(Flag.JSON) || line.has(Flag.LCOV)) {
                throw new Misuse("`--json` and `--lcov` write what `--coverage` finds; give that too");
            }
            return null;
        }
        return new CoverageReport(path(line.value(Flag.JSON)), path(line.value(Flag.LCOV)));
    }

    private static Path path(String text) {
        return text == null ? null : Path.of(text);
    }

    /** Adds what a session ran. */
    void add(Value rows) {
        for (long i = 0; i < rows.getArraySize(); i++) {
            var row = rows.getArrayElement(i);
            var file = files.computeIfAbsent(shown(row.getMember("path").asString()), path -> new FileCoverage());
            var lines = row.getMember("lines");
            for (long k = 0; k < lines.getArraySize(); k++) {
                var line = lines.getArrayElement(k);
                file.lines.merge(line.getMember("line").asInt(), line.getMember("ran").asBoolean(),
                        Boolean::logicalOr);
            }
            var functions = row.getMember("functions");
            for (long k = 0; k < functions.getArraySize(); k++) {
                var function = functions.getArrayElement(k);
                String name = function.getMember("name").asString();
                file.functions.merge(name, function.getMember("called").asBoolean(), Boolean::logicalOr);
                file.starts.put(name, function.getMember("line").asInt());
            }
        }
    }

    /** A path below the working folder without it. */
    private static String shown(String path) {
        var here = Path.of("").toAbsolutePath();
        var file = Path.of(path).toAbsolutePath().normalize();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }

    /** Prints the table, and writes the files that were asked for. */
    void write(PrintStream out) {
        out.println();
        out.println(ROW.formatted("coverage", "lines", "", "functions", "", "not run").stripTrailing());
        files.forEach((path, file) -> out.println(row(path, file.linesRun(), file.lines.size(),
                file.functionsCalled(), file.functions.size(), file.missing())));
        out.println(row("total", sum(FileCoverage::linesRun), sum(file -> file.lines.size()),
                sum(FileCoverage::functionsCalled), sum(file -> file.functions.size()), ""));
        save(json, json());
        save(lcov, lcov());
    }

    private long sum(ToLongFunction<FileCoverage> part) {
        return files.values().stream().mapToLong(part).sum();
    }

    private static String row(String path, long run, long lines, long called, long functions, String missing) {
        return ROW.formatted(path, run + "/" + lines, share(run, lines), called + "/" + functions,
                share(called, functions), missing).stripTrailing();
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "" : "%.1f%%".formatted(100.0 * part / whole);
    }

    private String json() {
        return "{\"files\": [" + files.entrySet().stream().map(entry -> json(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",\n  ", "\n  ", "\n")) + "],\n\"total\": " + counts(
                        sum(FileCoverage::linesRun), sum(file -> file.lines.size()),
                        sum(FileCoverage::functionsCalled), sum(file -> file.functions.size())) + "}\n";
    }

    private static String json(String path, FileCoverage file) {
        var missing = file.lines.entrySet().stream().filter(line -> !line.getValue()).map(line -> line.getKey()
                .toString()).collect(Collectors.joining(", "));
        var uncalled = file.functions.entrySet().stream().filter(function -> !function.getValue())
                .map(function -> quoted(function.getKey())).collect(Collectors.joining(", "));
        return "{\"file\": " + quoted(path) + ", \"coverage\": " + counts(file.linesRun(), file.lines.size(),
                file.functionsCalled(), file.functions.size()) + ", \"lines_not_run\": [" + missing
                + "], \"functions_not_called\": [" + uncalled + "]}";
    }

    private static String counts(long run, long lines, long called, long functions) {
        return "{\"lines_run\": " + run + ", \"lines\": " + lines + ", \"functions_called\": " + called
                + ", \"functions\": " + functions + "}";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String lcov() {
        var text = new StringBuilder();
        files.forEach((path, file) -> {
            text.append("TN:\nSF:").append(Path.of(path).toAbsolutePath()).append('\n');
            file.starts.forEach((name, line) -> text.append("FN:").append(line).append(',').append(name).append('\n'));
            file.functions.forEach((name, called) -> text.append("FNDA:").append(called ? 1 : 0).append(',')
                    .append(name).append('\n'));
            text.append("FNF:").append(file.functions.size()).append("\nFNH:").append(file.functionsCalled())
                    .append('\n');
            file.lines.forEach((line, ran) -> text.append("DA:").append(line).append(',').append(ran ? 1 : 0)
                    .append('\n'));
            text.append("LF:").append(file.lines.size()).append("\nLH:").append(file.linesRun())
                    .append("\nend_of_record\n");
        });
        return text.toString();
    }

    private static void save(Path target, String text) {
        if (target == null) {
            return;
        }
        var aside = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.writeString(aside, text);
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new Misuse(target + " cannot be written: " + problem.getMessage());
        }
    }
}
