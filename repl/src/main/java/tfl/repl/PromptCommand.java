package tfl.repl;

/** What the prompt understands beside the language. */
enum PromptCommand {
    HELP(":help", "", "lists these commands"),
    VARS(":vars", "", "names, kinds, shapes, dtypes, bytes and devices of the variables"),
    DROP(":drop", "NAME...", "forgets names"),
    RESET(":reset", "", "forgets all names"),
    UNDO(":undo", "", "returns to before the last input"),
    TIME(":time", "CODE", "runs CODE and says how long it took"),
    TIMEIT(":timeit", "CODE", "runs CODE often and shows the median and spread; the first run apart"),
    PROFILE(":profile", "CODE", "runs CODE and shows where its time went: functions and operations"),
    EXPLAIN(":explain", "CALL", "shows what the graph of a call such as f(x) became: its kernels and their cost"),
    LOAD(":load", "FILE", "runs a file as if typed"),
    RELOAD(":reload", "", "runs the modules that are files again; one that changes on disk does so by itself"),
    SAVE(":save", "FILE", "writes the inputs so far as a script"),
    EDIT(":edit", "[FILE]", "opens the last input, or a file, in $EDITOR and runs it"),
    MEM(":mem", "", "shows the memory that tensors take"),
    BT(":bt", "", "shows the whole call trace of the last error"),
    APROPOS(":apropos", "WORD", "searches the documentation"),
    KEYS(":keys", "emacs|vi", "which editor's keys the line understands"),
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
