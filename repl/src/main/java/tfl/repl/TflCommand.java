package tfl.repl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tfl.session.ExitStatus;
import tfl.session.Interrupts;
import tfl.session.Misuse;
import tfl.session.Screen;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** The {@code tfl} command: a prompt, a script, or one of the subcommands. */
final class TflCommand {
    private static final Set<Flag> FLAGS = EnumSet.of(Flag.CODE, Flag.DEVICE, Flag.SEED, Flag.DEBUG, Flag.QUIET,
            Flag.NO_STARTUP, Flag.INSPECT, Flag.DAP, Flag.NO_STOP, Flag.KEEP_GRAPHS,
            Flag.SAMPLER, Flag.TRACER, Flag.HELP, Flag.VERSION);
    private static final String USAGE = """
            Usage: tfl [OPTIONS]                   a prompt
                   tfl [OPTIONS] FILE.tfl [ARGS]   runs a script
                   tfl [OPTIONS] -e CODE [ARGS]    runs CODE
                   tfl [OPTIONS] -                 runs standard input
                   tfl COMMAND [ARGS]
            A scripting language for tensor programming.
            """;

    private final CommandLine line;

    private TflCommand(CommandLine line) {
        this.line = line;
    }

    /** Runs the command with these words and gives the exit status. */
    static int run(String... args) {
        var given = List.of(args);
        try {
            return new TflCommand(CommandLine.leading(given, FLAGS)).call();
        } catch (Misuse problem) {
            System.err.println("tfl: " + problem.getMessage());
            System.err.println("     `tfl --help` lists what there is");
            return ExitStatus.MISUSE;
        } catch (RuntimeException problem) {
            return bug(problem, given.contains("--debug"));
        }
    }

    private static int bug(Exception problem, boolean debug) {
        System.err.println("tfl: this is a bug in TFL: " + problem);
        if (debug) {
            problem.printStackTrace();
        } else {
            System.err.println("     run again with --debug and report what it prints");
        }
        return ExitStatus.FAILED;
    }

    private int call() {
        var words = line.words();
        if (line.has(Flag.HELP)) {
            return showHelp();
        }
        if (line.has(Flag.VERSION)) {
            return showVersion();
        }
        if (line.has(Flag.CODE)) {
            return evaluate(line.value(Flag.CODE), "<command line>", words);
        }
        if (words.isEmpty()) {
            return System.console() != null && System.console().isTerminal()
                    ? new Repl(options(List.of()), line.has(Flag.QUIET), line.has(Flag.NO_STARTUP)).run()
                    : evaluate(Session.readStandardInput(), "<standard input>", List.of());
        }
        var rest = words.subList(1, words.size());
        if (words.getFirst().equals("-")) {
            return evaluate(Session.readStandardInput(), "<standard input>", rest);
        }
        var subcommand = Subcommand.of(words.getFirst());
        if (subcommand != null) {
            return subcommand.run(rest);
        }
        var tool = words.getFirst().matches("[a-z]+") ? RoomTools.of(words.getFirst()) : null;
        if (tool == null) {
            return script(words.getFirst(), rest);
        }
        Signals.endAtOnce();
        Interrupts.provide(Signals::onInterrupt);
        return tool.run(System.out, System.err, rest.toArray(String[]::new));
    }

    private int script(String name, List<String> arguments) {
        var file = Path.of(name);
        if (!name.endsWith(".tfl") && !Files.exists(file)) {
            throw new Misuse("there is no command or file `" + name + "`");
        }
        Session.read(file);
        try (var session = new Session(options(arguments), System.out, System.err)) {
            Signals.attach(session);
            return session.guard(() -> session.runFile(file), System.err, Screen.ofProcess());
        }
    }

    private int evaluate(String text, String name, List<String> arguments) {
        try (var session = new Session(options(arguments), System.out, System.err)) {
            Signals.attach(session);
            return session.guard(() -> session.runText(text, name), System.err, Screen.ofProcess());
        }
    }

    private SessionOptions options(List<String> arguments) {
        return new SessionOptions(line.value(Flag.DEVICE), line.seed(), line.has(Flag.DEBUG), arguments, false,
                ToolOptions.of(line));
    }

    private static int showHelp() {
        var text = new StringBuilder(USAGE).append("\nOptions:\n");
        FLAGS.forEach(flag -> text.append(flag.line()));
        text.append("\nCommands:\n");
        for (var command : Subcommand.values()) {
            text.append(command.line());
        }
        RoomTools.all().forEach(tool -> text.append(RoomTools.line(tool)));
        System.out.print(text.append("\nExit status: 0 done, 1 the program failed, 2 misuse.\n"));
        return ExitStatus.DONE;
    }

    /** Prints the version, and gives the exit status. */
    static int showVersion() {
        System.out.println("tfl " + version());
        return ExitStatus.DONE;
    }

    /** The version of the jar. */
    static String version() {
        var number = Main.class.getPackage().getImplementationVersion();
        return number == null ? "(not packaged)" : number;
    }
}
