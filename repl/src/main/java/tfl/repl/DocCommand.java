package tfl.repl;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tfl.language.document.Documentation;
import tfl.language.parse.Parser;
import tfl.language.source.Diagnostic;
import tfl.language.source.Source;

/** {@code tfl doc}: the documentation of files, as Markdown on standard output. */
@Command(name = "doc", description = "Print the documentation of files, as Markdown.",
        mixinStandardHelpOptions = true, versionProvider = TflCommand.Version.class)
final class DocCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files or folders.")
    private List<String> paths = List.of();

    @Override
    public Integer call() {
        boolean clean = true;
        for (var file : SourceFiles.under(paths)) {
            clean &= document(file);
        }
        return clean ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private static boolean document(Path file) {
        var parsed = Parser.parse(Source.of(file.toString(), Session.read(file)));
        if (!parsed.isValid()) {
            System.err.print(Diagnostic.render(parsed.problems().stream().map(Diagnostic::of).toList(),
                    Diagnostic.Style.PLAIN));
            return false;
        }
        System.out.print(Documentation.of(parsed.module()).markdown(file.getFileName().toString()
                .replaceFirst("\\.tfl$", "")));
        return true;
    }
}
