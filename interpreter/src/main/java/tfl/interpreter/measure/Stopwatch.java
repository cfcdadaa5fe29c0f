package tfl.interpreter.measure;

import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.nodes.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Times calls: a warm-up until they take as long as those before, then samples, at least so many and so long. A
 * measurement that others disturbed is repeated, and the calmest counts.
 */
final class Stopwatch {
    private static final double LONGEST_SECONDS = 8;
    private static final double STRETCH = 0.1;
    /** Stretches that are held against as many before: machine code comes bit by bit, for seconds. */
    private static final int COMPARED = 4;
    private static final double LONGEST_WARMUP = 4;
    private static final double STEADY = 0.05;
    private static final double COMPILED = 0.15;
    private static final int REPETITIONS = 4;
    private static final int MOST_LOOPS = 1_000_000;

    private final Workload work;
    private final Pace pace;
    private final Node place;

    Stopwatch(Workload work, Pace pace, Node place) {
        this.work = work;
        this.pace = pace;
        this.place = place;
    }

    Times run() {
        var warmup = warmUp();
        Times best = null;
        int attempts = 0;
        do {
            Load.awaitIdle(pace.patience());
            var times = timed(warmup);
            if (best == null || times.disturbance() < best.disturbance()) {
                best = times;
            }
        } while (++attempts <= REPETITIONS && pace.patience() > 0 && best.disturbance() > 1);
        return best.afterAttempts(attempts);
    }

    /** Calls in stretches until some take as long as those before. */
    private WarmUp warmUp() {
        double spent = 0;
        var stretches = new ArrayList<Stretch>();
        while (!isSteady(stretches) && spent < LONGEST_WARMUP * pace.seconds()) {
            double began = Load.compilerSeconds();
            double length = 0;
            int calls = 0;
            while (length < STRETCH * pace.seconds()) {
                length += calls(1);
                calls++;
            }
            spent += length;
            stretches.add(new Stretch(length / calls, (Load.compilerSeconds() - began) / length));
        }
        return new WarmUp(spent, stretches.getLast().call());
    }

    /** The seconds of all calls before those that count, and of one of the last. */
    private record WarmUp(double seconds, double call) {}

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

    /** How many calls make a sample, where one took so many seconds, the clock's own time among them. */
    private int loops(double call) {
        double loops = pace.shortest() / call;
        double took = 0;
        while (loops > 1 && loops < MOST_LOOPS && took < pace.shortest() / 2) {
            took = calls((int) loops);
            loops *= Math.clamp(pace.shortest() / took, 1, 10);
        }
        return (int) Math.clamp(loops, 1, MOST_LOOPS);
    }

    private Times timed(WarmUp warmup) {
        int loops = loops(warmup.call());
        var load = new Load();
        var millis = new double[1024];
        int count = 0;
        double spent = 0;
        if (work.hasState()) {
            work.rewind();
        }
        double longest = Math.max(LONGEST_SECONDS, LONGEST_SECONDS / 1.5 * pace.seconds());
        while (spent < longest && (count < pace.samples() || spent < pace.seconds())) {
            double took = calls(loops);
            spent += took;
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
            }
            millis[count++] = took / loops * 1e3;
        }
        return Times.of(Arrays.copyOf(millis, count), loops, load.otherCores(), warmup.seconds() * 1e3);
    }

    /** The seconds of some calls. */
    private double calls(int count) {
        TruffleSafepoint.poll(place);
        return work.run(count) / 1e9;
    }
}
