package tfl.interpreter.node;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.util.Set;
import tfl.interpreter.TflLanguage;
import tfl.language.source.Span;

/** The root of a function or module: its name and its place in the text. */
public abstract class TflRootNode extends RootNode {
    private final String name;
    private final Source source;
    private final Span span;

    protected TflRootNode(TruffleLanguage<?> language, FrameDescriptor descriptor, String name, Source source,
            Span span) {
        super(language, descriptor);
        this.name = name;
        this.source = source;
        this.span = span;
    }

    /** What tools call it: of a method, with its struct; of a module {@code <module>}. */
    @Override
    public String getName() {
        return name.isEmpty() ? "<module>" : name;
    }

    /** The name of the function; empty for a module. */
    public final String function() {
        return name;
    }

    /** A tool looks for places in the text: the functions made here need nodes now, not at their first call. */
    @Override
    protected final void prepareForInstrumentation(Set<Class<?>> tags) {
        getLanguage(TflLanguage.class).noteWatched();
        accept(node -> {
            if (node instanceof MakesFunction maker) {
                maker.prepare();
            }
            return true;
        });
    }

    public final Source source() {
        return source;
    }

    public final Span span() {
        return span;
    }

    /** Whether the value of that child is that of the function. */
    public boolean isBody(@SuppressWarnings("unused") Node child) {
        return false;
    }

    @Override
    public SourceSection getSourceSection() {
        return section(span);
    }

    @TruffleBoundary
    final SourceSection section(Span part) {
        return part.isKnown() ? source.createSection(part.start(), part.length()) : null;
    }
}
