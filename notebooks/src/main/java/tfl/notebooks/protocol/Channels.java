package tfl.notebooks.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import tfl.notebooks.protocol.ConnectionFile.Channel;
import tfl.session.Misuse;

/**
 * The sockets of a kernel. Each of shell, control and stdin belongs to one thread at a time, which nobody may
 * interrupt, for an interrupted thread breaks its socket. Broadcasts come from any thread, interrupted ones too: one of
 * their own sends them. The heartbeat has a thread as well, so it beats whatever the others do.
 */
public final class Channels implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 100;
    // Broadcasts that wait for a client that reads slowly; a notebook that misses one of them may wait forever.
    private static final int WAITING_BROADCASTS = 100_000;
    private static final int LINGER_MILLIS = 1000;
    private final ZContext context = new ZContext(1);
    private final Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
    private final Map<Channel, Integer> ports = new EnumMap<>(Channel.class);
    private final Wire wire;
    private final ConnectionFile file;
    private final BlockingQueue<Message> broadcasts = new LinkedBlockingQueue<>();
    private final Thread heart;
    private final Thread herald;
    private volatile boolean closed;

    /** Takes the ports; one that is not free is a {@link Misuse}. */
    public Channels(ConnectionFile file) {
        this.file = file;
        this.wire = new Wire(file.key());
        context.setLinger(LINGER_MILLIS);
        open(Channel.SHELL, SocketType.ROUTER);
        open(Channel.CONTROL, SocketType.ROUTER);
        open(Channel.STDIN, SocketType.ROUTER);
        open(Channel.IOPUB, SocketType.PUB);
        open(Channel.HEARTBEAT, SocketType.REP);
        this.heart = Thread.ofPlatform().daemon().name("tfl-heartbeat").start(this::beat);
        this.herald = Thread.ofPlatform().daemon().name("tfl-broadcasts").start(this::herald);
    }

    private void open(Channel channel, SocketType type) {
        var socket = context.createSocket(type);
        socket.setLinger(LINGER_MILLIS);
        if (type == SocketType.ROUTER) {
            // A client that comes back under its old name takes its place again.
            socket.setRouterHandover(true);
        } else if (type == SocketType.PUB) {
            socket.setSndHWM(WAITING_BROADCASTS);
        }
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        try {
            socket.bind(file.address(channel));
        } catch (ZMQException | IllegalArgumentException taken) {
            context.close();
            throw new Misuse("the kernel cannot listen on " + file.address(channel) + ": " + taken.getMessage());
        }
        sockets.put(channel, socket);
        var last = socket.getLastEndpoint();
        ports.put(channel, Integer.parseInt(last.replaceFirst(".*[:-](\\d+)\\D*$", "$1")));
    }

    private void beat() {
        var socket = sockets.get(Channel.HEARTBEAT);
        while (!closed) {
            var beat = socket.recv();
            if (beat != null) {
                socket.send(beat, socket.hasReceiveMore() ? ZMQ.SNDMORE : 0);
            }
        }
    }

    /** What clients need to know, with the ports that were taken. */
    public ConnectionFile connection() {
        return file.with(ports);
    }

    public Wire wire() {
        return wire;
    }

    /** The next message of a channel; null if none came for a while, or none waits and {@code wait} is false. */
    public Message receive(Channel channel, boolean wait) throws MalformedMessage {
        var socket = sockets.get(channel);
        byte[] first;
        try {
            first = socket.recv(wait ? 0 : ZMQ.DONTWAIT);
        } catch (ZMQException closed) {
            if (closed.getErrorCode() != ZMQ.Error.ETERM.getCode()) {
                throw closed;
            }
            first = null;
        }
        if (first == null) {
            return null;
        }
        var frames = new ArrayList<byte[]>(List.of(first));
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv());
        }
        return wire.decode(frames);
    }

    /** Sends a message to who is named in it; one who has gone gets nothing. */
    public void send(Channel channel, Message message) {
        send(sockets.get(channel), message);
    }

    /** Sends a message to all who listen. */
    public void broadcast(Message message) {
        broadcasts.add(message);
    }

    private void herald() {
        var socket = sockets.get(Channel.IOPUB);
        try {
            for (var next = broadcasts.take(); next != Message.NONE; next = broadcasts.take()) {
                send(socket, next);
            }
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nobody knows this thread", impossible);
        }
    }

    private void send(ZMQ.Socket socket, Message message) {
        var frames = wire.encode(message);
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        }
    }

    /** Closes the sockets; what was sent still goes out. */
    @Override
    public void close() {
        closed = true;
        broadcasts.add(Message.NONE);
        try {
            heart.join();
            herald.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        context.close();
    }
}
