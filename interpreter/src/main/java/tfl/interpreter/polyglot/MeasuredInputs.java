package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.source.Source;
import java.util.LinkedHashMap;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.measure.Profiler;
import tfl.interpreter.measure.Timing;
import tfl.interpreter.value.RecordValue;

/** Inputs of a prompt that are run to see how long they take: what {@code timeit} and {@code profile} do of calls. */
final class MeasuredInputs {
    private final PolyglotFrontend frontend;
    private final TflContext session;

    MeasuredInputs(PolyglotFrontend frontend, TflContext session) {
        this.frontend = frontend;
        this.session = session;
    }

    /** The timing of an input, which is run often. */
    Object timed(String text, String name) {
        var input = input(text, name);
        var run = new BuiltinFunction(Builtin.of("prelude", name, "", "", (context, none) -> input.call()));
        return Timing.of(new CallContext(null), run, new Object[0], RecordValue.EMPTY, Timing.SECONDS);
    }

    /** {@code {value, profile}} of an input, which is run once. */
    Object profiled(String text, String name) {
        var profiled = Profiler.run(session, input(text, name)::call);
        var row = new LinkedHashMap<String, Object>();
        row.put("value", profiled.value());
        row.put("profile", profiled.report());
        return RecordValue.of(row);
    }

    private CallTarget input(String text, String name) {
        return frontend.program(session, Source.newBuilder(TflLanguage.ID, text, name)
                .mimeType(TflLanguage.INPUT_MIME).build());
    }
}
