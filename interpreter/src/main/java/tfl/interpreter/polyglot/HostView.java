package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import tfl.interpreter.TflContext;
import tfl.interpreter.node.Failures;
import tfl.language.source.Span;

/** {@code x.asFloatBuffer} and its like, to be executed. */
@ExportLibrary(InteropLibrary.class)
final class HostView implements TruffleObject {
    private final GuestTensor tensor;
    private final String name;

    HostView(GuestTensor tensor, String name) {
        this.tensor = tensor;
        this.name = name;
    }

    @ExportMessage
    boolean isExecutable() {
        return true;
    }

    @ExportMessage
    @TruffleBoundary
    Object execute(Object[] arguments) throws ArityException {
        if (arguments.length != 0) {
            throw ArityException.create(0, 0, arguments.length);
        }
        try {
            return TflContext.get(null).env().asGuestValue(HostViews.of(tensor.dense(), name));
        } catch (RuntimeException error) {
            throw Failures.located(error, Span.NONE, null);
        }
    }
}
