package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.Arrays;

/** One service for tools. */
@ExportLibrary(InteropLibrary.class)
final class Service implements TruffleObject {
    private final int arguments;
    private final Services.Body body;

    Service(int arguments, Services.Body body) {
        this.arguments = arguments;
        this.body = body;
    }

    @ExportMessage
    boolean isExecutable() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object execute(Object[] given) throws ArityException {
        if (given.length != arguments) {
            throw ArityException.create(arguments, arguments, given.length);
        }
        return GuestValue.of(body.call(Arrays.stream(given).map(GuestValue::unwrap).toArray()));
    }
}
