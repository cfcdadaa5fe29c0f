package tfl.interpreter.polyglot;

import java.util.Collection;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.None;

/** What a program can do to the session it runs in. */
public final class SessionFunctions implements PreludeProvider {
    private static final String EXIT = "exit";

    @Override
    public Collection<String> names() {
        return List.of(EXIT);
    }

    @Override
    public Object find(String name) {
        return !name.equals(EXIT) ? null : Builtin.of(PRELUDE, EXIT, "status=0",
                "Ends the program with an exit status.",
                (context, a) -> {
                    if (!(a[0] instanceof Long status) || status < 0 || status > 255) {
                        throw TflException.of(ErrorKind.VALUE, "TFL-E0277",
                                "an exit status is an int from 0 to 255, not "
                                + Kinds.describe(a[0]), null);
                    }
                    context.session().out().flush();
                    context.session().env().getContext().closeExited(context.caller(), (int) (long) status);
                    return None.NONE;
                });
    }
}
