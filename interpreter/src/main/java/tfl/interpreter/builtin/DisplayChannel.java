package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import java.util.Arrays;
import tfl.interpreter.TflContext;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;

/**
 * The notebook a session runs in, where it runs in one: it shows values as pictures, shows others in their place later,
 * and asks its user for a line. It is one executable value of the program that runs TFL, which takes the name of what
 * is wanted, then its arguments: {@code ("display", bundle, id or null, update)}, {@code ("clear", wait)},
 * {@code ("input", prompt)}, which gives the line, or null where nobody can answer. It may be called on any thread of
 * the session.
 */
public final class DisplayChannel {
    private final TflContext session;
    private volatile Object notebook;

    private DisplayChannel(TflContext session) {
        this.session = session;
    }

    /** The channel of a session; closed until a notebook opens it. */
    public static DisplayChannel of(TflContext session) {
        return session.state(DisplayChannel.class, () -> new DisplayChannel(session));
    }

    /** From now on the notebook shows what is displayed; {@code none} closes the channel. */
    public void attach(Object executable) {
        notebook = executable == None.NONE ? null : executable;
    }

    /** Whether a notebook listens. */
    public boolean isOpen() {
        return notebook != null;
    }

    /**
     * Shows a value, by MIME type.
     *
     * @param bundle a record of texts
     * @param id what a later call names it by, or null
     * @param update whether it takes the place of what is shown under that name
     */
    public void show(RecordValue bundle, String id, boolean update) {
        call("display", bundle, id == null ? None.NONE : id, update);
    }

    /** Takes away what the cell has shown; with {@code wait}, once something new is shown. */
    public void clear(boolean wait) {
        call("clear", wait);
    }

    /** The user's answer, or null where nobody can give one. */
    public String ask(String prompt) {
        return call("input", prompt) instanceof String line ? line : null;
    }

    @TruffleBoundary
    private Object call(Object... arguments) {
        var exported = Arrays.stream(arguments).map(session::export).toArray();
        try {
            return Incoming.value(InteropLibrary.getUncached().execute(notebook, exported));
        } catch (InteropException broken) {
            throw new IllegalStateException("the notebook does not take " + arguments[0], broken);
        }
    }
}
