package tfl.repl;

import java.util.Arrays;
import org.graalvm.polyglot.Source;

/** Times an input. */
final class Stopwatch {
    private static final long WARM_UP = 300_000_000L;
    private static final long ENOUGH = 1_500_000_000L;
    private static final int SAMPLES = 10_000;
    private final Evaluator evaluator;

    Stopwatch(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    void once(String code) {
        var source = evaluator.session().fragment(code);
        long start = System.nanoTime();
        var value = evaluator.session().run(source);
        long nanos = System.nanoTime() - start;
        evaluator.show(value);
        evaluator.say(text(nanos));
    }

    /** The first run, a warm-up, then runs for about a second and a half: their median and spread. */
    void often(String code) {
        var source = evaluator.session().fragment(code);
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
        evaluator.say(text(samples[count / 2]) + " median of " + count + " runs (fastest " + text(samples[0])
                + ", slowest " + text(samples[count - 1]) + "); the first took " + text(first));
    }

    private long run(Source source) {
        long start = System.nanoTime();
        evaluator.session().run(source);
        return System.nanoTime() - start;
    }

    /** A duration with three or four digits and a fitting unit. */
    static String text(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 1_000_000) {
            return "%.3g µs".formatted(nanos / 1e3);
        }
        return nanos < 1_000_000_000 ? "%.3g ms".formatted(nanos / 1e6) : "%.3f s".formatted(nanos / 1e9);
    }
}
