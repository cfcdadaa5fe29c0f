package tfl.notebooks.kernel;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import tfl.notebooks.cell.CellSession;
import tfl.notebooks.protocol.Channels;
import tfl.notebooks.protocol.ConnectionFile;
import tfl.notebooks.protocol.ConnectionFile.Channel;
import tfl.notebooks.protocol.MalformedMessage;
import tfl.notebooks.protocol.Message;
import tfl.session.ExitStatus;
import tfl.session.Misuse;
import tfl.session.ProcessEnd;
import tfl.session.SessionOptions;

/**
 * A session that clients speak to in Jupyter's messages. The thread that calls {@link #run} answers the shell channel
 * and runs the cells, one after the other; another one answers the control channel, so that interrupts and the request
 * to end are heard while a cell runs; the heartbeat has a third.
 */
public final class Kernel {
    private static final int LAST_CHANCE_SECONDS = 4;
    private static final long WARM_STACK = 16L << 20;
    private final Channels channels;
    private final Log log;
    private final Broadcasts broadcasts;
    private final Questions questions;
    private final History history;
    private final CompletableFuture<CellSession> session;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Deque<Message> waiting = new ArrayDeque<>();
    private Execution execution;
    private Introspection introspection;
    private Comms comms;
    private volatile boolean stopping;

    /** @param letters how many letters a cell may print */
    Kernel(Channels channels, SessionOptions options, History history, long letters, Log log) {
        this.channels = channels;
        this.log = log;
        this.history = history;
        this.broadcasts = new Broadcasts(channels, letters);
        this.questions = new Questions(channels, log);
        // Clients ask first who is there, which needs no session yet.
        this.session = new CompletableFuture<>();
        Thread.ofPlatform().daemon().stackSize(WARM_STACK).name("tfl-kernel-start").start(() -> start(options));
    }

    /** Where clients find the kernel. */
    ConnectionFile connection() {
        return channels.connection();
    }

    private void start(SessionOptions options) {
        try {
            var cells = new CellSession(options, InputStream.nullInputStream(), broadcasts::output);
            cells.answers(questions::ask);
            cells.evaluate("1 + 1");
            session.complete(cells);
            history.open();
        } catch (RuntimeException | Error failure) {
            session.completeExceptionally(failure);
        }
    }

    /** Answers until a client asks the kernel to end; the exit status. */
    int run() {
        Thread.ofPlatform().daemon().name("tfl-kernel-control").start(this::control);
        broadcasts.status(Message.NONE, "starting");
        try {
            while (!stopping) {
                var request = next();
                if (request != null) {
                    answer(Channel.SHELL, request);
                }
            }
            var exit = execution == null ? null : execution.exit();
            if (session.isDone() && !session.isCompletedExceptionally()) {
                cells().close();
            }
            return exit == null ? ExitStatus.DONE : exit;
        } finally {
            ended.countDown();
            channels.close();
        }
    }

    private Message next() {
        return waiting.isEmpty() ? receive(Channel.SHELL, true) : waiting.remove();
    }

    private Message receive(Channel channel, boolean wait) {
        try {
            return channels.receive(channel, wait);
        } catch (MalformedMessage problem) {
            log.write(problem.getMessage() + " on " + channel.name().toLowerCase(Locale.ROOT)
                    + "; it is left out");
            return null;
        }
    }

    private CellSession cells() {
        try {
            return session.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
        }
    }

    private void prepare() {
        if (execution == null) {
            var cells = cells();
            introspection = new Introspection(cells.session());
            execution = new Execution(cells, broadcasts, questions, history, introspection);
            comms = new Comms(broadcasts, () -> Introspection.variables(cells.session()));
        }
    }

    // Requests

    private void answer(Channel channel, Message request) {
        broadcasts.status(request, "busy");
        try {
            reply(channel, request);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
            var text = bug instanceof Misuse ? bug.getMessage() : "this is a bug in TFL: " + bug;
            log.write(text);
            reply(channel, request, Map.of("status", "error", "ename", "kernel", "evalue", text, "traceback",
                    List.of(text), "execution_count", 0));
        } finally {
            broadcasts.status(request, "idle");
        }
    }

    private void reply(Channel channel, Message request) {
        switch (request.type()) {
            case "kernel_info_request" -> reply(channel, request, KernelInfo.reply());
            case "connect_request" -> reply(channel, request, connect());
            case "interrupt_request" -> reply(channel, request, interrupt());
            case "shutdown_request" -> shutdown(channel, request);
            case "debug_request" -> reply(channel, request, debug(request));
            default -> {
                if (channel == Channel.CONTROL) {
                    log.write("there is no " + request.type() + " on the control channel");
                } else {
                    prepare();
                    shell(request);
                }
            }
        }
    }

    private void shell(Message request) {
        broadcasts.begin(request);
        switch (request.type()) {
            case "execute_request" -> execute(request);
            case "complete_request" -> reply(Channel.SHELL, request, introspection.complete(request.fields()));
            case "inspect_request" -> reply(Channel.SHELL, request, introspection.inspect(request.fields()));
            case "is_complete_request" -> reply(Channel.SHELL, request, Introspection.isComplete(request.fields()));
            case "history_request" -> reply(Channel.SHELL, request, history.reply(request.fields()));
            case "comm_info_request" -> reply(Channel.SHELL, request, comms.info(request.fields()));
            case "comm_open" -> comms.open(request);
            case "comm_msg" -> comms.message(request);
            case "comm_close" -> comms.close(request);
            default -> log.write("there is no " + request.type());
        }
    }

    private void reply(Channel channel, Message request, Map<String, Object> content) {
        reply(channel, request, Map.of(), content);
    }

    private void reply(Channel channel, Message request, Map<String, Object> metadata, Map<String, Object> content) {
        var type = request.type().replaceFirst("_request$", "_reply");
        channels.send(channel, channels.wire().message(type, request.identities(), request, metadata, content));
    }

    private void execute(Message request) {
        var started = Instant.now();
        var content = execution.run(request);
        var status = (String) content.get("status");
        reply(Channel.SHELL, request, Execution.metadata(started, status), content);
        comms.changed(request);
        stopping |= execution.exit() != null;
        if (status.equals("error") && request.fields().truth("stop_on_error", true)) {
            abortWaiting();
        }
    }

    /** The cells that were sent before the one that failed was answered do not run; other requests wait. */
    private void abortWaiting() {
        var arrived = new ArrayList<>(waiting);
        waiting.clear();
        for (var next = receive(Channel.SHELL, false); next != null; next = receive(Channel.SHELL, false)) {
            arrived.add(next);
        }
        for (var request : arrived) {
            if (request.type().equals("execute_request")) {
                broadcasts.status(request, "busy");
                reply(Channel.SHELL, request, Map.of("status", "aborted"), execution.aborted());
                broadcasts.status(request, "idle");
            } else {
                waiting.add(request);
            }
        }
    }

    private Map<String, Object> connect() {
        var ports = new LinkedHashMap<String, Object>(Map.of("status", "ok"));
        channels.connection().ports().forEach((channel, port) -> ports.put(
                channel == Channel.HEARTBEAT ? "hb_port" : channel.name().toLowerCase(Locale.ROOT) + "_port",
                port));
        return ports;
    }

    private static Map<String, Object> debug(Message request) {
        var fields = request.fields();
        return Map.of("type", "response", "seq", 1, "request_seq", fields.number("seq", 0), "success", false,
                "command", fields.text("command", ""), "message",
                "this kernel has no debugger; `tfl --dap FILE` and `tfl --inspect FILE` debug scripts");
    }

    // Interrupt and end

    private void control() {
        while (!stopping) {
            var request = receive(Channel.CONTROL, true);
            if (request != null) {
                answer(Channel.CONTROL, request);
            }
        }
        try {
            if (!ended.await(LAST_CHANCE_SECONDS, TimeUnit.SECONDS)) {
                log.write("the running cell does not stop, and ends with the kernel");
                ProcessEnd.now(ExitStatus.FAILED);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> interrupt() {
        questions.giveUp();
        boolean stopped = !session.isDone() || session.isCompletedExceptionally() || cells().interrupt();
        return stopped ? Map.of("status", "ok") : Map.of("status", "error", "ename", "Interrupted", "evalue",
                "the running operation does not stop", "traceback", List.of());
    }

    private void shutdown(Channel channel, Message request) {
        var content = Map.<String, Object>of("status", "ok", "restart", request.fields().truth("restart", false));
        reply(channel, request, content);
        broadcasts.say("shutdown_reply", request, content);
        stop();
    }

    /** Has the kernel end, also out of a running cell. */
    void stop() {
        stopping = true;
        Thread.ofPlatform().daemon().name("tfl-kernel-stop").start(this::interrupt);
    }
}
