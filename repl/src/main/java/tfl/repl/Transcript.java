package tfl.repl;

import java.util.stream.Collectors;

/** Text copied from a session: its prompts go, so that it runs as it stands. */
final class Transcript {
    static final String PROMPT = "tfl> ";
    static final String CONTINUATION = "...> ";

    private Transcript() {}

    /** The text without the prompts at the beginnings of its lines; in a transcript, lines without one were output. */
    static String strip(String text) {
        if (!text.stripLeading().startsWith(PROMPT.strip() + " ")) {
            return text;
        }
        return text.lines().map(String::stripLeading)
                .filter(line -> line.startsWith(PROMPT) || line.startsWith(CONTINUATION))
                .map(line -> line.substring(PROMPT.length()))
                .collect(Collectors.joining("\n"));
    }
}
