package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.PolyglotException;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import tfl.session.ExitStatus;
import tfl.session.Misuse;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** The prompt: reads an input, runs it, shows its value or its error, and keeps history. */
final class Repl {
    private static final String BANNER = "TFL %s   :help lists commands, ?name explains a name, ^D leaves";
    private final SessionOptions options;
    private final boolean quiet;
    private final boolean noStartup;

    Repl(SessionOptions options, boolean quiet, boolean noStartup) {
        this.options = options;
        this.quiet = quiet;
        this.noStartup = noStartup;
    }

    /** Reads and runs inputs until the end; the exit status. */
    int run() {
        try (var terminal = TerminalBuilder.builder().system(true).dumb(true).build();
                var session = new Session(options, terminal.output(), terminal.output())) {
            var evaluator = new Evaluator(session, terminal);
            terminal.handle(Terminal.Signal.INT, signal -> evaluator.interrupt());
            if (!quiet) {
                terminal.writer().println(BANNER.formatted(TflCommand.version()));
            }
            if (!noStartup) {
                runStartupFile(evaluator);
            }
            return loop(reader(terminal, session), evaluator);
        } catch (IOException problem) {
            throw new Misuse("the terminal cannot be used: " + problem.getMessage());
        }
    }

    private static void runStartupFile(Evaluator evaluator) {
        var file = UserFiles.startup();
        if (Files.isReadable(file)) {
            evaluator.load(file);
        }
    }

    private static LineReader reader(Terminal terminal, Session session) {
        var builder = LineReaderBuilder.builder().terminal(terminal).parser(new InputParser())
                .completer(new Completion(session))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, Transcript.CONTINUATION)
                .variable(LineReader.INDENTATION, 0)
                .variable(LineReader.HISTORY_SIZE, 10_000)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .option(LineReader.Option.HISTORY_REDUCE_BLANKS, false)
                .option(LineReader.Option.HISTORY_INCREMENTAL, true)
                .option(LineReader.Option.BRACKETED_PASTE, true)
                .option(LineReader.Option.INSERT_TAB, false);
        UserFiles.history().ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        boolean colour = System.getenv("NO_COLOR") == null && !Terminal.TYPE_DUMB.equals(terminal.getType());
        if (colour) {
            builder.highlighter(new Highlighter());
        }
        var reader = builder.build();
        if (colour) {
            reader.setAutosuggestion(LineReader.SuggestionType.HISTORY);
        }
        bindPrefixSearch(terminal, reader);
        LetterWidget.bind(reader);
        return reader;
    }

    private static void bindPrefixSearch(Terminal terminal, LineReader reader) {
        var keys = reader.getKeyMaps().get(LineReader.MAIN);
        bind(keys, KeyMap.key(terminal, InfoCmp.Capability.key_up), LineReader.UP_LINE_OR_SEARCH);
        bind(keys, KeyMap.key(terminal, InfoCmp.Capability.key_down), LineReader.DOWN_LINE_OR_SEARCH);
    }

    private static void bind(KeyMap<org.jline.reader.Binding> keys, String key, String widget) {
        if (key != null) {
            keys.bind(new Reference(widget), key);
        }
    }

    private static int loop(LineReader reader, Evaluator evaluator) {
        var commands = new PromptCommands(evaluator, reader);
        while (true) {
            try {
                var line = Transcript.strip(reader.readLine(Transcript.PROMPT));
                if (!commands.tryRun(line)) {
                    evaluator.input(line);
                }
            } catch (UserInterruptException cleared) {
                // ^C at the prompt drops the line being typed.
                continue;
            } catch (EndOfFileException end) {
                return ExitStatus.DONE;
            } catch (Misuse problem) {
                evaluator.say("error: " + problem.getMessage());
            } catch (PolyglotException exit) {
                return exit.getExitStatus();
            }
        }
    }

    /** Runs a file in the editor that the user prefers. */
    static void edit(Path file) {
        var editor = System.getenv().getOrDefault("VISUAL", System.getenv().getOrDefault("EDITOR", "vi"));
        try {
            int status = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString()).inheritIO().start()
                    .waitFor();
            if (status != 0) {
                throw new Misuse("the editor `" + editor + "` ended with status " + status);
            }
        } catch (IOException problem) {
            throw new Misuse("the editor `" + editor + "` cannot be started: " + problem.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
