package tfl.repl;

import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import tfl.session.Session;

/** TAB: what {@link tfl.session.Completer} finds, and the prompt's own commands. */
final class Completion implements Completer {
    private static final Set<String> SELF_EVIDENT =
            Set.of("argument", "field", "column", "property", "keyword", "local", "file", "folder");
    private final tfl.session.Completer completer;

    Completion(Session session) {
        this.completer = new tfl.session.Completer(session);
    }

    @Override
    public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
        var word = (InputParser.Word) parsed;
        if (word.isCommand()) {
            for (var command : PromptCommand.values()) {
                candidates.add(candidate(command.word(), command.word(), "command", command.purpose()));
            }
            return;
        }
        for (var found : completer.at(word.line(), word.cursor()).candidates()) {
            // The reader takes only what begins as the word does.
            boolean letter = found.kind().equals("letter");
            candidates.add(candidate(letter ? found.doc() : found.text(),
                    letter ? found.doc() + " " + found.text() : found.text(), group(found.kind()),
                    letter ? "" : found.doc().isEmpty() && !SELF_EVIDENT.contains(found.kind()) ? found.kind()
                            : found.doc()));
        }
    }

    private static String group(String kind) {
        return switch (kind) {
            case "argument" -> "1 arguments";
            case "local", "field", "column", "property", "method" -> "2 fields and names";
            case "keyword" -> "4 keywords";
            default -> "3 names";
        };
    }

    private static Candidate candidate(String text, String shown, String group, String description) {
        return new Candidate(text, shown, group, description.isEmpty() ? null : description, null, null, false);
    }
}
