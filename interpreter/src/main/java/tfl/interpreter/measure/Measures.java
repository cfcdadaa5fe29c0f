package tfl.interpreter.measure;

import java.util.Collection;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.transform.Arguments;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** The rows of {@code measure} and its kin. */
public final class Measures implements PreludeProvider {
    private static final List<String> NAMES = List.of("measure", "timeit", "profile");

    @Override
    public Collection<String> names() {
        return NAMES;
    }

    @Override
    public Object find(String name) {
        return switch (name) {
            case "measure" -> row(name, "f, *args, state=none, restart=50, check=none, seconds=1.5, graph=true, "
                    + "flops=none, bytes=none",
                    "How long f(*args) takes, in a bench block and elsewhere: calls it until it is warm, then at "
                    + "least 15 times and for seconds. A record of the median, the least time and more, in "
                    + "milliseconds, and of a checksum of what f gives. With a state, f is a step: f(state, *args) "
                    + "gives the next state, and begins anew after restart calls. check(result) is what the "
                    + "checksum is made of, where that is not all of it. graph=false keeps a benchmark out of tfl "
                    + "bench --graph. flops and bytes of a call are those of its graph, where it is one, unless "
                    + "they are given.",
                    MeasureCall::run);
            case "timeit" -> row(name, "f, *args, seconds=" + Timing.SECONDS + ", **options",
                    "How long f(*args, **options) takes: calls it once, waits for its kernels where it is a "
                    + "graph, goes on until it is warm, then times samples of as many calls as the clock needs, "
                    + "for seconds. Prints as the median and the spread, and has them as .median, .least, .most, "
                    + ".first and .compile, in seconds, and .runs.",
                    Measures::timeit);
            case "profile" -> row(name, "f, *args, **options",
                    "Calls f(*args, **options) once, and says where the time went. Prints as two tables, and has "
                    + "them as .functions, each with name, place, seconds in all and those of its own, and "
                    + ".operations, each with name, seconds and calls, those that took most first. Functions are "
                    + "sampled, operations counted. Call a graph once before, for its kernels.",
                    Measures::profile);
            default -> null;
        };
    }

    private static Object row(String name, String parameters, String doc, Builtin.Body body) {
        return Builtin.of(PRELUDE, name, parameters, doc, (context, a) -> {
            Outside.reach(name, "reads the clock");
            return body.call(context, a);
        });
    }

    private static Object timeit(CallContext context, Object[] a) {
        return Timing.of(context, Arguments.function("f", a[0]), ((TupleValue) a[1]).toArray(), (RecordValue) a[3],
                Arguments.positive("seconds", a[2]));
    }

    private static Object profile(CallContext context, Object[] a) {
        var function = Arguments.function("f", a[0]);
        var profiled = Profiler.run(context.session(), () ->
                context.call(function, ((TupleValue) a[1]).toArray(), (RecordValue) a[2]));
        Holding.discard(profiled.value());
        return profiled.report();
    }
}
