package tfl.interpreter.node;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.frame.FrameDescriptor;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
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

    @Override
    public final String getName() {
        return name;
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
