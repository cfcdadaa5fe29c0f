package tfl.repl;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import tfl.session.ExitStatus;

/** What {@code tfl WORD} can be, besides a script: a row each. */
enum Subcommand {
    TEST("test", "[PATH...]", "Run the test blocks of files and folders.", Set.of(Flag.SEED,
            Flag.COVERAGE, Flag.JSON, Flag.LCOV), line -> new TestCommand(line).run()),
    BENCH("bench", "[PATH...]", "Measure the bench blocks of files and folders.", Set.of(Flag.JSON, Flag.FILTER,
            Flag.EAGER, Flag.GRAPH, Flag.COMPARE, Flag.ONE, Flag.ONCE, Flag.PATIENCE, Flag.SEED, Flag.DEVICE,
            Flag.SAMPLER, Flag.QUIET), BenchCommand::run),
    FORMAT("fmt", "PATH...", "Lay out files as TFL is written; changes nothing that does not parse.",
            Set.of(Flag.CHECK), line -> new FormatCommand(line.paths(), line.has(Flag.CHECK)).run()),
    CHECK("check", "PATH...", "Check syntax, names, arguments and shapes, without running.", Set.of(),
            line -> CheckCommand.run(line.paths())),
    DOC("doc", "PATH...|stdlib", "Print the documentation of files, as Markdown; write that of the library as HTML.",
            Set.of(Flag.HTML), line -> DocCommand.run(line.paths(), line.value(Flag.HTML))),
    DOCTOR("doctor", "", "Check the runtime, devices and libraries.", Set.of(), line -> new DoctorCommand().run());

    private final String word;
    private final String parameters;
    private final String description;
    private final Set<Flag> flags;
    private final ToIntFunction<CommandLine> action;

    Subcommand(String word, String parameters, String description, Set<Flag> own, ToIntFunction<CommandLine> action) {
        this.word = word;
        this.parameters = parameters;
        this.description = description;
        this.flags = EnumSet.of(Flag.HELP, Flag.VERSION, Flag.DEBUG);
        flags.addAll(own);
        this.action = action;
    }

    /** The subcommand of that name, or null. */
    static Subcommand of(String word) {
        for (var command : values()) {
            if (command.word.equals(word)) {
                return command;
            }
        }
        return null;
    }

    /** Runs it with the words after its name, and gives the exit status. */
    int run(List<String> given) {
        var line = CommandLine.anywhere(given, flags);
        if (line.has(Flag.HELP)) {
            System.out.print(help());
            return ExitStatus.DONE;
        }
        return line.has(Flag.VERSION) ? TflCommand.showVersion() : action.applyAsInt(line);
    }

    /** One line of the list of commands. */
    String line() {
        return "  %-22s %s%n".formatted((word + " " + parameters).strip(), description);
    }

    private String help() {
        var text = new StringBuilder("Usage: tfl " + (word + " [OPTIONS] " + parameters).strip() + "\n" + description
                + "\n\nOptions:\n");
        flags.forEach(flag -> text.append(flag.line()));
        return text.toString();
    }
}
