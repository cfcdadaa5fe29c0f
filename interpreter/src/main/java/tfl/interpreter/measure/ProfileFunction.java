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

/** The row of {@code profile}. */
public final class ProfileFunction implements PreludeProvider {
    private static final String NAME = "profile";
    private static final String DOC = "Calls f(*args, **options) once, and says where the time went. Prints as two "
            + "tables, and has them as .functions, each with name, place, seconds in all and those of its own, and "
            + ".operations, each with name, seconds and calls, those that took most first. Functions are sampled, "
            + "operations counted. Call a graph once before, for its kernels.";

    @Override
    public Collection<String> names() {
        return List.of(NAME);
    }

    @Override
    public Object find(String name) {
        return name.equals(NAME) ? Builtin.of(PRELUDE, NAME, "f, *args, **options", DOC, ProfileFunction::profile)
                : null;
    }

    private static Object profile(CallContext context, Object[] a) {
        Outside.reach(NAME, "reads the clock");
        var function = Arguments.function("f", a[0]);
        var profiled = Profiler.run(context.session(), () ->
                context.call(function, ((TupleValue) a[1]).toArray(), (RecordValue) a[2]));
        Holding.discard(profiled.value());
        return profiled.report();
    }
}
