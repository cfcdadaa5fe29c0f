package tfl.repl;

/** What the prompt understands beside the language. */
enum PromptCommand {
    HELP(":help", "", "lists these commands"),
    VARS(":vars", "", "names, kinds, shapes, bytes and devices of the variables"),
    DROP(":drop", "NAME", "forgets a variable"),
    RESET(":reset", "", "forgets all"),
    UNDO(":undo", "", "returns to before the last input"),
    TIME(":time", "CODE", "runs CODE and says how long it took"),
    TIMEIT(":timeit", "CODE", "runs CODE often and shows the median; the first run apart"),
    EXPLAIN(":explain", "CALL", "shows what the graph of a call such as f(x) became: its kernels and their cost"),
    LOAD(":load", "FILE", "runs a file as if typed"),
    SAVE(":save", "FILE", "writes the inputs so far as a script"),
    EDIT(":edit", "[FILE]", "opens the last input, or a file, in $EDITOR and runs it"),
    MEM(":mem", "", "shows the memory that tensors take"),
    BT(":bt", "", "shows the whole call trace of the last error"),
    APROPOS(":apropos", "WORD", "searches the documentation"),
    QUIT(":quit", "", "leaves, as ^D does");

    private final String word;
    private final String argument;
    private final String purpose;

    PromptCommand(String word, String argument, String purpose) {
        this.word = word;
        this.argument = argument;
        this.purpose = purpose;
    }

    String word() {
        return word;
    }

    boolean takesArgument() {
        return !argument.isEmpty();
    }

    boolean needsArgument() {
        return takesArgument() && !argument.startsWith("[");
    }

    /** One line of {@code :help}. */
    String line() {
        return String.format("  %-16s %s", word + (takesArgument() ? " " + argument : ""), purpose);
    }

    String purpose() {
        return purpose;
    }
}
