package tfl.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import tfl.language.lex.TokenKind;
import tfl.session.Completion.Candidate;

/**
 * Finds what could stand at a cursor: names, fields, columns, keyword arguments, dtypes, modules, files inside strings,
 * letters such as {@code \alpha}. It asks the session and computes no value for it; what is not known within
 * {@value #BUDGET_MILLIS} ms is left out, for a completion that makes its user wait is none. Call it from the thread
 * that runs the session's programs, or while none runs.
 */
public final class Completer {
    /** How long the answer may take. */
    public static final int BUDGET_MILLIS = 50;
    private final BiFunction<String, Object[], Value> services;

    public Completer(Session session) {
        this((name, arguments) -> session.service(name, arguments));
    }

    /** Asks for each answer with the service's name and its arguments. */
    Completer(BiFunction<String, Object[], Value> services) {
        this.services = services;
    }

    /** What could stand at this offset of the text. */
    public Completion at(String text, int offset) {
        long end = System.nanoTime() + BUDGET_MILLIS * 1_000_000L;
        var cursor = new Cursor(text, offset);
        if (cursor.isInComment()) {
            return Completion.nothing(cursor.at);
        }
        var letters = letters(cursor);
        if (letters != null) {
            return letters;
        }
        try {
            return cursor.isInString() ? string(cursor, end) : code(cursor, end);
        } catch (PolyglotException nothing) {
            // A value that cannot be asked has no completions; TAB is no place for an error.
            return Completion.nothing(cursor.at);
        }
    }

    /** Where the text begins that a completion at this offset would replace. */
    public static int start(String text, int offset) {
        var cursor = new Cursor(text, offset);
        int letter = letterStart(cursor);
        return cursor.isInComment() ? cursor.at
                : letter >= 0 ? letter : cursor.isInString() ? stringStart(cursor) : cursor.wordStart;
    }

    private static int stringStart(Cursor cursor) {
        int start = cursor.stringStart();
        return start < 0 ? cursor.at
                : cursor.indexed() != null ? start
                        : start + cursor.text.substring(start, cursor.at).lastIndexOf('/') + 1;
    }

    private static int letterStart(Cursor cursor) {
        var before = cursor.text.substring(0, cursor.at);
        int slash = before.lastIndexOf('\\');
        var name = before.substring(slash + 1);
        return slash >= 0 && name.matches("[\\^_]?[\\p{L}\\p{N}]*")
                && Greek.TABLE.keySet().stream().anyMatch(each -> each.startsWith(name)) ? slash : -1;
    }

    private static Completion letters(Cursor cursor) {
        int slash = letterStart(cursor);
        if (slash < 0) {
            return null;
        }
        var typed = cursor.text.substring(slash + 1, cursor.at);
        var found = new ArrayList<Candidate>();
        Greek.TABLE.forEach((name, letter) -> {
            if (name.startsWith(typed)) {
                found.add(new Candidate(letter, "letter", "\\" + name));
            }
        });
        return new Completion(slash, cursor.at, found);
    }

    private Completion string(Cursor cursor, long end) {
        int start = cursor.stringStart();
        if (start < 0) {
            return Completion.nothing(cursor.at);
        }
        var typed = cursor.text.substring(start, cursor.at);
        var owner = cursor.indexed();
        if (owner == null) {
            return new Completion(stringStart(cursor), cursor.at, FileNames.of(typed, end));
        }
        return new Completion(start, cursor.at, rows("fields", owner.text(), typed).stream()
                .filter(each -> each.kind().equals("field"))
                .map(each -> new Candidate(each.text(), "column", each.doc())).toList());
    }

    private Completion code(Cursor cursor, long end) {
        if (cursor.isBehindDot()) {
            var owner = cursor.owner();
            return answer(cursor, owner == null ? List.of() : rows("fields", owner.text(), cursor.word()));
        }
        var module = cursor.importedFrom();
        if (module != null) {
            return answer(cursor, rows("exports", module, cursor.word()));
        }
        if (cursor.isImport()) {
            return answer(cursor, rows("modules", cursor.word()));
        }
        var names = rows("complete", cursor.word());
        if ("dtype".equals(cursor.valueOf())) {
            var dtypes = names.stream().filter(each -> each.kind().equals("dtype")).toList();
            if (!dtypes.isEmpty()) {
                return answer(cursor, dtypes);
            }
        }
        var found = new ArrayList<Candidate>();
        if (System.nanoTime() < end) {
            found.addAll(keywordArguments(cursor));
        }
        found.addAll(names);
        found.addAll(words(cursor, names));
        return answer(cursor, found);
    }

    private static Completion answer(Cursor cursor, List<Candidate> found) {
        return new Completion(cursor.wordStart, cursor.at, found);
    }

    /** The parameters of the function whose call the cursor is in, but those that have a value already. */
    private List<Candidate> keywordArguments(Cursor cursor) {
        var call = cursor.call();
        if (call == null || cursor.valueOf() != null) {
            return List.of();
        }
        var found = new ArrayList<Candidate>();
        var names = services.apply("parameters", new Object[] {call.callee().text()});
        for (long i = Math.max(0, call.position() - call.given().size()); i < names.getArraySize(); i++) {
            var name = names.getArrayElement(i).asString();
            if (name.startsWith(cursor.word()) && !call.given().contains(name)) {
                found.add(new Candidate(name + "=", "argument", ""));
            }
        }
        return found;
    }

    /** Keywords, and names that the text itself brings. */
    private static List<Candidate> words(Cursor cursor, List<Candidate> known) {
        var found = new ArrayList<Candidate>();
        var others = new TreeSet<>(cursor.names());
        known.forEach(each -> others.remove(each.text()));
        add(others, "local", cursor.word(), found);
        add(new TreeSet<>(TokenKind.words()), "keyword", cursor.word(), found);
        return found;
    }

    private static void add(Set<String> names, String kind, String prefix, List<Candidate> found) {
        for (var name : names) {
            if (name.startsWith(prefix)) {
                found.add(new Candidate(name, kind, ""));
            }
        }
    }

    private List<Candidate> rows(String service, Object... arguments) {
        var rows = services.apply(service, arguments);
        var found = new ArrayList<Candidate>();
        for (long i = 0; i < rows.getArraySize(); i++) {
            var row = rows.getArrayElement(i);
            found.add(new Candidate(row.getMember("text").asString(), row.getMember("kind").asString(),
                    row.getMember("doc").asString()));
        }
        return found;
    }
}
