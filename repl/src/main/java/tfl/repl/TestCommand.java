package tfl.repl;

import java.nio.file.Path;
import java.util.List;
import org.graalvm.polyglot.Value;
import tfl.session.ExitStatus;
import tfl.session.Screen;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** {@code tfl test}: runs the test blocks of files, each file in a session of its own. */
final class TestCommand {
    private final List<String> paths;
    private final Long seed;
    private final CoverageReport coverage;
    private int passed;
    private int failed;

    TestCommand(CommandLine line) {
        this.paths = line.words().isEmpty() ? List.of(".") : line.words();
        this.seed = line.seed();
        this.coverage = CoverageReport.of(line);
    }

    int run() {
        for (var file : SourceFiles.under(paths)) {
            test(file);
        }
        System.out.println(passed + " passed, " + failed + " failed");
        if (coverage != null) {
            coverage.write(System.out);
        }
        return failed == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void test(Path file) {
        var options = new SessionOptions(null, seed, false, List.of(), true, List.of());
        try (var session = new Session(options, System.out, System.err)) {
            if (coverage != null) {
                session.service("startCoverage");
            }
            int status = session.guard(() -> session.runFile(file), System.err, Screen.ofProcess());
            if (status != ExitStatus.DONE) {
                failed++;
                System.out.println("FAILED " + file + ": the file itself ends with an error");
            }
            var results = session.service("tests");
            for (long i = 0; i < results.getArraySize(); i++) {
                report(file, results.getArrayElement(i));
            }
            if (coverage != null) {
                coverage.add(session.service("coverage"));
            }
        }
    }

    private void report(Path file, Value result) {
        var line = file + ": " + result.getMember("name").asString();
        if (result.getMember("passed").asBoolean()) {
            passed++;
            System.out.println("ok     " + line + " (" + Math.round(result.getMember("millis").asDouble()) + " ms)");
        } else {
            failed++;
            System.out.println("FAILED " + line);
            System.out.print(result.getMember("report").asString().indent(2));
        }
    }
}
