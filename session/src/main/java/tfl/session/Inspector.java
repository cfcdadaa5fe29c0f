package tfl.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * Tells what the name at a cursor is, and which argument of which call is being typed. It computes no value for it.
 * Call it from the thread that runs the session's programs, or while none runs.
 */
public final class Inspector {
    private final BiFunction<String, Object[], Value> services;

    public Inspector(Session session) {
        this.services = (name, arguments) -> session.service(name, arguments);
    }

    /** The name that the cursor is in or behind, else the function whose call it is in; null if neither is known. */
    public Inspection at(String text, int offset) {
        var cursor = new Cursor(text, offset);
        var whole = new Cursor(text, cursor.wordEnd());
        var path = whole.isInString() || whole.isInComment() ? null : whole.pathEnding(whole.at);
        var found = path == null ? null : inspection(path, cursor, false);
        return found != null ? found : callAt(text, offset);
    }

    /** The function whose call the cursor is in, with the parameter it is at; null if there is none that is known. */
    public Inspection callAt(String text, int offset) {
        var cursor = new Cursor(text, offset);
        var call = cursor.call();
        return call == null ? null : inspection(call.callee(), cursor, true);
    }

    /** What a path such as {@code nn.dense} is, wherever it stands; null if it is not known. */
    public Inspection of(String path) {
        return at(path, path.length());
    }

    private Inspection inspection(Cursor.Path path, Cursor cursor, boolean call) {
        try {
            var row = services.apply("inspect", new Object[] {path.text()});
            if (row.isNull()) {
                return null;
            }
            var parameters = strings(row.getMember("parameters"));
            int argument = call ? argument(cursor.call(), row, parameters) : -1;
            return new Inspection(path.start(), path.end(), path.text(), text(row, "kind"), text(row, "signature"),
                    parameters, argument, text(row, "doc"), text(row, "source"), text(row, "value"));
        } catch (PolyglotException unknown) {
            return null;
        }
    }

    private static int argument(Cursor.Call call, Value row, List<String> parameters) {
        int receiver = row.getMember("receiver").asBoolean() ? 1 : 0;
        if (call.keyword() != null) {
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i).matches("\\Q" + call.keyword() + "\\E\\b.*")) {
                    return i;
                }
            }
        }
        int positional = 0;
        while (positional < parameters.size() && !parameters.get(positional).startsWith("*")) {
            positional++;
        }
        int at = call.position() + receiver;
        boolean rest = positional < parameters.size() && parameters.get(positional).matches("\\*[^*].*");
        return at < positional ? at : rest ? positional : -1;
    }

    private static String text(Value row, String member) {
        return row.getMember(member).asString();
    }

    private static List<String> strings(Value array) {
        var names = new ArrayList<String>();
        for (long i = 0; i < array.getArraySize(); i++) {
            names.add(array.getArrayElement(i).asString());
        }
        return names;
    }
}
