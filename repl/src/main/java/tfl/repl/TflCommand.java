package tfl.repl;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code tfl} command: a prompt, a script, or one of the subcommands. */
@Command(name = "tfl", description = "A scripting language for tensor programming.",
        synopsisHeading = "", customSynopsis = {
            "Usage: tfl [OPTIONS]                   a prompt",
            "       tfl [OPTIONS] FILE.tfl [ARGS]   runs a script",
            "       tfl [OPTIONS] -e CODE           runs CODE",
            "       tfl [OPTIONS] -                 runs standard input",
            "       tfl COMMAND [ARGS]"},
        commandListHeading = "%nCommands:%n", optionListHeading = "%nOptions:%n",
        footer = {"", "Exit status: 0 done, 1 the program failed, 2 misuse."},
        versionProvider = TflCommand.Version.class,
        subcommands = {TestCommand.class, FormatCommand.class, CheckCommand.class, DocCommand.class,
            DoctorCommand.class})
final class TflCommand implements Callable<Integer> {
    @Option(names = "-e", paramLabel = "CODE", description = "Run this code.")
    private String code;

    @Option(names = "--device", paramLabel = "NAME", description = "Compute on this device, such as cpu.")
    private String device;

    @Option(names = "--seed", paramLabel = "N", description = "Seed the random generator.")
    private Long seed;

    @Option(names = "--debug", description = "Show the Java stack below an error.")
    private boolean debug;

    @Option(names = "--quiet", description = "No banner.")
    private boolean quiet;

    @Option(names = "--no-startup", description = "Do not run the startup file.")
    private boolean noStartup;

    @Option(names = "--inspect", description = "Wait for Chrome DevTools.")
    private boolean inspect;

    @Option(names = "--dap", description = "Wait for a debugger of the Debug Adapter Protocol.")
    private boolean dap;

    @Option(names = "--cpusampler", description = "Print a profile at the end.")
    private boolean sampler;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Parameters(hidden = true)
    private List<String> words = new ArrayList<>();

    /** Runs the command with these words and gives the exit status. */
    static int run(String... args) {
        var line = new CommandLine(new TflCommand());
        line.setStopAtPositional(true);
        line.setOut(new PrintWriter(System.out, true)).setErr(new PrintWriter(System.err, true));
        line.setParameterExceptionHandler((problem, ignored) -> {
            System.err.println("tfl: " + problem.getMessage());
            System.err.println("     `tfl --help` lists what there is");
            return ExitStatus.MISUSE;
        });
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof Misuse) {
                System.err.println("tfl: " + problem.getMessage());
                return ExitStatus.MISUSE;
            }
            return bug(problem, List.of(args).contains("--debug"));
        });
        return line.execute(args);
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

    @Override
    public Integer call() {
        if (code != null) {
            return evaluate(code, "<command line>", words);
        }
        if (words.isEmpty()) {
            return System.console() != null && System.console().isTerminal()
                    ? new Repl(options(List.of()), quiet, noStartup).run()
                    : evaluate(Session.readStandardInput(), "<standard input>", List.of());
        }
        var rest = words.subList(1, words.size());
        if (words.getFirst().equals("-")) {
            return evaluate(Session.readStandardInput(), "<standard input>", rest);
        }
        return script(words.getFirst(), rest);
    }

    private int script(String name, List<String> arguments) {
        var file = Path.of(name);
        if (!name.endsWith(".tfl") && !Files.exists(file)) {
            throw new Misuse("there is no command or file `" + name + "`; `tfl --help` lists the commands");
        }
        Session.read(file);
        try (var session = new Session(options(arguments), System.out, System.err)) {
            return session.guard(() -> session.runFile(file), System.err, Screen.ofProcess());
        }
    }

    private int evaluate(String text, String name, List<String> arguments) {
        try (var session = new Session(options(arguments), System.out, System.err)) {
            return session.guard(() -> session.runText(text, name), System.err, Screen.ofProcess());
        }
    }

    private SessionOptions options(List<String> arguments) {
        var tools = new ArrayList<String>();
        if (inspect) {
            tools.add("inspect=true");
        }
        if (dap) {
            tools.add("dap=true");
        }
        if (sampler) {
            tools.add("cpusampler=true");
        }
        return new SessionOptions(device, seed, debug, arguments, false, tools);
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tfl " + number()};
        }

        static String number() {
            var number = Main.class.getPackage().getImplementationVersion();
            return number == null ? "(not packaged)" : number;
        }
    }
}
