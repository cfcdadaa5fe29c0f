package tfl.interpreter.coverage;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/** Brings {@link Coverage} to the engine, where the language finds it. */
@TruffleInstrument.Registration(id = CoverageInstrument.ID, name = "TFL coverage", version = "0.1.0",
        services = Coverage.class)
public final class CoverageInstrument extends TruffleInstrument {
    public static final String ID = "tfl-coverage";

    @Override
    protected void onCreate(Env env) {
        env.registerService(new Coverage(env));
    }
}
