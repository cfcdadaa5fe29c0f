package tfl.interpreter;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.interop.ArityException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.InvalidArrayIndexException;
import com.oracle.truffle.api.interop.TruffleObject;
import com.oracle.truffle.api.interop.UnknownIdentifierException;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import java.util.List;

/** What tools may ask of an error: its facts, and {@code report(width, colour, calls)}. */
final class ErrorMember {
    static final List<String> NAMES = List.of("report", "message", "kind", "code", "help", "file", "line");

    private ErrorMember() {}

    static Object of(TflException error, String name) throws UnknownIdentifierException {
        return switch (name) {
            case "report" -> new Report(error);
            case "message" -> error.problem().message();
            case "kind" -> error.kind().label();
            case "code" -> error.problem().code();
            case "help" -> error.problem().help().orElse("");
            case "file" -> error.span().source().name();
            case "line" -> error.span().line();
            default -> throw UnknownIdentifierException.create(name);
        };
    }

    /** {@code report(width, colour, calls)}: the text that users read. */
    @ExportLibrary(InteropLibrary.class)
    static final class Report implements TruffleObject {
        private final TflException error;

        Report(TflException error) {
            this.error = error;
        }

        @ExportMessage
        boolean isExecutable() {
            return true;
        }

        @ExportMessage
        @TruffleBoundary
        Object execute(Object[] arguments) throws ArityException, UnsupportedMessageException {
            if (arguments.length != 3) {
                throw ArityException.create(3, 3, arguments.length);
            }
            var interop = InteropLibrary.getUncached();
            return TflContext.get(null).frontend().report(error, interop.asInt(arguments[0]),
                    interop.asBoolean(arguments[1]),
                    interop.asBoolean(arguments[2]));
        }
    }

    /** The names of the members. */
    @ExportLibrary(InteropLibrary.class)
    static final class Names implements TruffleObject {
        @ExportMessage
        boolean hasArrayElements() {
            return true;
        }

        @ExportMessage
        long getArraySize() {
            return NAMES.size();
        }

        @ExportMessage
        boolean isArrayElementReadable(long index) {
            return index >= 0 && index < NAMES.size();
        }

        @ExportMessage
        Object readArrayElement(long index) throws InvalidArrayIndexException {
            if (!isArrayElementReadable(index)) {
                throw InvalidArrayIndexException.create(index);
            }
            return NAMES.get((int) index);
        }
    }
}
