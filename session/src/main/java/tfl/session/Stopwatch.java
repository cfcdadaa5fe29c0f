package tfl.session;

import java.util.function.Consumer;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Times an input. */
public final class Stopwatch {
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

    /** Runs an input often, and tells what {@code timeit} does of a function. */
    public void often(Source source) {
        say.accept(session.service("timeit", source.getCharacters().toString(), source.getName()).getMember("text")
                .asString());
    }

    /** A duration with three or four digits and a fitting unit. */
    public static String text(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 999_500) {
            return "%.3g µs".formatted(nanos / 1e3);
        }
        return nanos < 999_500_000 ? "%.3g ms".formatted(nanos / 1e6) : "%.3f s".formatted(nanos / 1e9);
    }
}
