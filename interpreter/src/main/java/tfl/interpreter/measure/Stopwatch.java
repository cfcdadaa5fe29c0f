package tfl.interpreter.measure;

import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.nodes.Node;
import java.util.Arrays;

/**
 * Times calls: a warm-up until they take as long as those before, then at least so many and so long. A measurement that
 * others disturbed is repeated, and the calmest counts.
 */
final class Stopwatch {
    private static final int LEAST_CALLS = 15;
    private static final double LONGEST = 8 / 1.5;
    private static final double SHORTEST_WARMUP = 0.3 / 1.5;
    private static final double LONGEST_WARMUP = 2;
    private static final double STEADY = 0.05;
    private static final int REPETITIONS = 4;

    private final Workload work;
    private final double seconds;
    private final double patience;
    private final Node place;

    /** @param seconds of calls to be timed, at least */
    Stopwatch(Workload work, double seconds, double patience, Node place) {
        this.work = work;
        this.seconds = seconds;
        this.patience = patience;
        this.place = place;
    }

    Times run() {
        double warmup = warmUp();
        Times best = null;
        int attempts = 0;
        do {
            Load.awaitIdle(patience);
            var times = timed(warmup);
            if (best == null || times.disturbance() < best.disturbance()) {
                best = times;
            }
        } while (++attempts <= REPETITIONS && patience > 0 && best.disturbance() > 1);
        return best.afterAttempts(attempts);
    }

    /** Calls in stretches until one takes as long as that before; gives the milliseconds of all. */
    private double warmUp() {
        double spent = 0;
        double before = 0;
        boolean steady = false;
        while (spent < SHORTEST_WARMUP * seconds || !steady && spent < LONGEST_WARMUP * seconds) {
            double stretch = 0;
            int calls = 0;
            while (stretch < SHORTEST_WARMUP * seconds / 2) {
                stretch += call();
                calls++;
            }
            spent += stretch;
            steady = Math.abs(stretch / calls - before) <= STEADY * before;
            before = stretch / calls;
        }
        return spent * 1e3;
    }

    private Times timed(double warmup) {
        var load = new Load();
        var millis = new double[1024];
        int count = 0;
        double spent = 0;
        if (work.hasState()) {
            work.rewind();
        }
        while (spent < seconds * LONGEST && (count < LEAST_CALLS || spent < seconds)) {
            double took = call();
            spent += took;
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
            }
            millis[count++] = took * 1e3;
        }
        return Times.of(Arrays.copyOf(millis, count), load.otherCores(), warmup);
    }

    /** The seconds of one call. */
    private double call() {
        TruffleSafepoint.poll(place);
        work.prepare();
        return work.run() / 1e9;
    }
}
