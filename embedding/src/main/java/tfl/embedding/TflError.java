package tfl.embedding;

import java.util.Optional;

/**
 * An error of a TFL program, or of a call into one: what went wrong, where, and what helps. Its message is one line;
 * {@link #report} is what a terminal would show.
 */
public class TflError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String kind;
    private final String help;
    private final String file;
    private final int line;
    private final int column;
    private final String report;

    TflError(Facts facts, Throwable cause) {
        super(facts.message(), cause);
        this.code = facts.code();
        this.kind = facts.kind();
        this.help = facts.help();
        this.file = facts.file();
        this.line = facts.line();
        this.column = facts.column();
        this.report = facts.report();
    }

    /** An error of the caller's side, which has no place in a program. */
    TflError(String kind, String code, String message, String help) {
        this(new Facts(message, code, kind, help, "", 0, 0, "error: " + message + "\n"
                + (help.isEmpty() ? "" : "   help: " + help + "\n")), null);
    }

    /** What is known of an error; texts are empty and numbers 0 where there is nothing to know. */
    record Facts(String message, String code, String kind, String help, String file, int line, int column,
            String report) {}

    /** The stable code with a page of its own, such as {@code TFL-E0301}; empty for an error that Java code threw. */
    public final String code() {
        return code;
    }

    /**
     * What sort of error: {@code shape type value index name syntax io permission memory limit interrupt user ...}
     * for what the program sees as {@code e.kind}; {@code host} for an exception of a Java function that the program
     * called, which is the {@link #getCause cause}; {@code closed} for a call to a session that is closed.
     */
    public final String kind() {
        return kind;
    }

    /** The likely fix, where one is known. */
    public final Optional<String> help() {
        return help.isEmpty() ? Optional.empty() : Optional.of(help);
    }

    /** The file or other text that the error is in; empty if it is in none. */
    public final String file() {
        return file;
    }

    /** The line, from 1; 0 if the error is in no text. */
    public final int line() {
        return line;
    }

    /** The column, from 1, in characters; 0 if the error is in no text. */
    public final int column() {
        return column;
    }

    /** Several lines, as on a terminal: the message, the text with what is wrong underlined, the help, the calls. */
    public final String report() {
        return report;
    }
}
