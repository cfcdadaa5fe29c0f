package tfl.repl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Value;
import tfl.language.document.Documentation;
import tfl.language.parse.Parser;
import tfl.language.source.Diagnostic;
import tfl.language.source.Source;
import tfl.repl.reference.ReferenceModule;
import tfl.repl.reference.ReferenceSite;
import tfl.session.ExitStatus;
import tfl.session.Session;
import tfl.session.SessionOptions;

/**
 * {@code tfl doc}: the documentation of files as Markdown on standard output or as web pages, and that of the library,
 * {@code tfl doc stdlib}, as web pages.
 */
final class DocCommand {
    private static final String LIBRARY = "stdlib";
    private static final String FOLDER = "tfl-reference";
    private final List<ReferenceModule> modules = new ArrayList<>();
    private boolean clean = true;

    private DocCommand() {}

    /** @param html the folder of the web pages, or null */
    static int run(List<String> paths, String html) {
        return paths.contains(LIBRARY) || html != null
                ? new DocCommand().site(paths, Path.of(html == null ? FOLDER : html))
                : new DocCommand().markdown(paths);
    }

    private int markdown(List<String> paths) {
        for (var file : SourceFiles.under(paths)) {
            var documentation = read(file);
            if (documentation != null) {
                System.out.print(documentation.markdown(title(file)));
            }
        }
        return clean ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private int site(List<String> paths, Path folder) {
        for (var path : paths) {
            if (path.equals(LIBRARY)) {
                library();
            } else {
                SourceFiles.under(List.of(path)).forEach(this::file);
            }
        }
        try {
            var title = paths.equals(List.of(LIBRARY)) ? "TFL library" : "Reference";
            System.out.println("wrote " + new ReferenceSite(title, modules).write(folder));
        } catch (IOException problem) {
            System.err.println("tfl: the pages cannot be written to " + folder + ": " + problem.getMessage());
            return ExitStatus.FAILED;
        }
        return clean ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    /** Null, and the complaints are shown, if the file cannot be parsed. */
    private Documentation read(Path file) {
        var parsed = Parser.parse(Source.of(file.toString(), Session.read(file)));
        if (parsed.isValid()) {
            return Documentation.of(parsed.module());
        }
        System.err.print(Diagnostic.render(parsed.problems().stream().map(Diagnostic::of).toList(),
                Diagnostic.Style.PLAIN));
        clean = false;
        return null;
    }

    private static String title(Path file) {
        return file.getFileName().toString().replaceFirst("\\.tfl$", "");
    }

    private void file(Path file) {
        var documentation = read(file);
        if (documentation != null) {
            modules.add(new ReferenceModule(title(file), documentation.module().orElse(""), title(file) + ".",
                    documentation.entries().stream().map(DocCommand::entry).toList()));
        }
    }

    private static ReferenceModule.Entry entry(Documentation.Entry entry) {
        var words = entry.signature().split(" ", 2);
        String kind = words.length == 1 ? "value" : words[0].equals("fn") ? "function" : words[0];
        return new ReferenceModule.Entry(entry.name(), kind, called(words[words.length - 1]),
                entry.text().orElse(""), "", entry.methods().stream().map(DocCommand::entry).toList());
    }

    private void library() {
        var options = new SessionOptions(null, null, false, List.of(), false, List.of());
        try (var session = new Session(options, System.out, System.err)) {
            for (var row : elements(session.service("libraryModules"))) {
                String name = text(row, "name");
                modules.add(new ReferenceModule(name, text(row, "doc"), name.equals("prelude") ? "" : name + ".",
                        elements(session.service("reference", name)).stream().map(DocCommand::entry).toList()));
            }
        }
    }

    private static ReferenceModule.Entry entry(Value row) {
        return new ReferenceModule.Entry(text(row, "name"), text(row, "kind"), called(text(row, "signature")),
                text(row, "doc"), text(row, "group"),
                elements(row.getMember("methods")).stream().map(DocCommand::entry).toList());
    }

    /** A method's signature as its callers see it. */
    private static String called(String signature) {
        return signature.replaceFirst("\\(self(, )?", "(");
    }

    private static List<Value> elements(Value tuple) {
        var list = new ArrayList<Value>();
        for (long i = 0; i < tuple.getArraySize(); i++) {
            list.add(tuple.getArrayElement(i));
        }
        return list;
    }

    private static String text(Value row, String name) {
        return row.getMember(name).asString();
    }
}
