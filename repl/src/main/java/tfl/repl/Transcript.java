package tfl.repl;

import java.util.stream.Collectors;

/** Text copied from a session: its prompts go, so that it runs as it stands. */
final class Transcript {
    static final String PROMPT = "tfl> ";
    static final String CONTINUATION = "...> ";

    private Transcript() {}

    /**
     * The text without the prompts at the beginnings of its lines; in a transcript, lines without one were output. The
     * lines of output in the documentation's examples, which begin with {@code #>}, go from any text of several lines.
     */
    static String strip(String text) {
        if (!text.stripLeading().startsWith(PROMPT.strip() + " ")) {
            return text.indexOf('\n') < 0 ? text : text.lines().filter(line -> !line.stripLeading().startsWith("#> "))
                    .collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
        }
        return text.lines().map(String::stripLeading)
                .filter(line -> isInput(line, PROMPT) || isInput(line, CONTINUATION))
                .map(line -> line.substring(Math.min(line.length(), PROMPT.length())))
                .collect(Collectors.joining("\n"));
    }

    /** A line with a prompt; one that is otherwise empty may have lost the space at its end. */
    private static boolean isInput(String line, String prompt) {
        return line.startsWith(prompt) || line.equals(prompt.stripTrailing());
    }
}
