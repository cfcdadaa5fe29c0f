package tfl.interpreter.value;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.RootCallTarget;
import java.util.Set;
import java.util.function.Supplier;
import tfl.language.source.Span;

/** What all closures made at one place of a text share. Its nodes are made at the first call. */
public final class FunctionCode {
    private final String name;
    private final Signature signature;
    private final String doc;
    private final Span span;
    private final Supplier<Set<String>> live;
    private Set<String> liveNames;
    // Translations work on what the functions of a text share, so one thread translates at a time.
    private static final Object TRANSLATING = new Object();
    private Supplier<RootCallTarget> translation;
    private final Supplier<RootCallTarget> arguments;
    private RootCallTarget argumentsTarget;
    @CompilationFinal private volatile RootCallTarget target;

    /**
     * @param doc the documentation, or null
     * @param span the whole definition
     * @param live finds {@link #liveNames}
     * @param arguments makes {@link #arguments}
     */
    public FunctionCode(String name, Signature signature, String doc, Span span, Supplier<Set<String>> live,
            Supplier<RootCallTarget> translation, Supplier<RootCallTarget> arguments) {
        this.name = name;
        this.signature = signature;
        this.doc = doc;
        this.span = span;
        this.live = live;
        this.translation = translation;
        this.arguments = arguments;
    }

    public String name() {
        return name;
    }

    public Signature signature() {
        return signature;
    }

    public String doc() {
        return doc;
    }

    public Span span() {
        return span;
    }

    /** The names of the session's own module that a call looks up, whatever they stand for by then. */
    public Set<String> liveNames() {
        synchronized (TRANSLATING) {
            if (liveNames == null) {
                liveNames = live.get();
            }
            return liveNames;
        }
    }

    /** The code to call; its first argument is the closure. */
    public RootCallTarget target() {
        var known = target;
        if (known == null) {
            CompilerDirectives.transferToInterpreterAndInvalidate();
            known = translated();
        }
        return known;
    }

    /** Called as {@link #target} is, it gives what the parameters are bound to, as a tuple: defaults are filled in. */
    public RootCallTarget arguments() {
        synchronized (TRANSLATING) {
            if (argumentsTarget == null) {
                argumentsTarget = arguments.get();
            }
            return argumentsTarget;
        }
    }

    private RootCallTarget translated() {
        synchronized (TRANSLATING) {
            if (target == null) {
                target = translation.get();
                translation = null;
            }
            return target;
        }
    }
}
