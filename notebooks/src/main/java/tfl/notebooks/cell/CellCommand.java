package tfl.notebooks.cell;

import java.util.Arrays;
import java.util.stream.Collectors;
import tfl.session.Misuse;

/** What a cell understands beside the language; each is a line of its own that begins with {@code %} or {@code :}. */
enum CellCommand {
    HELP("help", "", "lists these commands"),
    STALE("stale", "[run]", "lists the stale cells and why; with run, reruns exactly those, from the top"),
    UNDO("undo", "", "returns to before the last cell, exactly"),
    VARS("vars", "", "names, kinds, shapes, bytes and devices of the variables"),
    DROP("drop", "NAME", "forgets a variable"),
    FORGET("forget", "CELL...", "forgets cells, by their numbers, that were deleted from the notebook"),
    RESET("reset", "", "forgets all"),
    TIME("time", "[CODE]", "runs CODE, or the rest of the cell, and says how long it took"),
    TIMEIT("timeit", "[CODE]", "runs it often and shows the median; the first run apart"),
    EXPLAIN("explain", "CALL", "shows what the graph of a call such as f(x) became: its kernels and their cost"),
    APROPOS("apropos", "WORD", "searches the documentation"),
    MEM("mem", "", "shows the memory that tensors take");

    private final String word;
    private final String argument;
    private final String purpose;

    CellCommand(String word, String argument, String purpose) {
        this.word = word;
        this.argument = argument;
        this.purpose = purpose;
    }

    /** The command of that word, if it can take the rest of the line. */
    static CellCommand of(String word, String rest) {
        var command = Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst()
                .orElseThrow(() -> new Misuse("there is no command %" + word + "; %help lists them"));
        if (!command.argument.isEmpty() && !command.argument.startsWith("[") && rest.isEmpty()) {
            throw new Misuse(command.line().strip().replaceAll(" {2,}", ": "));
        }
        return command;
    }

    /** Whether the rest of its line, or of the cell, is code to run. */
    boolean takesCode() {
        return this == TIME || this == TIMEIT;
    }

    private String line() {
        return String.format("  %-16s %s", "%" + (word + " " + argument).strip(), purpose);
    }

    static String help() {
        return Arrays.stream(values()).map(CellCommand::line).collect(Collectors.joining("\n")) + "\n"
                + "  ?name            explains a name; name?? shows its source\n"
                + "  a trailing ;     hides the value; `ans` is the last value";
    }
}
