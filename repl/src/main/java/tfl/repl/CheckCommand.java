package tfl.repl;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tfl.language.check.Checker;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.source.Diagnostic;
import tfl.language.source.Located;
import tfl.language.source.Source;
import tfl.session.ExitStatus;
import tfl.session.Screen;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** {@code tfl check}: syntax, names, arguments, annotated shapes and those that are sure, without running. */
final class CheckCommand {
    private CheckCommand() {}

    static int run(List<String> paths) {
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
