package tfl.repl;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.graalvm.polyglot.Value;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tfl test}: runs the test blocks of files, each file in a session of its own. */
@Command(name = "test", description = "Run the test blocks of files and folders.",
        mixinStandardHelpOptions = true, versionProvider = TflCommand.Version.class)
final class TestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "Files or folders; the current folder if none.")
    private List<String> paths = List.of(".");

    @Option(names = "--seed", paramLabel = "N", description = "Seed the random generator.")
    private Long seed;

    private int passed;
    private int failed;

    @Override
    public Integer call() {
        for (var file : SourceFiles.under(paths)) {
            test(file);
        }
        System.out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void test(Path file) {
        var options = new SessionOptions(null, seed, false, List.of(), true, List.of());
        try (var session = new Session(options, System.out, System.err)) {
            int status = session.guard(() -> session.runFile(file), System.err, Screen.ofProcess());
            if (status != ExitStatus.DONE) {
                failed++;
                System.out.println("FAILED " + file + ": the file itself ends with an error");
            }
            var results = session.service("tests");
            for (long i = 0; i < results.getArraySize(); i++) {
                report(file, results.getArrayElement(i));
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
