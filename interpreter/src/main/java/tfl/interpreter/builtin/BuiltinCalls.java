package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import tfl.interpreter.Place;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/** Runs a builtin's body; temporaries among the arguments live until it is done, and not longer. */
public final class BuiltinCalls {
    private BuiltinCalls() {}

    /** The result; arguments that nobody else holds are freed unless the result holds them. */
    @TruffleBoundary
    public static Object call(BuiltinFunction function, CallContext context, Object[] arguments) {
        var caller = Place.calling(function.name());
        try {
            return done(function, context, arguments);
        } finally {
            if (caller != null) {
                Place.back(caller);
            }
        }
    }

    private static Object done(BuiltinFunction function, CallContext context, Object[] arguments) {
        for (var argument : arguments) {
            Holding.retain(argument);
        }
        Object result = function.builtin().body().call(context, arguments.clone());
        if (mayHide(result)) {
            for (var argument : arguments) {
                Holding.pin(argument);
            }
            return result;
        }
        Holding.retain(result);
        for (var argument : arguments) {
            Holding.release(argument);
        }
        Holding.unretain(result);
        return result;
    }

    /** Whether Java code inside the result may keep an argument where nobody counts. */
    private static boolean mayHide(Object result) {
        return switch (result) {
            case TensorValue tensor -> false;
            case Long number -> false;
            case Double number -> false;
            case Boolean truth -> false;
            case String text -> false;
            case None none -> false;
            case DType dtype -> false;
            case RangeValue range -> false;
            case TupleValue tuple -> anyHides(tuple.toArray());
            case RecordValue record -> anyHides(record.toArray());
            case StructValue struct -> anyHides(struct.toArray());
            case FunctionValue function -> function instanceof BuiltinFunction;
            case StructType type -> false;
            case StreamValue stream -> false;
            case null, default -> true;
        };
    }

    private static boolean anyHides(Object[] parts) {
        for (var part : parts) {
            if (mayHide(part)) {
                return true;
            }
        }
        return false;
    }
}
