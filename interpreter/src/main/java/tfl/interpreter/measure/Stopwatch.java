package tfl.interpreter.measure;

import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.nodes.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Times calls: a warm-up until they take as long as those before, then at least so many and so long. A measurement that
 * others disturbed is repeated, and the calmest counts.
 */
final class Stopwatch {
    private static final int LEAST_CALLS = 15;
    private static final double LONGEST_SECONDS = 8;
    private static final double STRETCH = 0.1;
    /** Stretches that are held against as many before: machine code comes bit by bit, for seconds. */
    private static final int COMPARED = 4;
    private static final double LONGEST_WARMUP = 4;
    private static final double STEADY = 0.05;
    private static final double COMPILED = 0.15;
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

    /** Calls in stretches until some take as long as those before; gives the milliseconds of all. */
    private double warmUp() {
        double spent = 0;
        var stretches = new ArrayList<Stretch>();
        while (!isSteady(stretches) && spent < LONGEST_WARMUP * seconds) {
            double began = Load.compilerSeconds();
            double length = 0;
            int calls = 0;
            while (length < STRETCH * seconds) {
                length += call();
                calls++;
            }
            spent += length;
            stretches.add(new Stretch(length / calls, (Load.compilerSeconds() - began) / length));
        }
        return spent * 1e3;
    }

    private static boolean isSteady(List<Stretch> stretches) {
        int end = stretches.size();
        if (end < 2 * COMPARED) {
            return false;
        }
        var last = stretches.subList(end - COMPARED, end);
        double before = mean(stretches.subList(end - 2 * COMPARED, end - COMPARED), Stretch::call);
        return Math.abs(mean(last, Stretch::call) - before) <= STEADY * before
                && mean(last, Stretch::compiling) <= COMPILED;
    }

    private static double mean(List<Stretch> stretches, ToDoubleFunction<Stretch> what) {
        return stretches.stream().mapToDouble(what).average().orElseThrow();
    }

    /** Some calls: the seconds of one, and for which part of that time the VM compiled. */
    private record Stretch(double call, double compiling) {}

    private Times timed(double warmup) {
        var load = new Load();
        var millis = new double[1024];
        int count = 0;
        double spent = 0;
        if (work.hasState()) {
            work.rewind();
        }
        double longest = Math.max(LONGEST_SECONDS, LONGEST_SECONDS / 1.5 * seconds);
        while (spent < longest && (count < LEAST_CALLS || spent < seconds)) {
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
