package tfl.notebooks.cell;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Gathers what a cell prints, so that a loop that prints gives few outputs, in the order of both streams. A clock
 * hands out what waits longer than a person notices.
 */
final class StreamBuffer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 50;
    private static final int FULL = 1 << 14;
    private final Consumer<Output> sink;
    private final StringBuilder waiting = new StringBuilder();
    private final Thread clock;
    private String name = Output.STDOUT;

    StreamBuffer(Consumer<Output> sink) {
        this.sink = sink;
        this.clock = Thread.ofPlatform().daemon().name("tfl-cell-output").start(this::tick);
    }

    /** A stream of bytes of that name. */
    OutputStream stream(String streamName) {
        return new Bytes(streamName);
    }

    /** Hands out what waits, then this. */
    synchronized void emit(Output output) {
        flush();
        sink.accept(output);
    }

    synchronized void flush() {
        if (!waiting.isEmpty()) {
            var text = waiting.toString();
            waiting.setLength(0);
            sink.accept(new Output.Stream(name, text));
        }
    }

    private synchronized void add(String streamName, CharSequence text) {
        if (!name.equals(streamName)) {
            flush();
            name = streamName;
        }
        if (waiting.isEmpty()) {
            notifyAll();
        }
        waiting.append(text);
        if (waiting.length() >= FULL) {
            flush();
        }
    }

    private void tick() {
        try {
            while (true) {
                awaitText();
                Thread.sleep(PATIENCE_MILLIS);
                flush();
            }
        } catch (InterruptedException closed) {
            flush();
        }
    }

    private synchronized void awaitText() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
    }

    @Override
    public void close() {
        clock.interrupt();
    }

    /** Bytes to text; a letter may come in two writes. */
    private final class Bytes extends OutputStream {
        private final String name;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] rest = {};

        Bytes(String name) {
            this.name = name;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            var in = ByteBuffer.allocate(rest.length + length).put(rest).put(bytes, offset, length).flip();
            var out = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, out, false);
            rest = new byte[in.remaining()];
            in.get(rest);
            if (out.flip().hasRemaining()) {
                add(name, out);
            }
        }
    }
}
