package tfl.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import tfl.language.lex.Lexer;
import tfl.language.lex.TokenKind;
import tfl.language.source.Source;
import tfl.session.Brackets;
import tfl.session.Greek;
import tfl.session.Session;

/** TAB: names, fields, keyword arguments, files inside strings, and {@code \alpha}. */
final class Completion implements Completer {
    private static final Pattern PATH =
                Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*)*)\\.$");
    private final Session session;

    Completion(Session session) {
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
        var word = (InputParser.Word) parsed;
        var before = word.line().substring(0, word.start());
        if (word.word().startsWith("\\")) {
            greek(word.word().substring(1), candidates);
        } else if (word.word().startsWith(":")) {
            PromptCommand.names().forEach(name -> candidates.add(candidate(name, "command", "")));
        } else if (insideString(word.line(), word.cursor())) {
            FileCompletion.complete(word, candidates);
        } else {
            language(before, word, candidates);
        }
    }

    private static void greek(String prefix, List<Candidate> candidates) {
        Greek.TABLE.forEach((name, letter) -> {
            if (name.startsWith(prefix)) {
                candidates.add(new Candidate("\\" + name, "\\" + name + " " + letter, null, null, null, null, false));
            }
        });
    }

    private void language(String before, InputParser.Word word, List<Candidate> candidates) {
        try {
            var path = PATH.matcher(before);
            if (path.find()) {
                strings(session.service("members", path.group(1))).forEach(name ->
                        candidates.add(candidate(name, "fields", "")));
                return;
            }
            keywords(word).forEach(name -> candidates.add(candidate(name + "=", "arguments", "")));
            var found = session.service("complete", word.word());
            for (long i = 0; i < found.getArraySize(); i++) {
                var entry = found.getArrayElement(i);
                candidates.add(candidate(entry.getMember("text").asString(), entry.getMember("kind").asString(),
                        entry.getMember("doc").asString()));
            }
            TokenKind.words().forEach(name -> candidates.add(candidate(name, "keyword", "")));
        } catch (PolyglotException nothing) {
            // A value that cannot be asked has no completions; TAB is no place for an error.
            candidates.clear();
        }
    }

    /** The parameters of the function whose call the cursor is in. */
    private List<String> keywords(InputParser.Word word) {
        var source = Source.of("<input>", word.line().substring(0, word.start()));
        var tokens = Lexer.tokens(source);
        var open = Brackets.openBefore(tokens.list(), word.start());
        if (open == null || open.kind() != TokenKind.LEFT_PAREN) {
            return List.of();
        }
        var called = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*$").matcher(source.text().substring(0, open.start()));
        return called.find() ? strings(session.service("parameters", called.group())) : List.of();
    }

    private static boolean insideString(String line, int cursor) {
        var tokens = Lexer.tokens(Source.of("<input>", line.substring(0, cursor)));
        var list = tokens.list();
        for (int i = list.size() - 1; i >= 0; i--) {
            switch (list.get(i).kind()) {
                case END, STRING_TEXT -> { }
                case STRING_BEGIN -> {
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static List<String> strings(Value array) {
        var names = new ArrayList<String>();
        for (long i = 0; i < array.getArraySize(); i++) {
            names.add(array.getArrayElement(i).asString());
        }
        return names;
    }

    private static Candidate candidate(String text, String group, String description) {
        return new Candidate(text, text, group, description.isEmpty() ? null : description, null, null, false);
    }
}
