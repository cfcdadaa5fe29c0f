package tfl.repl;

/** Entry point of the {@code tfl} command. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its status: 0 done, 1 the program failed, 2 misuse. */
    public static void main(String[] args) {
        int status = TflCommand.run(args);
        System.out.flush();
        if (ToolOptions.holdEnd()) {
            Runtime.getRuntime().halt(status);
        }
        System.exit(status);
    }
}
