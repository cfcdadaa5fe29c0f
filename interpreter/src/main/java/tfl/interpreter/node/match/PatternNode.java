package tfl.interpreter.node.match;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.RuntimeProblem;
import tfl.interpreter.TflException;
import tfl.interpreter.value.Holding;
import tfl.language.source.Span;

/** Takes a value apart and binds its parts. */
public abstract class PatternNode extends Node {
    private final Span span;

    protected PatternNode(Span span) {
        this.span = span;
    }

    /** Binds the names, or says that the value has another form; some names may then be bound. */
    public abstract boolean matches(VirtualFrame frame, Object value);

    /** Why {@link #matches} said no, in the user's terms. */
    protected abstract String why(Object value);

    /** Binds the names, for a value that has to fit; a temporary is used up. */
    public void bind(VirtualFrame frame, Object value) {
        if (!matches(frame, value)) {
            CompilerDirectives.transferToInterpreter();
            throw TflException.at(RuntimeProblem.of(ErrorKind.VALUE, "TFL-E0250", why(value), null), span, this);
        }
        Holding.discard(value);
    }
}
