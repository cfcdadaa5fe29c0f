package tfl.interpreter.polyglot;

import com.oracle.truffle.api.TruffleSafepoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;

/**
 * The lines of standard input. A thread of its own reads them, since a read of a terminal cannot be interrupted and a
 * program that waits for one can; the line that it then still waits for is the next one asked for.
 */
final class InputLines {
    private final InputStream in;
    private Line pending;

    /** One line, once it has been read. */
    private static final class Line {
        private final CountDownLatch read = new CountDownLatch(1);
        private volatile String text;
        private volatile IOException failure;
    }

    private InputLines(InputStream in) {
        this.in = in;
    }

    static InputLines of(TflContext session) {
        return session.state(InputLines.class, () -> new InputLines(session.env().in()));
    }

    /** The next line without its end, or null behind the last. */
    String next() {
        var line = pending();
        TruffleSafepoint.setBlockedThreadInterruptible(null, CountDownLatch::await, line.read);
        taken();
        if (line.failure != null) {
            throw TflException.of(ErrorKind.IO, "TFL-E0612", "standard input cannot be read: "
                    + line.failure.getMessage(), null);
        }
        return line.text;
    }

    private synchronized Line pending() {
        if (pending == null) {
            var line = new Line();
            pending = line;
            Thread.ofPlatform().daemon().name("tfl input").start(() -> read(line));
        }
        return pending;
    }

    private synchronized void taken() {
        pending = null;
    }

    private void read(Line line) {
        try {
            line.text = text();
        } catch (IOException failed) {
            line.failure = failed;
        } finally {
            line.read.countDown();
        }
    }

    private String text() throws IOException {
        var bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            bytes.write(next);
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
