package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tfl.language.format.Formatter;
import tfl.language.parse.Parser;
import tfl.language.source.Diagnostic;
import tfl.language.source.Located;
import tfl.language.source.Source;

/** {@code tfl fmt}: rewrites files in the one layout, if they parse. */
@Command(name = "fmt", description = "Lay out files as TFL is written; changes nothing that does not parse.",
        mixinStandardHelpOptions = true, versionProvider = TflCommand.Version.class)
final class FormatCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files or folders.")
    private List<String> paths = List.of();

    @Option(names = "--check", description = "Change nothing; end with 1 if something would change.")
    private boolean check;

    @Override
    public Integer call() {
        boolean clean = true;
        for (var file : SourceFiles.under(paths)) {
            clean &= format(file);
        }
        return clean ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private boolean format(Path file) {
        var text = Session.read(file);
        var source = Source.of(file.toString(), text);
        var formatted = Formatter.format(source);
        if (formatted.isEmpty()) {
            System.err.print(problems(source));
            return false;
        }
        if (formatted.get().equals(text)) {
            return true;
        }
        System.out.println((check ? "would change " : "changed ") + file);
        if (!check) {
            write(file, formatted.get());
        }
        return !check;
    }

    private static String problems(Source source) {
        return Parser.parse(source).problems().stream().filter(Located::isError).map(Diagnostic::of)
                .collect(Collectors.collectingAndThen(Collectors.toList(),
                        all -> Diagnostic.render(all, Diagnostic.Style.PLAIN)));
    }

    private static void write(Path file, String text) {
        try {
            var target = file.toRealPath();
            var aside = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
            try {
                Files.writeString(aside, text);
                Files.setPosixFilePermissions(aside, Files.getPosixFilePermissions(target));
                Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException problem) {
            throw new Misuse(file + " cannot be written: " + problem.getMessage());
        }
    }
}
