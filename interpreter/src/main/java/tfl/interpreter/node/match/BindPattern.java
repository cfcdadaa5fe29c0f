package tfl.interpreter.node.match;

import com.oracle.truffle.api.frame.VirtualFrame;
import tfl.interpreter.node.variable.WriteNode;
import tfl.language.source.Span;

/** A name: fits everything. */
public final class BindPattern extends PatternNode {
    @Child private WriteNode write;

    public BindPattern(WriteNode write, Span span) {
        super(span);
        this.write = write;
    }

    @Override
    public boolean matches(VirtualFrame frame, Object value) {
        write.execute(frame, value);
        return true;
    }

    @Override
    public void bind(VirtualFrame frame, Object value) {
        write.execute(frame, value);
    }

    @Override
    protected String why(Object value) {
        throw new AssertionError("a name fits everything");
    }
}
