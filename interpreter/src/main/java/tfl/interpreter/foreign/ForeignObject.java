package tfl.interpreter.foreign;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnsupportedMessageException;

/** What any object of Java or of another language says of itself. */
public final class ForeignObject {
    private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

    private ForeignObject() {}

    /** Its text, as its own language writes it. */
    @TruffleBoundary
    public static String text(Object value) {
        try {
            return INTEROP.asString(INTEROP.toDisplayString(value, true));
        } catch (UnsupportedMessageException gone) {
            return String.valueOf(value);
        }
    }

    /** The name of its class, such as {@code ArrayList}; {@code object} for what has none. */
    @TruffleBoundary
    public static String kind(Object value) {
        try {
            // A class without a name has an empty one.
            String name = value instanceof TruffleObject && INTEROP.hasMetaObject(value)
                    ? INTEROP.asString(INTEROP.getMetaSimpleName(INTEROP.getMetaObject(value))) : "";
            return name.isEmpty() ? "object" : name;
        } catch (UnsupportedMessageException gone) {
            return "object";
        }
    }

    /** Whether two objects are the same one, or are equal as their class says. */
    @TruffleBoundary
    public static boolean same(Object a, Object b) {
        if (!(a instanceof TruffleObject) || !(b instanceof TruffleObject)) {
            return false;
        }
        if (INTEROP.isIdentical(a, b, INTEROP)) {
            return true;
        }
        try {
            return Incoming.host(a) != null && INTEROP.isMemberInvocable(a, "equals")
                    && INTEROP.asBoolean(INTEROP.invokeMember(a, "equals", b));
        } catch (InteropException other) {
            return false;
        }
    }

    /** Which comes first, as the class says; null if it says nothing. */
    @TruffleBoundary
    public static Integer order(Object a, Object b) {
        try {
            return a instanceof TruffleObject && b instanceof TruffleObject && Incoming.host(a) != null
                    && INTEROP.isMemberInvocable(a, "compareTo")
                    ? INTEROP.asInt(INTEROP.invokeMember(a, "compareTo", b)) : null;
        } catch (InteropException other) {
            return null;
        }
    }
}
