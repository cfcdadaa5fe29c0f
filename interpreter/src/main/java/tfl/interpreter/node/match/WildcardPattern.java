package tfl.interpreter.node.match;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.language.source.Span;

/** {@code _}: fits everything, binds nothing. */
public final class WildcardPattern extends PatternNode {
    public WildcardPattern(Span span) {
        super(span);
    }

    @Override
    public boolean matches(VirtualFrame frame, Object value) {
        return true;
    }

    @Override
    protected String why(Object value) {
        throw new AssertionError("_ fits everything");
    }
}
