package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.dsl.GenerateInline;
import com.oracle.truffle.api.dsl.GenerateUncached;
import com.oracle.truffle.api.dsl.Specialization;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.Node;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.foreign.Incoming;
import tfl.interpreter.node.Failures;
import tfl.interpreter.node.call.OutsideCallNode;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.language.source.Span;

/** A call from outside: what comes in is made ours, what goes out is made theirs. */
@GenerateUncached
@GenerateInline(false)
abstract class GuestCall extends Node {
    abstract Object execute(Object callee, Object[] arguments) throws UnsupportedMessageException;

    @Specialization(guards = "arguments.length == count", limit = "3")
    static Object known(Object callee, Object[] arguments, @Cached("arguments.length") int count,
            @Cached("create(count)") OutsideCallNode call) throws UnsupportedMessageException {
        if (!isCallable(callee)) {
            throw UnsupportedMessageException.create();
        }
        return GuestValue.of(call.call(callee, incoming(callee, arguments, count)));
    }

    @ExplodeLoop
    private static Object[] incoming(Object callee, Object[] arguments, int count) {
        var own = new Object[count];
        // A builtin looks at buffers itself, of which it may be asked to make no copy.
        boolean asIs = callee instanceof BuiltinFunction;
        for (int i = 0; i < count; i++) {
            own[i] = asIs ? Incoming.value(arguments[i]) : Incoming.argument(arguments[i]);
        }
        return own;
    }

    @Specialization(replaces = "known")
    @TruffleBoundary
    static Object any(Object callee, Object[] arguments) throws UnsupportedMessageException {
        if (!isCallable(callee)) {
            throw UnsupportedMessageException.create();
        }
        var own = new Object[arguments.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = callee instanceof BuiltinFunction ? Incoming.value(arguments[i]) : Incoming.argument(arguments[i]);
        }
        try {
            return GuestValue.of(new CallContext(null).call(callee, own));
        } catch (RuntimeException error) {
            throw Failures.located(error, Span.NONE, null);
        } catch (StackOverflowError | OutOfMemoryError tooMuch) {
            throw Failures.located(tooMuch, Span.NONE, null);
        }
    }

    /** Whether the value is a function, or behaves as one. */
    static boolean isCallable(Object value) {
        return value instanceof FunctionValue || value instanceof BoundFunction || value instanceof StructType
                || isCallableStruct(value);
    }

    @TruffleBoundary
    private static boolean isCallableStruct(Object value) {
        return value instanceof StructValue struct && struct.type().method("call") != null
                || value instanceof ModuleValue module && module.find("call") != null;
    }
}
