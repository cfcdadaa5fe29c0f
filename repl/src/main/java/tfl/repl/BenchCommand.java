package tfl.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tfl.language.ast.Statement;
import tfl.language.parse.Parser;
import tfl.language.source.Diagnostic;
import tfl.language.source.Source;
import tfl.session.ExitStatus;
import tfl.session.Misuse;
import tfl.session.Screen;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** {@code tfl bench}: measures the bench blocks of files, each in a process of its own. */
final class BenchCommand {
    private static final double PATIENCE = 10;
    private final CommandLine line;
    private final List<String> modes;
    private final List<BenchLine> results = new ArrayList<>();
    private boolean failed;

    private BenchCommand(CommandLine line) {
        this.line = line;
        this.modes = line.has(Flag.GRAPH) ? line.has(Flag.EAGER) ? List.of("eager", "graph") : List.of("graph")
                : List.of("eager");
    }

    static int run(CommandLine line) {
        return new BenchCommand(line).run();
    }

    private int run() {
        var before = line.has(Flag.COMPARE) ? BenchLine.parse(Session.read(Path.of(line.value(Flag.COMPARE)))) : null;
        patience();
        var files = SourceFiles.under(line.words().isEmpty() ? List.of(".") : line.words());
        if (line.has(Flag.ONE)) {
            one(files);
        } else {
            all(files);
        }
        if (before != null) {
            System.out.println("\n" + BenchTable.comparison(before, results));
        }
        return failed ? ExitStatus.FAILED : ExitStatus.DONE;
    }

    private void all(List<Path> files) {
        var word = line.has(Flag.FILTER) ? line.value(Flag.FILTER) : "";
        boolean any = false;
        boolean chosen = false;
        for (var file : files) {
            var known = names(file);
            var wanted = known.stream().filter(name -> name.contains(word)).toList();
            any |= !known.isEmpty();
            if (!wanted.isEmpty() && !chosen) {
                System.out.println(BenchTable.head());
                chosen = true;
            }
            if (line.has(Flag.ONCE) && !wanted.isEmpty()) {
                inProcess(file, wanted);
            } else {
                wanted.forEach(name -> modes.forEach(mode -> inChild(file, name, mode)));
            }
        }
        if (!chosen && !failed) {
            throw new Misuse(any ? "no benchmark has `" + word + "` in its name"
                    : "there is no bench block in " + String.join(", ", line.words().isEmpty() ? List.of(".")
                            : line.words()));
        }
    }

    /** The benchmark named on the command line, in this process. */
    private void one(List<Path> files) {
        String name = line.value(Flag.ONE);
        var file = files.stream().filter(each -> names(each).contains(name)).findFirst()
                .orElseThrow(() -> new Misuse("there is no benchmark `" + name + "`"));
        if (!line.has(Flag.QUIET)) {
            System.out.println(BenchTable.head());
        }
        inProcess(file, List.of(name));
    }

    /** The names of a file's benchmarks; where it has errors they are shown. */
    private List<String> names(Path file) {
        var parsed = Parser.parse(Source.of(file.toString(), Session.read(file)));
        if (!parsed.isValid()) {
            failed = true;
            var screen = Screen.ofProcess();
            System.err.println(Diagnostic.render(parsed.problems().stream().map(Diagnostic::of).toList(),
                    new Diagnostic.Style(screen.colour(), screen.width(), true)));
        }
        var names = parsed.module().statements().stream().filter(Statement.Bench.class::isInstance)
                .map(each -> ((Statement.Bench) each).name()).toList();
        var seen = new HashSet<String>();
        names.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(twice -> {
            throw new Misuse(file + " has two benchmarks \"" + twice + "\"");
        });
        return names;
    }

    // In a process of its own

    private void inChild(Path file, String name, String mode) {
        try {
            var cache = Files.createTempDirectory("tfl-bench");
            try {
                var out = cache.resolve("result.json");
                var builder = new ProcessBuilder(words(file, name, mode, out)).inheritIO();
                builder.environment().put("TFL_CACHE", cache.toString());
                int status = builder.start().waitFor();
                var given = Files.exists(out) ? BenchLine.parse(Files.readString(out)) : List.<BenchLine>of();
                finish(given.isEmpty() ? BenchLine.failed(name, mode, "failed: exit " + status) : given.getFirst(),
                        status == ExitStatus.DONE && !given.isEmpty());
            } finally {
                Processes.delete(cache);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            failed = true;
        }
    }

    private List<String> words(Path file, String name, String mode, Path out) {
        var words = new ArrayList<>(Processes.launcher());
        words.addAll(List.of("bench", "--one", name, "--" + mode, "--json", out.toString(), "--quiet", "--patience",
                Double.toString(patience())));
        for (var flag : List.of(Flag.SEED, Flag.DEVICE)) {
            if (line.has(flag)) {
                words.addAll(List.of(flag.spelling(), line.value(flag)));
            }
        }
        words.addAll(List.of("--", file.toString()));
        return words;
    }

    // In this process

    private void inProcess(Path file, List<String> names) {
        var tools = line.has(Flag.SAMPLER) ? List.of("cpusampler=true") : List.<String>of();
        var options = new SessionOptions(line.value(Flag.DEVICE), line.seed(), line.has(Flag.DEBUG), List.of(), false,
                tools);
        try (var session = new Session(options, System.out, System.err)) {
            Signals.attach(session);
            int status = session.guard(() -> {
                session.runFile(file);
                names.forEach(name -> modes.forEach(mode -> measure(session, name, mode)));
            }, System.err, Screen.ofProcess());
            failed |= status != ExitStatus.DONE;
        }
    }

    private void measure(Session session, String name, String mode) {
        var result = session.service("benchmark", name, mode.equals("graph"), line.has(Flag.ONCE), patience());
        String report = result.getMember("report").asString();
        if (!report.isEmpty()) {
            System.err.print(report);
            finish(BenchLine.failed(name, mode, "failed"), false);
        } else {
            finish(BenchLine.of(name, result.getMember("measured")), true);
        }
    }

    private void finish(BenchLine result, boolean done) {
        failed |= !done;
        results.add(result);
        if (!line.has(Flag.QUIET)) {
            System.out.println(BenchTable.row(result));
        }
        if (line.has(Flag.JSON)) {
            append(Path.of(line.value(Flag.JSON)), result.json() + "\n");
        }
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException problem) {
            throw new Misuse(file + " cannot be written: " + problem.getMessage());
        }
    }

    private double patience() {
        var text = line.value(Flag.PATIENCE);
        try {
            double seconds = text == null ? PATIENCE : Double.parseDouble(text);
            if (seconds >= 0 && seconds <= 3600) {
                return seconds;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new Misuse("`--patience` needs seconds, not `" + text + "`");
    }
}
