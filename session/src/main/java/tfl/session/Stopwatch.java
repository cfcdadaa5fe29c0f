package tfl.session;

import java.util.Arrays;
import java.util.function.Consumer;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Times an input. */
public final class Stopwatch {
    private static final long WARM_UP = 300_000_000L;
    private static final long ENOUGH = 1_500_000_000L;
    private static final int SAMPLES = 10_000;
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

    /** The first run, a warm-up, then runs for about a second and a half: their median and spread. */
    public void often(Source source) {
        long first = run(source);
        for (long spent = first; spent < WARM_UP;) {
            spent += run(source);
        }
        var samples = new long[SAMPLES];
        int count = 0;
        for (long spent = 0; count < SAMPLES && (spent < ENOUGH || count < 5); count++) {
            samples[count] = run(source);
            spent += samples[count];
        }
        Arrays.sort(samples, 0, count);
        say.accept(text(samples[count / 2]) + " median of " + count + " runs (fastest " + text(samples[0])
                + ", slowest " + text(samples[count - 1]) + "); the first took " + text(first));
    }

    private long run(Source source) {
        long start = System.nanoTime();
        session.run(source);
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
