package tfl.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A TFL program that says what it prints: {@code #> line} for each line of output, in order, and {@code #!
 * TFL-E0123 text}
 * for the error that ends it, where the text, if any, is part of the report.
 */
record Program(String name, String text) {
    private static final String OUTPUT = "#> ";
    private static final String ERROR = "#! ";

    /** What standard output must hold. */
    String expectedOutput() {
        return marked(OUTPUT).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The expected codes and parts of the report. */
    List<String> expectedErrors() {
        return marked(ERROR).toList();
    }

    private Stream<String> marked(String mark) {
        return text.lines().map(String::stripLeading).filter(line -> line.equals(mark.strip()) || line.startsWith(mark))
                .map(line -> line.length() < mark.length() ? "" : line.substring(mark.length()));
    }

    /** The text with what it printed now, all expectations at the end. */
    String blessed(Outcome outcome) {
        var lines = new ArrayList<String>();
        text.lines().filter(line -> !line.stripLeading().startsWith(OUTPUT.strip())
                && !line.stripLeading().startsWith(ERROR.strip())).forEach(lines::add);
        outcome.output().lines().forEach(line -> lines.add((OUTPUT + line).stripTrailing()));
        if (outcome.failed()) {
            lines.add(ERROR + outcome.code());
        }
        return String.join("\n", lines) + "\n";
    }
}
