package tfl.interpreter.measure;

import java.util.Collection;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.transform.Arguments;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** The row of {@code timeit}. */
public final class TimeitFunction implements PreludeProvider {
    private static final String NAME = "timeit";
    private static final String PARAMETERS = "f, *args, seconds=" + Timing.SECONDS + ", **options";
    private static final String DOC = "How long f(*args, **options) takes: calls it once, waits for its kernels where "
            + "it is a graph, goes on until it is warm, then times samples of as many calls as the clock needs, for "
            + "seconds. Prints as the median and the spread, and has them as .median, .least, .most, .first and "
            + ".compile, in seconds, and .runs.";

    @Override
    public Collection<String> names() {
        return List.of(NAME);
    }

    @Override
    public Object find(String name) {
        return name.equals(NAME) ? Builtin.of(PRELUDE, NAME, PARAMETERS, DOC, TimeitFunction::timeit) : null;
    }

    private static Object timeit(CallContext context, Object[] a) {
        Outside.reach(NAME, "reads the clock");
        return Timing.of(context, Arguments.function("f", a[0]), ((TupleValue) a[1]).toArray(), (RecordValue) a[3],
                Arguments.positive("seconds", a[2]));
    }
}
