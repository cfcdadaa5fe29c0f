package tfl.interpreter.polyglot;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.dsl.Cached;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.source.SourceSection;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.FunctionValue;

/** A function, which can be executed with positional arguments. */
@ExportLibrary(InteropLibrary.class)
final class GuestFunction extends GuestValue {
    GuestFunction(FunctionValue function) {
        super(function);
    }

    GuestFunction(BoundFunction function) {
        super(function);
    }

    @ExportMessage
    boolean isExecutable() {
        return true;
    }

    @ExportMessage
    Object execute(Object[] arguments, @Cached GuestCall call) throws UnsupportedMessageException {
        return call.execute(value(), arguments);
    }

    /** What a bound function binds. */
    private Object function() {
        return value() instanceof BoundFunction bound ? bound.function() : value();
    }

    @ExportMessage
    boolean hasExecutableName() {
        return function() instanceof FunctionValue;
    }

    @ExportMessage
    @TruffleBoundary
    Object getExecutableName() throws UnsupportedMessageException {
        if (function() instanceof FunctionValue function) {
            return function.name();
        }
        throw UnsupportedMessageException.create();
    }

    @ExportMessage
    @TruffleBoundary
    boolean hasSourceLocation() {
        return section() != null;
    }

    @ExportMessage
    @TruffleBoundary
    SourceSection getSourceLocation() throws UnsupportedMessageException {
        var section = section();
        if (section == null) {
            throw UnsupportedMessageException.create();
        }
        return section;
    }

    private SourceSection section() {
        return function() instanceof ClosureValue closure ? closure.target().getRootNode().getSourceSection() : null;
    }
}
