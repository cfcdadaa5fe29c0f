package tfl.repl;

/** The options of the command line: a row each. */
enum Flag {
    CODE("-e", "CODE", "Run this code."),
    DEVICE("--device", "NAME", "Compute on this device, such as cpu."),
    SEED("--seed", "N", "Seed the random generator."),
    CHECK("--check", "", "Change nothing; end with 1 if something would change."),
    COVERAGE("--coverage", "", "Say which lines and functions of the program the tests run."),
    LCOV("--lcov", "FILE", "With --coverage: write it to this file, as lcov's tools read it."),
    HTML("--html", "FOLDER", "Write web pages to this folder."),
    JSON("--json", "FILE", "Write results to this file: coverage as JSON, of each benchmark one more line of JSON."),
    FILTER("--filter", "WORD", "Only benchmarks with this in their name."),
    EAGER("--eager", "", "As written, the default; with --graph, both."),
    GRAPH("--graph", "", "What is measured becomes a graph first."),
    COMPARE("--compare", "OLD", "Compare with the results in this file."),
    ONE("--one", "NAME", "Only this benchmark, in this process."),
    ONCE("--once", "", "Run each once, time nothing."),
    PATIENCE("--patience", "SECONDS", "Wait so long for an idle machine; 0 never repeats; 10 if left out."),
    DEBUG("--debug", "", "Show the Java stack below an error."),
    QUIET("--quiet", "", "Say less: no banner, no table."),
    NO_STARTUP("--no-startup", "", "Do not run the startup file."),
    INSPECT("--inspect", "[=HOST:PORT]", "Wait for Chrome DevTools, and stop at the first line."),
    DAP("--dap", "[=HOST:PORT]", "Wait for an editor's debugger, and stop at the first line."),
    NO_STOP("--no-stop", "", "With a debugger: run to the first breakpoint."),
    KEEP_GRAPHS("--keep-graphs", "", "With a debugger: graphs stay compiled, and are not stopped in."),
    SAMPLER("--cpusampler", "[=FILE]", "Where time goes, at the end; FILE.svg is a flame graph, FILE.json data."),
    TRACER("--cputracer", "", "How often each function runs, at the end."),
    HELP("--help", "", "Show this help; -h for short."),
    VERSION("--version", "", "Show the version; -V for short.");

    private final String spelling;
    private final String parameter;
    private final String description;

    /**
     * A row.
     *
     * @param parameter what its value is called, empty if it takes none
     */
    Flag(String spelling, String parameter, String description) {
        this.spelling = spelling;
        this.parameter = parameter;
        this.description = description;
    }

    String spelling() {
        return spelling;
    }

    String parameter() {
        return parameter;
    }

    boolean takesValue() {
        return !parameter.isEmpty() && !mayHaveValue();
    }

    /** Whether a value may follow, behind {@code =}. */
    boolean mayHaveValue() {
        return parameter.startsWith("[=");
    }

    /** One line of the help. */
    String line() {
        String gap = mayHaveValue() ? "" : " ";
        return "  %-22s %s%n".formatted((spelling + gap + parameter).strip(), description);
    }
}
