package tfl.repl;

import java.nio.file.Path;
import java.util.List;
import tfl.language.document.Documentation;
import tfl.language.parse.Parser;
import tfl.language.source.Diagnostic;
import tfl.language.source.Source;

/** {@code tfl doc}: the documentation of files, as Markdown on standard output. */
final class DocCommand {
    private DocCommand() {}

    static int run(List<String> paths) {
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
