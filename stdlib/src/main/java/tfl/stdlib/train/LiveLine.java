package tfl.stdlib.train;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.DisplayChannel;
import tfl.interpreter.value.RecordValue;

/**
 * Lines that are drawn over and over: each of a notebook in a place of its own, so that bars within bars do not disturb
 * each other; of a terminal the one with the cursor.
 */
final class LiveLine {
    private static final long NOTEBOOK_COLUMNS = 100;
    private static final String ERASE = "\033[K";
    private final Set<String> shown = new HashSet<>();
    private long count;

    private static LiveLine of(TflContext session) {
        return session.state(LiveLine.class, LiveLine::new);
    }

    static long columns(TflContext session) {
        return DisplayChannel.of(session).isOpen() ? NOTEBOOK_COLUMNS
                : session.isTerminal() ? TerminalWidth.columns() : 0L;
    }

    static String next(TflContext session) {
        var lines = of(session);
        synchronized (lines) {
            return "progress-" + ProcessHandle.current().pid() + "-" + ++lines.count;
        }
    }

    static void draw(TflContext session, String name, String text) {
        var channel = DisplayChannel.of(session);
        if (channel.isOpen()) {
            session.out().flush();
            channel.show(RecordValue.of(Map.of("text/plain", text)), name, !of(session).first(name));
        } else {
            // The cursor stays at the start of the line: what is printed next begins there.
            session.out().print("\r" + text + ERASE + "\r");
            session.out().flush();
        }
    }

    /** Draws over the line of a notebook, if it was drawn; false where there is no notebook. */
    static boolean finish(TflContext session, String name, String text) {
        boolean open = DisplayChannel.of(session).isOpen();
        if (open && of(session).wasShown(name)) {
            draw(session, name, text);
        }
        return open;
    }

    private synchronized boolean wasShown(String name) {
        return shown.contains(name);
    }

    private synchronized boolean first(String name) {
        return shown.add(name);
    }

    static void clear(TflContext session) {
        if (!DisplayChannel.of(session).isOpen()) {
            session.out().print("\r" + ERASE);
            session.out().flush();
        }
    }
}
