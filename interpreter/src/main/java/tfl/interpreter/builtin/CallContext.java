package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.TflContext;
import tfl.interpreter.value.RecordValue;

/** What a builtin may ask of the interpreter: the session it runs in, and to call a function it was given. */
public final class CallContext {
    private final Node caller;

    /** The context of a call made by that node; null for calls from Java. */
    public CallContext(Node caller) {
        this.caller = caller;
    }

    public TflContext session() {
        return TflContext.get(caller);
    }

    /** Calls anything callable with positional arguments. */
    @TruffleBoundary
    public Object call(Object function, Object... arguments) {
        return Calls.call(this, function, arguments, RecordValue.EMPTY);
    }

    /** Calls anything callable with positional and keyword arguments. */
    @TruffleBoundary
    public Object call(Object function, Object[] positional, RecordValue keywords) {
        return Calls.call(this, function, positional, keywords);
    }

    /** The node that made the call, for errors; may be null. */
    public Node caller() {
        return caller;
    }
}
