package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.TflContext;
import tfl.interpreter.value.RecordValue;

/** What a builtin may ask of the interpreter: the session it runs in, and to call a function it was given. */
public final class CallContext {
    private final Node caller;
    private final Rebound rebound;

    /** The context of a call made by that node; null for calls from Java. */
    public CallContext(Node caller) {
        this(caller, null);
    }

    /** The same, where the statement around the call binds variables again that are arguments; null for none. */
    public CallContext(Node caller, Rebound rebound) {
        this.caller = caller;
        this.rebound = rebound;
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

    /** Whether the storage of arguments may serve results, for the function that was called itself; null if not. */
    public Rebound rebound() {
        return rebound;
    }

    /** The node that made the call, for errors; may be null. */
    public Node caller() {
        return caller;
    }
}
