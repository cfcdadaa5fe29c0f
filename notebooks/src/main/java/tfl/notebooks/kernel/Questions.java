package tfl.notebooks.kernel;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tfl.notebooks.protocol.Channels;
import tfl.notebooks.protocol.ConnectionFile.Channel;
import tfl.notebooks.protocol.MalformedMessage;
import tfl.notebooks.protocol.Message;

/** Asks the client that runs a cell for a line of input. */
final class Questions {
    private static final long INTERRUPT_MILLIS = 10_000;

    private final Channels channels;
    private final Log log;
    private volatile Message request = Message.NONE;
    private volatile boolean allowed;
    private volatile boolean given;

    Questions(Channels channels, Log log) {
        this.channels = channels;
        this.log = log;
    }

    /** The request that now runs, and whether its client answers questions. */
    void begin(Message running, boolean isAllowed) {
        request = running;
        allowed = isAllowed;
        given = false;
    }

    /** Whoever waits for an answer need not wait longer. */
    void giveUp() {
        given = true;
    }

    /** The answer, or null where the client gives none. An interrupt of the cell ends the wait. */
    synchronized String ask(String prompt) {
        if (!allowed) {
            return null;
        }
        // The thread that runs the cell may be interrupted, and so may not touch the socket.
        var answer = new CompletableFuture<String>();
        var asking = Thread.ofPlatform().daemon().name("tfl-input").start(() -> answer.complete(exchange(prompt)));
        boolean interrupted = false;
        while (true) {
            try {
                asking.join();
                break;
            } catch (InterruptedException stop) {
                interrupted = true;
                giveUp();
            }
        }
        var line = answer.join();
        if (line == null && !interrupted) {
            interrupted = isInterruptedSoon();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return line == null ? "" : line;
    }

    /** Who gives up interrupts the cell right after; a cell that went on without its answer might end before that. */
    private static boolean isInterruptedSoon() {
        try {
            Thread.sleep(INTERRUPT_MILLIS);
            return false;
        } catch (InterruptedException stop) {
            return true;
        }
    }

    /** The answer, or null where it was given up. */
    private String exchange(String prompt) {
        // An answer to a question that was given up is no answer to this one.
        while (reply(false) != null) {
            continue;
        }
        channels.send(Channel.STDIN, channels.wire().message("input_request", request.identities(), request, Map.of(),
                Map.of("prompt", prompt, "password", false)));
        while (!given) {
            var reply = reply(true);
            if (reply != null && reply.type().equals("input_reply")) {
                return reply.fields().text("value", "");
            }
        }
        return null;
    }

    private Message reply(boolean wait) {
        try {
            return channels.receive(Channel.STDIN, wait);
        } catch (MalformedMessage problem) {
            log.write(problem.getMessage() + " on stdin; it is left out");
            return Message.NONE;
        }
    }
}
