package tfl.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What debuggers and profilers write, line by line: how to attach is added to where one listens, and left out is the
 * error that the DAP server reports whenever a program ends while its client is still there.
 */
final class ToolOutput extends OutputStream {
    private static final String LISTENING = "[Graal DAP] Starting server and listening on";
    private static final String ENDED = "[Graal DAP] Error: null";
    private static final String ATTACH =
            "Attach an editor that speaks the Debug Adapter Protocol there, such as VS Code with TFL's extension.\n";

    private final OutputStream target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    ToolOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        line.write(b);
        if (b == '\n') {
            pass();
        }
    }

    private void pass() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8);
        if (!text.startsWith(ENDED)) {
            line.writeTo(target);
            if (text.startsWith(LISTENING)) {
                target.write(ATTACH.getBytes(StandardCharsets.UTF_8));
            }
            target.flush();
        }
        line.reset();
    }

    @Override
    public synchronized void close() throws IOException {
        if (line.size() > 0) {
            pass();
        }
    }
}
