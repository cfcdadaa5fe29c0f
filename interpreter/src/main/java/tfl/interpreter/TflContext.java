package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleLanguage.ContextReference;
import com.oracle.truffle.api.nodes.Node;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** One session: its output, and what its libraries remember. */
public final class TflContext {
    private static final ContextReference<TflContext> REFERENCE = ContextReference.create(TflLanguage.class);

    private final TflLanguage language;
    private final TruffleLanguage.Env env;
    private final PrintStream out;
    private Frontend frontend;
    private final Map<Class<?>, Object> states = new HashMap<>();

    TflContext(TflLanguage language, TruffleLanguage.Env env) {
        this.language = language;
        this.env = env;
        this.out = new PrintStream(env.out(), false, StandardCharsets.UTF_8);
    }

    /** The current thread's session. */
    public static TflContext get(Node node) {
        return REFERENCE.get(node);
    }

    public TflLanguage language() {
        return language;
    }

    /** The rooms built on this one. */
    Frontend frontend() {
        if (frontend == null) {
            frontend = ServiceLoader.load(Frontend.class,
                    TflContext.class.getClassLoader()).findFirst().orElseThrow();
        }
        return frontend;
    }

    /** What the session was started with as {@code --seed}; empty for nothing. */
    public String seed() {
        return env.getOptions().get(TflLanguage.Seed);
    }

    /** What the session was started with as {@code --device}. */
    public String device() {
        return env.getOptions().get(TflLanguage.Device);
    }

    /** A value as other languages see it. */
    public Object export(Object value) {
        return frontend().export(this, value);
    }

    public TruffleLanguage.Env env() {
        return env;
    }

    /** Where {@code print} writes. */
    public PrintStream out() {
        return out;
    }

    /** What a library keeps for this session, such as the state of a random generator; made at the first call. */
    @TruffleBoundary
    public <T> T state(Class<T> type, Supplier<T> initial) {
        var state = states.get(type);
        if (state == null) {
            state = initial.get();
            states.put(type, state);
        }
        return type.cast(state);
    }
}
