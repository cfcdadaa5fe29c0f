package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.TflContext;
import tfl.interpreter.value.RecordValue;

/**
 * The progress bars of a session, one below the other in the order they were opened. On a terminal they stand on the
 * lines from the cursor on, are drawn over, and make way for what is printed; in a notebook each has an output of its
 * own that is replaced; elsewhere they are not drawn.
 */
public final class ProgressBars {
    private final TflContext session;
    private final Map<Long, String> bars = new LinkedHashMap<>();
    private long opened;
    private int drawn;

    private ProgressBars(TflContext session) {
        this.session = session;
        session.beforeOutput(this::hide);
    }

    public static ProgressBars of(TflContext session) {
        return session.state(ProgressBars.class, () -> new ProgressBars(session));
    }

    /** Whether a bar would be seen. */
    public boolean areShown() {
        return session.isTerminal() || isNotebook();
    }

    /** A new bar, below those that are open; it is seen once it is drawn. */
    public synchronized long open() {
        opened++;
        bars.put(opened, "");
        return opened;
    }

    /** Shows a bar's line, which is no wider than the terminal; an empty one hides it there. */
    @TruffleBoundary
    public synchronized void draw(long bar, String line) {
        if (!bars.containsKey(bar)) {
            return;
        }
        if (isNotebook()) {
            show(bar, line);
        } else {
            bars.put(bar, line);
            redraw();
        }
    }

    /**
     * Takes a bar away.
     *
     * @param last what a notebook shows in its place from now on
     * @param kept whether a terminal keeps its line, as of something that was interrupted
     */
    @TruffleBoundary
    public synchronized void close(long bar, String last, boolean kept) {
        if (isNotebook()) {
            if (!bars.getOrDefault(bar, "").isEmpty()) {
                show(bar, last);
            }
            bars.remove(bar);
            return;
        }
        var line = bars.remove(bar);
        if (line == null || !session.isTerminal()) {
            return;
        }
        hide();
        if (kept && !line.isEmpty()) {
            session.out().print(line + "\n");
        }
        redraw();
    }

    private boolean isNotebook() {
        return DisplayChannel.of(session).isOpen();
    }

    private void show(long bar, String line) {
        if (!line.isEmpty()) {
            boolean isNew = bars.put(bar, line).isEmpty();
            session.out().flush();
            DisplayChannel.of(session).show(RecordValue.of(Map.of("text/plain", line)),
                    "progress-" + ProcessHandle.current().pid() + "-" + bar, !isNew);
        }
    }

    /** The bars go for good; what left them open has ended. */
    @TruffleBoundary
    public synchronized void closeAll() {
        hide();
        bars.clear();
    }

    /** Leaves the cursor where the first bar begins: what is printed next begins a line. */
    private void redraw() {
        if (!session.isTerminal()) {
            return;
        }
        List<String> lines = bars.values().stream().filter(line -> !line.isEmpty()).toList();
        hide();
        if (lines.isEmpty()) {
            return;
        }
        var text = new StringBuilder("\r");
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append("\033[K");
        }
        if (lines.size() > 1) {
            text.append("\033[").append(lines.size() - 1).append('A');
        }
        var out = session.out();
        out.print(text.append('\r'));
        out.flush();
        drawn = lines.size();
    }

    private synchronized void hide() {
        if (drawn > 0) {
            int lines = drawn;
            drawn = 0;
            var out = session.out();
            // Of one bar only its own line is cleared; what a program has drawn below stays.
            out.print(lines == 1 ? "\r\033[K" : "\r\033[J");
            out.flush();
        }
    }
}
