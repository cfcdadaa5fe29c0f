package tfl.interpreter;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.Option;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.instrumentation.ProvidedTags;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import com.oracle.truffle.api.nodes.ExecutableNode;
import java.util.ServiceLoader;
import org.graalvm.options.OptionCategory;
import org.graalvm.options.OptionDescriptors;
import org.graalvm.options.OptionKey;
import org.graalvm.options.OptionStability;
import org.graalvm.options.OptionType;
import tfl.backend.Backend;
import tfl.backend.KernelPause;
import tfl.interpreter.value.Counted;
import tfl.tensor.Memory;

/** TFL as the polyglot engine knows it. Each session has its own instance. */
@TruffleLanguage.Registration(id = TflLanguage.ID, name = "TFL", version = "0.1.0",
        defaultMimeType = TflLanguage.MIME,
        characterMimeTypes = {TflLanguage.MIME, TflLanguage.INPUT_MIME})
@ProvidedTags({StandardTags.RootTag.class, StandardTags.RootBodyTag.class, StandardTags.StatementTag.class,
    StandardTags.CallTag.class, StandardTags.ExpressionTag.class, StandardTags.TryBlockTag.class})
public final class TflLanguage extends TruffleLanguage<TflContext> {
    public static final String ID = "tfl";
    public static final String MIME = "text/x-tfl";
    /** An input of a prompt: its functions may use names that do not exist yet. */
    public static final String INPUT_MIME = "text/x-tfl-input";

    @Option(help = "Where tensors live and kernels run.", category = OptionCategory.USER,
            stability = OptionStability.STABLE)
    static final OptionKey<String> Device = new OptionKey<>("cpu",
            new OptionType<>("Device", TflLanguage::device));

    @Option(help = "Seeds the random generator.", category = OptionCategory.USER,
            stability = OptionStability.STABLE)
    static final OptionKey<String> Seed = new OptionKey<>("");

    @Option(help = "Whether test blocks are to be run.", category = OptionCategory.USER,
            stability = OptionStability.STABLE)
    static final OptionKey<Boolean> RunTests = new OptionKey<>(false);

    @Option(help = "Whether print writes to a terminal, which can draw over a line.",
            category = OptionCategory.USER, stability = OptionStability.STABLE)
    static final OptionKey<Boolean> Terminal = new OptionKey<>(false);

    @Option(help = "Bytes that the values of a context may take together, such as 64m; empty for no limit of its own.",
            category = OptionCategory.USER, stability = OptionStability.STABLE)
    static final OptionKey<String> MemoryLimit = new OptionKey<>("", new OptionType<>("MemoryLimit",
            TflLanguage::size));

    @Option(help = "Whether one thread at a time starts with the cheaper counting that suits it; the tfl command does.",
            category = OptionCategory.INTERNAL, stability = OptionStability.STABLE)
    static final OptionKey<Boolean> OneThread = new OptionKey<>(false);

    /** Where it is a size, the text as it is. */
    private static String size(String text) {
        if (!text.isEmpty() && Memory.size(text) <= 0) {
            throw new IllegalArgumentException("a memory limit is a size such as 64m or 8g, not " + text);
        }
        return text;
    }

    @Option(help = "Whether graphs stay compiled, and are not stopped in, while a debugger is attached.",
            category = OptionCategory.USER, stability = OptionStability.STABLE)
    static final OptionKey<Boolean> KeepGraphs = new OptionKey<>(false);

    private volatile boolean watched;

    /** A tool has been looking at functions of this session. */
    public void noteWatched() {
        watched = true;
    }

    boolean isWatched() {
        return watched;
    }

    private static String device(String name) {
        var known = ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).stream()
                .map(backend -> backend.get().device()).sorted().toList();
        if (!known.contains(name)) {
            throw new IllegalArgumentException("there is no device " + name + "; there are "
                    + String.join(", ", known));
        }
        return name;
    }

    @Override
    protected OptionDescriptors getOptionDescriptors() {
        return new TflLanguageOptionDescriptors();
    }

    @Override
    protected TflContext createContext(Env env) {
        KernelPause.set(TflLanguage::pauseInKernel);
        var session = new TflContext(this, env);
        if (!env.getOptions().get(OneThread)) {
            Counted.share();
        }
        return session;
    }

    /** Lets tools look at a thread between two parts of a kernel. What could run code of a program has to wait. */
    private static void pauseInKernel() {
        TruffleSafepoint safepoint;
        try {
            safepoint = TruffleSafepoint.getCurrent();
        } catch (IllegalStateException outside) {
            // The thread compiles, or a test calls a kernel.
            return;
        }
        boolean allowed = safepoint.setAllowSideEffects(false);
        try {
            TruffleSafepoint.poll(EncapsulatingNodeReference.getCurrent().get());
        } finally {
            safepoint.setAllowSideEffects(allowed);
        }
    }

    @Override
    protected void initializeThread(TflContext session, Thread thread) {
        if (session.account() != null) {
            session.threads().add(thread);
        }
    }

    @Override
    protected void disposeThread(TflContext session, Thread thread) {
        session.threads().remove(thread);
    }

    @Override
    protected boolean isThreadAccessAllowed(Thread thread, boolean singleThreaded) {
        return true;
    }

    @Override
    protected void initializeMultiThreading(TflContext session) {
        Counted.share();
    }

    @Override
    protected void finalizeContext(TflContext session) {
        session.end();
    }

    @Override
    protected CallTarget parse(ParsingRequest request) {
        var session = TflContext.get(null);
        return session.frontend().parse(session, request.getSource());
    }

    /** What a debugger evaluates where a program stands still: with the variables of that place. */
    @Override
    protected ExecutableNode parse(InlineParsingRequest request) {
        var session = TflContext.get(null);
        return session.frontend().within(session, request.getSource(), request.getLocation(), request.getFrame());
    }

    @Override
    protected Object getScope(TflContext session) {
        return session.frontend().scope(session);
    }

    @Override
    protected Object getLanguageView(TflContext session, Object value) {
        return session.frontend().view(value);
    }
}
