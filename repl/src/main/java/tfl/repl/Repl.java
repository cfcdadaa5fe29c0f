package tfl.repl;

import java.io.IOException;
import java.nio.file.Files;
import org.graalvm.polyglot.PolyglotException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
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
    private int status = ExitStatus.DONE;

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
            var reader = reader(terminal, session);
            var commands = new PromptCommands(evaluator, reader);
            return noStartup || start(commands, evaluator) ? loop(reader, commands, evaluator) : status;
        } catch (IOException problem) {
            throw new Misuse("the terminal cannot be used: " + problem.getMessage());
        }
    }

    private static PromptReader reader(Terminal terminal, Session session) {
        boolean colour = System.getenv("NO_COLOR") == null && !Terminal.TYPE_DUMB.equals(terminal.getType());
        var reader = new PromptReader(terminal, session, colour);
        reader.setHistory(new ProjectHistory(UserFiles.history().orElse(null)));
        reader.getHistory().attach(reader);
        reader.useKeys(UserFiles.prefersVi());
        return reader;
    }

    /** Runs the startup file; false if it asks to leave. */
    private boolean start(PromptCommands commands, Evaluator evaluator) {
        var file = UserFiles.startup();
        try {
            if (Files.isReadable(file)) {
                commands.load(file);
            }
        } catch (Misuse problem) {
            evaluator.say("error: " + file + ": " + problem.getMessage());
        } catch (EndOfFileException end) {
            return false;
        } catch (PolyglotException exit) {
            status = exit.getExitStatus();
            return false;
        }
        return true;
    }

    private int loop(PromptReader reader, PromptCommands commands, Evaluator evaluator) {
        while (true) {
            try {
                evaluator.forgetInterrupt();
                var typed = evaluator.takeTyped();
                if (!typed.isEmpty()) {
                    reader.runMacro(typed);
                }
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
            } catch (RuntimeException problem) {
                evaluator.say("error: this is a bug in TFL: " + problem + "\n   the session goes on");
                if (options.debug()) {
                    evaluator.say(Session.javaStack(problem).stripTrailing());
                }
            }
        }
    }
}
