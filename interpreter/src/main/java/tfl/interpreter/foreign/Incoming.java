package tfl.interpreter.foreign;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.strings.TruffleString;
import tfl.interpreter.TflContext;
import tfl.interpreter.value.None;
import tfl.tensor.Tensor;

/**
 * What becomes of a value that comes from Java or another language. Nothing, numbers, bools, strings and Java's
 * arrays of numbers are values of TFL from here on; whatever else has an identity or can change stays what it was.
 */
public final class Incoming {
    private Incoming() {}

    /** A value that the program asked for: the result of a method, a field, an element. */
    public static Object value(Object outside) {
        return switch (outside) {
            case Long number -> number;
            case Double number -> number;
            case Integer number -> (long) number;
            case Boolean truth -> truth;
            case String text -> text;
            case Exported own -> own.value();
            default -> general(outside);
        };
    }

    /**
     * A value that another language hands over to be computed with: an argument, the result of a function of its own, a
     * variable. Buffers, memory segments and typed arrays become tensors too.
     */
    public static Object argument(Object outside) {
        Object value = value(outside);
        return value instanceof TruffleObject ? numbers(value) : value;
    }

    @TruffleBoundary
    private static Object numbers(Object value) {
        Object host = host(value);
        var memory = HostMemory.of(host);
        if (memory != null) {
            return memory.copied();
        }
        Tensor typed = host == null ? TypedArrays.tensor(value) : null;
        return typed == null ? value : typed;
    }

    @TruffleBoundary
    private static Object general(Object outside) {
        var interop = InteropLibrary.getUncached(outside);
        try {
            if (interop.isNull(outside)) {
                return None.NONE;
            } else if (interop.isBoolean(outside)) {
                return interop.asBoolean(outside);
            } else if (outside instanceof TruffleString text) {
                return text.toJavaStringUncached();
            } else if (interop.isString(outside)) {
                return interop.asString(outside);
            } else if (interop.isNumber(outside)) {
                return number(interop, outside);
            }
        } catch (UnsupportedMessageException gone) {
            throw new IllegalStateException(gone);
        }
        Object host = host(outside);
        Tensor array = host == null ? null : HostArrays.tensor(host);
        return array == null ? outside : array;
    }

    /** A number of more digits than ours have stays what it was. */
    private static Object number(InteropLibrary interop, Object outside) throws UnsupportedMessageException {
        boolean isFloat = outside instanceof Float;
        if (!isFloat && interop.fitsInLong(outside)) {
            return interop.asLong(outside);
        }
        return interop.fitsInDouble(outside) ? (Object) interop.asDouble(outside) : outside;
    }

    /** The Java object behind a foreign value, or null. */
    @TruffleBoundary
    public static Object host(Object value) {
        if (!(value instanceof TruffleObject)) {
            return null;
        }
        var env = TflContext.get(null).env();
        return env.isHostObject(value) ? env.asHostObject(value) : null;
    }

    /** The buffer or memory segment of Java behind a value, or null. */
    @TruffleBoundary
    public static HostMemory memory(Object value) {
        return HostMemory.of(host(value));
    }
}
