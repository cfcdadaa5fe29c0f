package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;

/** Calls whose callee is not known beforehand. */
public final class Calls {
    private Calls() {}

    /** Calls anything callable. */
    @TruffleBoundary
    public static Object call(CallContext context, Object callee, Object[] positional, RecordValue keywords) {
        return switch (callee) {
            case FunctionValue function -> function.target().call(Binding.bind(function, positional, keywords));
            case BoundFunction bound -> call(context, bound.function(), prepend(bound.first(), positional),
                    keywords);
            case StructType type -> call(context, type.constructor(), positional, keywords);
            case StructValue struct when struct.type().method("call") != null ->
                call(context, struct.type().method("call"), prepend(struct, positional), keywords);
            case ModuleValue module when module.find("call") != null ->
                call(context, module.find("call"), positional, keywords);
            default -> Foreign.call(context, callee, positional);
        };
    }

    /** Whether it can be called. */
    @TruffleBoundary
    public static boolean isCallable(Object value) {
        return switch (value) {
            case FunctionValue function -> true;
            case BoundFunction bound -> true;
            case StructType type -> true;
            case StructValue struct -> struct.type().method("call") != null;
            case ModuleValue module -> module.find("call") != null;
            case null, default -> Foreign.isCallable(value);
        };
    }

    /** The arguments with one more in front. */
    public static Object[] prepend(Object first, Object[] rest) {
        var all = new Object[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
