package tfl.interpreter.measure;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.Truffle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.node.TflRootNode;
import tfl.interpreter.value.StructValue;
import tfl.transform.OperationTimes;

/**
 * Where the time of a program goes. Functions are sampled: about every millisecond the running thread notes, at the
 * next place where it can, which functions it is in, and the time since its last note counts there. Operations are
 * timed one by one.
 */
public final class Profiler implements Runnable {
    private static final long PERIOD_MILLIS = 1;
    private final TflContext session;
    private final Thread program = Thread.currentThread();
    /** The functions around the work, which count for nothing. */
    private final int around = running().size();
    private final Map<Function, long[]> functions = new HashMap<>();
    private final OperationTimes operations = OperationTimes.start();
    private final long begin = System.nanoTime();
    private final Thread sampler = Thread.ofPlatform().daemon().name("tfl profiler").unstarted(this);
    private long last = begin;
    private volatile boolean ended;

    private Profiler(TflContext session) {
        this.session = session;
    }

    /** What some work gave, and where its time went. */
    public record Profiled(Object value, StructValue report) {}

    /** Does the work on this thread, and says where the time went. */
    public static Profiled run(TflContext session, Supplier<Object> work) {
        var profiler = new Profiler(session);
        profiler.sampler.start();
        Object value;
        long nanos;
        try {
            value = work.get();
        } finally {
            nanos = profiler.end();
        }
        return new Profiled(value, Profile.of(nanos, profiler.functions, profiler.operations.times()));
    }

    /** A function by name and place. */
    record Function(String name, String place) {}

    /** Stops, and gives the time since the start. */
    private long end() {
        long nanos = System.nanoTime() - begin;
        ended = true;
        operations.stop();
        sampler.interrupt();
        return nanos;
    }

    @Override
    public void run() {
        try {
            while (!ended) {
                session.env().submitThreadLocal(new Thread[] {program}, new ThreadLocalAction(false, false) {
                    @Override
                    protected void perform(Access access) {
                        note();
                    }
                }).get();
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException | ExecutionException | IllegalStateException over) {
            // The program or its session has ended.
            ended = true;
        }
    }

    /** Runs in the program's own thread. */
    private void note() {
        long now = System.nanoTime();
        long span = now - last;
        last = now;
        if (ended) {
            return;
        }
        var running = running();
        var seen = new HashSet<Function>();
        for (var root : running.subList(0, Math.max(0, running.size() - around))) {
            var function = function(root);
            var times = functions.computeIfAbsent(function, _ -> new long[2]);
            times[0] += seen.isEmpty() ? span : 0;
            times[1] += seen.add(function) ? span : 0;
        }
    }

    /** The functions that this thread is in, innermost first. */
    private static List<TflRootNode> running() {
        var running = new ArrayList<TflRootNode>();
        Truffle.getRuntime().iterateFrames(frame -> {
            if (frame.getCallTarget() instanceof RootCallTarget target
                    && target.getRootNode() instanceof TflRootNode root) {
                running.add(root);
            }
            return null;
        });
        return running;
    }

    private static Function function(TflRootNode root) {
        boolean isText = root.function().isEmpty();
        boolean isInput = isText && TflLanguage.INPUT_MIME.equals(root.source().getMimeType());
        return new Function(isInput ? "the input itself" : root.getName(), !root.span().isKnown() ? ""
                : root.source().getName() + (isText ? "" : ":" + root.span().line()));
    }
}
