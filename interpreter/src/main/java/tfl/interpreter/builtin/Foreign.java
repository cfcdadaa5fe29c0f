package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.value.None;

/** Values of Java, brought in by {@code import java}. */
public final class Foreign {
    /** The code of the error about a value that cannot be called. */
    public static final String NOT_CALLABLE = "TFL-E0210";

    private Foreign() {}

    /** Calls a Java function, or makes an instance of a Java class. */
    @TruffleBoundary
    public static Object call(CallContext context, Object callee, Object[] arguments) {
        var interop = InteropLibrary.getUncached();
        try {
            if (interop.isExecutable(callee)) {
                return toGuest(interop.execute(callee, toHost(context, arguments)));
            } else if (interop.isInstantiable(callee)) {
                return toGuest(interop.instantiate(callee, toHost(context, arguments)));
            }
        } catch (InteropException problem) {
            throw failed(problem);
        }
        throw TflException.of(ErrorKind.TYPE, NOT_CALLABLE, "this value cannot be called",
                "functions, structs with a method call, and struct types can");
    }

    /** A member of a Java object or class, or null. */
    @TruffleBoundary
    public static Object member(Object receiver, String name) {
        var interop = InteropLibrary.getUncached();
        try {
            return interop.isMemberReadable(receiver, name) ? toGuest(interop.readMember(receiver, name)) : null;
        } catch (UnsupportedMessageException | UnknownIdentifierException gone) {
            return null;
        }
    }

    /** Whether the value is Java's and has such a method. */
    @TruffleBoundary
    public static boolean isInvocable(Object receiver, String name) {
        return InteropLibrary.getUncached().isMemberInvocable(receiver, name);
    }

    /** Calls a method of a Java object or class. */
    @TruffleBoundary
    public static Object invoke(CallContext context, Object receiver, String name, Object[] arguments) {
        try {
            return toGuest(InteropLibrary.getUncached().invokeMember(receiver, name, toHost(context, arguments)));
        } catch (InteropException problem) {
            throw failed(problem);
        }
    }

    private static TflException failed(InteropException problem) {
        return TflException.of(ErrorKind.HOST, "TFL-E0296", "Java does not take these arguments: "
                + problem.getMessage(), null);
    }

    private static Object[] toHost(CallContext context, Object[] arguments) {
        var converted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            converted[i] = context.session().export(arguments[i]);
        }
        return converted;
    }

    /** A value that came from Java, as one of ours where there is one. */
    @TruffleBoundary
    public static Object toGuest(Object value) {
        var interop = InteropLibrary.getUncached();
        try {
            if (interop.isNull(value)) {
                return None.NONE;
            } else if (interop.isBoolean(value)) {
                return interop.asBoolean(value);
            } else if (interop.isString(value)) {
                return interop.asString(value);
            } else if (interop.isNumber(value)) {
                return interop.fitsInLong(value) && !(value instanceof Double || value instanceof Float)
                        ? (Object) interop.asLong(value) : (Object) interop.asDouble(value);
            }
        } catch (UnsupportedMessageException gone) {
            throw new IllegalStateException(gone);
        }
        return value;
    }
}
