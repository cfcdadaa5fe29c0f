package tfl.interpreter.polyglot;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.DisplayChannel;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.builtin.text.Display;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.builtin.text.ValueText;
import tfl.interpreter.trace.Effects;
import tfl.interpreter.value.None;

/** What a program can do to the session it runs in, and to the person before it. */
public final class SessionFunctions implements PreludeProvider {
    private static final Map<String, Builtin> ROWS = rows();

    private static Map<String, Builtin> rows() {
        var rows = new LinkedHashMap<String, Builtin>();
        row(rows, "exit", "status=0", "Ends the program with an exit status.", SessionFunctions::exit);
        row(rows, "display", "value, id=none, update=false",
                "Shows a value as the prompt does; in a notebook as a picture, a table or a formula where it is one. "
                + "What is shown with an id can be replaced later: display(next, id=\"loss\", update=true).",
                SessionFunctions::display);
        row(rows, "clear_output", "wait=false",
                "Takes away what the cell of a notebook has shown; with wait, once something new is shown.",
                SessionFunctions::clear);
        row(rows, "input", "prompt=\"\"",
                "A line that the user types, without its end; scripts read standard input.", SessionFunctions::input);
        return rows;
    }

    private static void row(Map<String, Builtin> rows, String name, String parameters, String doc,
            Builtin.Body body) {
        rows.put(name, Builtin.of(PRELUDE, name, parameters, doc, body));
    }

    @Override
    public Collection<String> names() {
        return ROWS.keySet();
    }

    @Override
    public Object find(String name) {
        return ROWS.get(name);
    }

    private static Object exit(CallContext context, Object[] arguments) {
        if (!(arguments[0] instanceof Long status) || status < 0 || status > 255) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0277", "an exit status is an int from 0 to 255, not "
                    + Kinds.describe(arguments[0]), null);
        }
        context.session().out().flush();
        context.session().env().getContext().closeExited(context.caller(), (int) (long) status);
        return None.NONE;
    }

    private static Object display(CallContext context, Object[] arguments) {
        String id = arguments[1] == None.NONE ? null : text(arguments[1], "display: an id");
        boolean update = truth(arguments[2], "display: update");
        if (update && id == null) {
            throw TflException.of(ErrorKind.VALUE, "TFL-E0611", "display: update=true needs the id of what it replaces",
                    "show it first with display(value, id=\"name\")");
        }
        var session = context.session();
        Effects.perform("display", arguments[0], value -> show(session, value, id, update));
        return None.NONE;
    }

    private static void show(TflContext session, Object value, String id, boolean update) {
        var channel = DisplayChannel.of(session);
        if (channel.isOpen()) {
            // What was printed before stands before it.
            session.out().flush();
            channel.show(Pictures.bundle(value, ValueText.COLUMNS), id, update);
        } else {
            session.out().print(Display.of(value, ValueText.COLUMNS) + "\n");
            session.out().flush();
        }
    }

    private static Object clear(CallContext context, Object[] arguments) {
        boolean wait = truth(arguments[0], "clear_output: wait");
        var session = context.session();
        Effects.perform("clear_output", None.NONE, nothing -> {
            var channel = DisplayChannel.of(session);
            if (channel.isOpen()) {
                session.out().flush();
                channel.clear(wait);
            }
        });
        return None.NONE;
    }

    private static Object input(CallContext context, Object[] arguments) {
        String prompt = text(arguments[0], "input: a prompt");
        Outside.reach("input", "asks the user");
        var session = context.session();
        var channel = DisplayChannel.of(session);
        session.out().flush();
        if (channel.isOpen()) {
            String line = channel.ask(prompt);
            if (line == null) {
                throw TflException.of(ErrorKind.IO, "TFL-E0610", "input: nobody can answer here",
                        "run it where a notebook's user can type; nbconvert and `tfl notebook run` have none");
            }
            return line;
        }
        session.out().print(prompt);
        session.out().flush();
        String line = InputLines.of(session).next();
        if (line == null) {
            throw TflException.of(ErrorKind.IO, "TFL-E0610", "input: standard input has ended",
                    "give the script a line for each input, or catch this error");
        }
        return line;
    }

    private static String text(Object value, String what) {
        if (value instanceof String text) {
            return text;
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0401", what + " is a str, not " + Kinds.describe(value), null);
    }

    private static boolean truth(Object value, String what) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0401", what + " is true or false, not " + Kinds.describe(value),
                null);
    }
}
