package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleLanguage.ContextReference;
import com.oracle.truffle.api.debug.Debugger;
import com.oracle.truffle.api.frame.MaterializedFrame;
import com.oracle.truffle.api.nodes.Node;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tfl.interpreter.value.Counted;
import tfl.tensor.Account;
import tfl.tensor.Memory;
import tfl.tensor.OutOfTensorMemory;

/** One session: its output, and what its libraries remember. */
public final class TflContext {
    /** A reference and the smallest object. */
    private static final long LEAST_VALUE_BYTES = 24;
    private static final long STACK_BYTES = 16L << 20;
    /** Sessions with a limit of their own. */
    private static final Set<TflContext> LIMITED = ConcurrentHashMap.newKeySet();
    private static final ContextReference<TflContext> REFERENCE = ContextReference.create(TflLanguage.class);

    private final TflLanguage language;
    private final TruffleLanguage.Env env;
    private final PrintStream out;
    private volatile Frontend frontend;
    private volatile Runnable beforeOutput;
    private final Map<Class<?>, Object> states = new ConcurrentHashMap<>();
    private final Set<Runnable> atEnd = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Account account;

    TflContext(TflLanguage language, TruffleLanguage.Env env) {
        this.language = language;
        this.env = env;
        this.out = new PrintStream(env.out(), false, StandardCharsets.UTF_8);
        this.account = account(env.getOptions().get(TflLanguage.MemoryLimit));
    }

    private Account account(String limit) {
        if (limit.isEmpty()) {
            return null;
        }
        LIMITED.add(this);
        Account.ask(TflContext::running);
        return new Account(Memory.size(limit));
    }

    /** The account of the limited session that runs on this thread; threads of kernels run for none. */
    private static Account running() {
        for (var session : LIMITED) {
            if (session.env.getContext().isEntered()) {
                return session.account;
            }
        }
        return null;
    }

    /** What its tensors take and may take; null without a limit of its own. */
    public Account account() {
        return account;
    }

    /**
     * Whether a builtin may gather so many values, which it holds where nobody else can count them: returns, or throws.
     *
     * @throws TflException if that alone is more than the session may take
     */
    public void admitValues(long count) {
        if (account != null && count * LEAST_VALUE_BYTES > account.limit() - account.held()) {
            throw TflException.of(ErrorKind.LIMIT, "TFL-E0643", count + " values and more are more than the "
                    + OutOfTensorMemory.bytes(account.limit()) + " that this program may take",
                    "walk large sequences with for instead of keeping all their elements");
        }
    }

    /** The threads that have run its functions and may again, if it has a limit. */
    public Set<Thread> threads() {
        return threads;
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

    /** Whether {@code print} writes to a terminal, which can draw over a line. */
    public boolean isTerminal() {
        return env.getOptions().get(TflLanguage.Terminal);
    }

    /** Whether functions that are graphs run step by step now, so that a debugger can stop in them. */
    public boolean stepsThroughGraphs() {
        return language.isWatched() && isDebugged();
    }

    @TruffleBoundary
    private boolean isDebugged() {
        return !env.getOptions().get(TflLanguage.KeepGraphs) && Debugger.find(env).getSessionCount() > 0;
    }

    /** A value as other languages see it. */
    public Object export(Object value) {
        return frontend().export(this, value);
    }

    /** The variables that a debugger sees at a node; {@code frame} is null where nothing runs. */
    @TruffleBoundary
    public Object locals(Node node, MaterializedFrame frame) {
        return frontend().locals(node, frame);
    }

    /**
     * An error of a function that a library called for the user, as one that says where it was called for and can be
     * thrown on another thread. It stays at its place in the user's text.
     */
    @TruffleBoundary
    public RuntimeException moved(Throwable failure, String where) {
        var located = frontend().located(failure);
        if (!(located instanceof TflException error)) {
            return located;
        }
        var known = error.problem();
        String label = known instanceof RuntimeProblem own ? own.label() : "";
        var problem = new RuntimeProblem(error.kind(), known.code(), where + ": " + known.message(), label,
                known.help());
        return TflException.causedBy(error, problem, frontend().place(error), null);
    }

    public TruffleLanguage.Env env() {
        return env;
    }

    /** Where {@code print} writes. */
    public PrintStream out() {
        var first = beforeOutput;
        if (first != null) {
            first.run();
        }
        return out;
    }

    /** Has something done before anything is written, such as to make way for it; it may write itself. */
    public void beforeOutput(Runnable work) {
        beforeOutput = work;
    }

    /** Writes a line to where warnings go. */
    @TruffleBoundary
    public void warn(String line) {
        out.flush();
        var err = new PrintStream(env.err(), true, StandardCharsets.UTF_8);
        err.println(line);
        err.flush();
    }

    /** What a library keeps for this session, such as the state of a random generator; made at the first call. */
    @TruffleBoundary
    public <T> T state(Class<T> type, Supplier<T> initial) {
        var state = states.get(type);
        return type.cast(state != null ? state : made(type, initial));
    }

    /** Whether a library keeps something of that type for this session. */
    public boolean has(Class<?> type) {
        return states.containsKey(type);
    }

    // Making one state may ask for another, which a map's own computeIfAbsent would not bear.
    private synchronized Object made(Class<?> type, Supplier<?> initial) {
        var state = states.get(type);
        if (state == null) {
            state = initial.get();
            states.put(type, state);
        }
        return state;
    }

    /** Whether the session may have threads of its own; without, what would run ahead is done when it is wanted. */
    public boolean allowsThreads() {
        return env.isCreateThreadAllowed();
    }

    /**
     * A thread that may run functions of this session, not started yet. Who starts it has it end by itself before
     * the session does, for which {@link #atEnd} is meant.
     *
     * @throws IllegalStateException if the session {@link #allowsThreads} not
     */
    @TruffleBoundary
    public Thread thread(String name, Runnable work) {
        Counted.share();
        var thread = env.newTruffleThreadBuilder(work).stackSize(STACK_BYTES).build();
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }

    /** Has something done when the session ends. */
    public void atEnd(Runnable work) {
        atEnd.add(work);
    }

    /** It has been done, and needs not be done again. */
    public void forget(Runnable work) {
        atEnd.remove(work);
    }

    /** The session ends. */
    void end() {
        LIMITED.remove(this);
        atEnd.forEach(Runnable::run);
    }
}
