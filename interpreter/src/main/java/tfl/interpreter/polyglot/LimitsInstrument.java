package tfl.interpreter.polyglot;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import java.util.function.Supplier;

/** Closes contexts that exceed a limit: the engine lets instruments do that, and no language to itself. */
@TruffleInstrument.Registration(id = LimitsInstrument.ID, name = "TFL limits", version = "0.1.0", internal = true,
        services = LimitsInstrument.Entered.class)
public final class LimitsInstrument extends TruffleInstrument {
    static final String ID = "tfl-limits";

    /** The context that the current thread is in, which may be closed from any thread. */
    interface Entered extends Supplier<TruffleContext> {}

    /** The current context as one that may be closed for what it uses. */
    static TruffleContext closeable(TruffleLanguage.Env language) {
        return language.lookup(language.getInstruments().get(ID), Entered.class).get();
    }

    @Override
    protected void onCreate(Env env) {
        env.registerService((Entered) env::getEnteredContext);
    }
}
