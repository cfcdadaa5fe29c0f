package tfl.interpreter.polyglot;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.Truffle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import tfl.interpreter.TflContext;
import tfl.interpreter.node.TflRootNode;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.transform.OperationTimes;

/**
 * Where the time of a program goes. Functions are sampled: about every millisecond the running thread notes, at the
 * next place where it can, which functions it is in, and the time since its last note counts there. Operations are
 * timed one by one.
 */
final class Profiler {
    private static final long PERIOD_MILLIS = 1;
    private final TflContext session;
    private Sampling sampling;

    Profiler(TflContext session) {
        this.session = session;
    }

    Object start() {
        stop();
        sampling = new Sampling(Thread.currentThread(), OperationTimes.start());
        return None.NONE;
    }

    /** Rows of functions and of operations, in no order; none if nothing was started. */
    Object stop() {
        OperationTimes.stop();
        var ended = sampling;
        sampling = null;
        return ended == null ? None.NONE : ended.end();
    }

    /** A function by name and place. */
    private record Function(String name, String place) {}

    private final class Sampling implements Runnable {
        private final Thread program;
        private final OperationTimes operations;
        private final Map<Function, long[]> functions = new HashMap<>();
        private final long begin = System.nanoTime();
        private final Thread sampler;
        private long last = begin;
        private volatile boolean ended;

        Sampling(Thread program, OperationTimes operations) {
            this.program = program;
            this.operations = operations;
            this.sampler = Thread.ofPlatform().daemon().name("tfl profiler").start(this);
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
            var seen = new HashSet<Function>();
            Truffle.getRuntime().iterateFrames(frame -> {
                if (frame.getCallTarget() instanceof RootCallTarget target
                        && target.getRootNode() instanceof TflRootNode root) {
                    var function = function(root);
                    var times = functions.computeIfAbsent(function, _ -> new long[2]);
                    times[0] += seen.isEmpty() ? span : 0;
                    times[1] += seen.add(function) ? span : 0;
                }
                return null;
            });
        }

        private static Function function(TflRootNode root) {
            boolean isText = root.getName().isEmpty();
            var span = root.span();
            return new Function(isText ? "the input itself" : root.getName(),
                    !span.isKnown() ? "" : root.source().getName() + (isText ? "" : ":" + span.line()));
        }

        RecordValue end() {
            ended = true;
            sampler.interrupt();
            var rows = new ArrayList<Object>();
            functions.forEach((function, times) -> {
                var row = new LinkedHashMap<String, Object>();
                row.put("name", function.name());
                row.put("place", function.place());
                row.put("own", times[0]);
                row.put("total", times[1]);
                rows.add(RecordValue.of(row));
            });
            var timed = new ArrayList<Object>();
            operations.times().forEach((name, time) -> {
                var row = new LinkedHashMap<String, Object>();
                row.put("name", name);
                row.put("calls", time.calls());
                row.put("nanos", time.nanos());
                timed.add(RecordValue.of(row));
            });
            var result = new LinkedHashMap<String, Object>();
            result.put("nanos", System.nanoTime() - begin);
            result.put("functions", new TupleValue(rows.toArray()));
            result.put("operations", new TupleValue(timed.toArray()));
            return RecordValue.of(result);
        }
    }
}
