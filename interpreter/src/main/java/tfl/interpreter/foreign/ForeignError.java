package tfl.interpreter.foreign;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;

/** An exception of Java or of another language that comes through a program. */
public final class ForeignError {
    private static final InteropLibrary INTEROP = InteropLibrary.getUncached();

    private ForeignError() {}

    /** Its own message; the name of its class where it has none. */
    @TruffleBoundary
    public static String message(AbstractTruffleException error) {
        try {
            if (INTEROP.hasExceptionMessage(error)) {
                return INTEROP.asString(INTEROP.getExceptionMessage(error));
            }
        } catch (UnsupportedMessageException gone) {
            return String.valueOf(error.getMessage());
        }
        return error.getMessage() == null ? ForeignObject.kind(error) : error.getMessage();
    }
}
