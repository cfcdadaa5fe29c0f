package tfl.repl;

import java.util.concurrent.atomic.AtomicBoolean;
import tfl.session.ExitStatus;
import tfl.session.ProcessEnd;
import tfl.session.Session;

/**
 * What signals do to a running program. The Java VM's own answer ends the process while kernels are running, and the
 * native libraries give up their code below them.
 */
final class Signals {
    private static final int HANGUP = 1;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;
    private static final int SIGNALLED = 128;

    private Signals() {}

    /**
     * From now on the first interrupt stops the session's program, with {@link ExitStatus#INTERRUPTED}; a second one,
     * or another request to end, ends the process at once. Files are written aside and renamed, so none is left half.
     */
    static void attach(Session session) {
        var interrupted = new AtomicBoolean();
        register("INT", () -> {
            if (interrupted.getAndSet(true) || !session.tryInterrupt()) {
                end(INTERRUPT);
            }
        });
        register("TERM", () -> end(TERMINATE));
        register("HUP", () -> end(HANGUP));
    }

    /** From now on the first interrupt does this, and a second one ends the process at once. */
    static void onInterrupt(Runnable handler) {
        var interrupted = new AtomicBoolean();
        register("INT", () -> {
            if (interrupted.getAndSet(true)) {
                end(INTERRUPT);
            }
            handler.run();
        });
    }

    /** From now on any request to end ends the process at once. */
    static void endAtOnce() {
        register("INT", () -> end(INTERRUPT));
        register("TERM", () -> end(TERMINATE));
        register("HUP", () -> end(HANGUP));
    }

    /** A signal that was ignored when the process started stays so. */
    private static void register(String name, Runnable handler) {
        org.jline.utils.Signals.register(name, handler, Signals.class.getClassLoader());
    }

    private static void end(int signal) {
        System.out.flush();
        ProcessEnd.now(SIGNALLED + signal);
    }
}
