package tfl.repl;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tfl.language.check.Checker;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.source.Diagnostic;
import tfl.language.source.Located;
import tfl.language.source.Source;

/** {@code tfl check}: syntax, names, arguments and annotated shapes, without running. */
@Command(name = "check", description = "Check syntax, names, arguments and annotated shapes, without running.",
        mixinStandardHelpOptions = true, versionProvider = TflCommand.Version.class)
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files or folders.")
    private List<String> paths = List.of();

    @Override
    public Integer call() {
        var files = SourceFiles.under(paths);
        var known = Known.file(globals());
        boolean clean = true;
        for (var file : files) {
            clean &= check(file, known);
        }
        return clean ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private static boolean check(Path file, Known known) {
        var problems = Checker.check(Parser.parse(Source.of(file.toString(), Session.read(file))), known);
        if (!problems.isEmpty()) {
            var screen = Screen.ofProcess();
            System.err.println(Diagnostic.render(problems.stream().map(Diagnostic::of).toList(),
                    new Diagnostic.Style(screen.colour(), screen.width(), true)));
        }
        return problems.stream().noneMatch(Located::isError);
    }

    private static Set<String> globals() {
        try (var session = new Session(SessionOptions.DEFAULT, System.out, System.err)) {
            var array = session.service("globals");
            var names = new HashSet<String>();
            for (long i = 0; i < array.getArraySize(); i++) {
                names.add(array.getArrayElement(i).asString());
            }
            return names;
        }
    }
}
