package tfl.notebooks.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import tfl.notebooks.protocol.Channels;
import tfl.notebooks.protocol.ConnectionFile;
import tfl.notebooks.protocol.ConnectionFile.Channel;
import tfl.notebooks.protocol.Message;
import tfl.notebooks.protocol.Wire;
import tfl.session.SessionOptions;

/**
 * A kernel and a client in one process, which say what is said when a notebook opens. The build runs it while it
 * records the start-up cache, so that the cache holds the kernel's classes.
 */
public final class Rehearsal {
    private static final int LETTERS = 1_000_000;
    private static final List<String> CELLS = List.of("1+1", "x = [[1.0, 2], [3, 4]]\nprint(x.shape)\nx @ x", "x.oops",
            "{a: (1, 2.5), b: \"text\"}", "display(x, id=\"x\")");

    private Rehearsal() {}

    /** Runs all of it; what goes wrong is thrown. */
    public static void run() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("rehearsal");
        var log = new Log(new PrintWriter(Writer.nullWriter()));
        var kernel = new Kernel(new Channels(ConnectionFile.local()), SessionOptions.DEFAULT,
                new History(folder.resolve("history"), log), LETTERS, log);
        var connection = kernel.connection();
        var running = Thread.ofPlatform().name("rehearsal").start(kernel::run);
        try (var context = new ZContext(1)) {
            var wire = new Wire(connection.key());
            var socket = context.createSocket(SocketType.DEALER);
            socket.connect("tcp://127.0.0.1:" + connection.ports().get(Channel.SHELL));
            ask(socket, wire, "kernel_info_request", Map.of());
            for (var cell : CELLS) {
                ask(socket, wire, "execute_request", Map.of("code", cell));
            }
            ask(socket, wire, "complete_request", Map.of("code", "su", "cursor_pos", 2));
            ask(socket, wire, "inspect_request", Map.of("code", "sum", "cursor_pos", 3, "detail_level", 1));
            ask(socket, wire, "is_complete_request", Map.of("code", "fn f(x) {"));
            ask(socket, wire, "history_request", Map.of("hist_access_type", "tail", "n", 5));
            ask(socket, wire, "comm_info_request", Map.of());
            ask(socket, wire, "shutdown_request", Map.of("restart", false));
        }
        running.join();
        try (var left = Files.list(folder)) {
            for (var file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void ask(ZMQ.Socket socket, Wire wire, String type, Map<String, Object> content) {
        var frames = wire.encode(wire.message(type, List.of(), Message.NONE, Map.of(), content));
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        }
        socket.recv();
        while (socket.hasReceiveMore()) {
            socket.recv();
        }
    }
}
