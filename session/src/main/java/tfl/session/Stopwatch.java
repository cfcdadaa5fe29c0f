package tfl.session;

import java.util.Arrays;
import java.util.function.Consumer;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Times an input. */
public final class Stopwatch {
    private static final long WARM_UP = 300_000_000L;
    private static final long ENOUGH = 1_200_000_000L;
    /** A sample is of so many runs that it takes at least this long, so that the clock is no part of it. */
    private static final long SHORTEST_SAMPLE = 1_000_000L;
    private static final int SAMPLES = 1_000;
    private static final int FEWEST = 5;
    private final Session session;
    private final Consumer<Value> show;
    private final Consumer<String> say;

    /**
     * A stopwatch.
     *
     * @param show shows the value of what was timed
     * @param say tells a line
     */
    public Stopwatch(Session session, Consumer<Value> show, Consumer<String> say) {
        this.session = session;
        this.show = show;
        this.say = say;
    }

    /** Runs an input and tells how long it took. */
    public void once(Source source) {
        long start = System.nanoTime();
        var value = session.run(source);
        long nanos = System.nanoTime() - start;
        show.accept(value);
        say.accept(text(nanos));
    }

    /** The first run, a warm-up, then samples for about a second: their median and spread. */
    public void often(Source source) {
        long first = run(source, 1);
        long fastest = first;
        for (long spent = first; spent < WARM_UP;) {
            long took = run(source, 1);
            fastest = Math.min(fastest, took);
            spent += took;
        }
        int loops = Math.clamp(SHORTEST_SAMPLE / Math.max(1, fastest), 1, 1_000_000);
        var samples = new double[SAMPLES];
        int count = 0;
        for (long spent = 0; count < SAMPLES && (spent < ENOUGH || count < FEWEST); count++) {
            long took = run(source, loops);
            samples[count] = (double) took / loops;
            spent += took;
        }
        say.accept(summary(Arrays.copyOf(samples, count), loops));
        say.accept("the first run, which compiles, took " + text(first));
    }

    /** The median of the samples, the middle half of them, and how many runs there were. */
    static String summary(double[] samples, int loops) {
        Arrays.sort(samples);
        int last = samples.length - 1;
        return text(Math.round(samples[samples.length / 2])) + " a run (median of " + samples.length + " samples"
                + (loops == 1 ? "" : " of " + loops + " runs") + "; half of them " + text(Math.round(samples[last / 4]))
                + " to " + text(Math.round(samples[last - last / 4])) + "; all " + text(Math.round(samples[0])) + " to "
                + text(Math.round(samples[last])) + ")";
    }

    private long run(Source source, int loops) {
        long start = System.nanoTime();
        for (int i = 0; i < loops; i++) {
            session.run(source);
        }
        return System.nanoTime() - start;
    }

    /** A duration with three or four digits and a fitting unit. */
    public static String text(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 1_000_000) {
            return "%.3g µs".formatted(nanos / 1e3);
        }
        return nanos < 1_000_000_000 ? "%.3g ms".formatted(nanos / 1e6) : "%.3f s".formatted(nanos / 1e9);
    }
}
