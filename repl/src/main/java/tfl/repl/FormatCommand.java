package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import tfl.language.format.Formatter;
import tfl.language.parse.Parser;
import tfl.language.source.Diagnostic;
import tfl.language.source.Located;
import tfl.language.source.Source;
import tfl.session.ExitStatus;
import tfl.session.Misuse;
import tfl.session.Session;

/** {@code tfl fmt}: rewrites files in the one layout, if they parse. */
final class FormatCommand {
    private final List<String> paths;
    private final boolean check;

    FormatCommand(List<String> paths, boolean check) {
        this.paths = paths;
        this.check = check;
    }

    int run() {
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
