package tfl.editor;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import tfl.editor.server.Connection;
import tfl.session.ExitStatus;
import tfl.session.Misuse;

/** {@code tfl lsp}: a language server that speaks over standard input and output. */
public final class LanguageServerTool implements ToolProvider {
    private static final String HELP = """
            Usage: tfl lsp [--stdio]
            A language server for editors: it speaks the Language Server Protocol over standard input and output.

            Options:
              --stdio            What it does anyway; some editors say it.
              -h, --help         Show this help.

            How to set up VS Code, Neovim, Emacs, Helix and others: docs/tools/editors.md
            """;

    @Override
    public String name() {
        return "tfl-lsp";
    }

    @Override
    public Optional<String> description() {
        return Optional.of("Serve editors over the Language Server Protocol.");
    }

    @Override
    public int run(PrintStream out, PrintStream err, String... arguments) {
        var words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            out.print(HELP);
            out.flush();
            return ExitStatus.DONE;
        }
        for (var word : words) {
            if (!word.equals("--stdio") && !word.startsWith("--clientProcessId")) {
                throw new Misuse("tfl lsp takes no " + (word.startsWith("-") ? "option `" : "argument `") + word + "`");
            }
        }
        return serve(System.in, out, err);
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        throw new Misuse("tfl lsp writes bytes, not text: give it a stream");
    }

    /** Only the protocol may write to standard output; whatever else prints goes to standard error. */
    private static int serve(InputStream in, PrintStream out, PrintStream err) {
        var before = System.out;
        System.setOut(err);
        try {
            return Connection.serve(in, out);
        } finally {
            System.setOut(before);
        }
    }
}
