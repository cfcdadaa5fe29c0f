package tfl.interpreter.node.control;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import java.util.Map;
import java.util.Set;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.UserPlace;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.foreign.ForeignError;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;

/** Errors as values: what {@code catch e} binds. */
public final class CaughtErrors {
    private static final StructType TYPE = type();

    private CaughtErrors() {}

    /** The error as a struct of message, kind, code, file and line. */
    @TruffleBoundary
    public static StructValue value(AbstractTruffleException thrown) {
        if (thrown instanceof TflException own) {
            boolean known = own.span().isKnown();
            return new StructValue(TYPE, new Object[] {own.message(), own.kind().label(),
                    own.problem().code(),
                known ? own.span().source().name() : "", known ? (long) own.span().line() : 0L});
        }
        var place = UserPlace.of(thrown);
        return new StructValue(TYPE, new Object[] {ForeignError.message(thrown), ErrorKind.HOST.label(), "TFL-E0295",
                place == null ? "" : place.getSource().getName(), place == null ? 0L : (long) place.getStartLine()});
    }

    private static StructType type() {
        var type = new StructType("Error", RecordLayout.of("message", "kind", "code", "file", "line"), Set.of(),
                "An error that catch has caught.");
        FunctionValue constructor = new BuiltinFunction(Builtin.of("prelude", "Error",
                "message, kind=\"user\", code=\"TFL-E0200\", file=\"\", line=0", "An error as a value.",
                (context, fields) -> new StructValue(type, fields.clone())));
        FunctionValue show = new BuiltinFunction(Builtin.of("prelude", "show", "self", "The message.",
                (context, fields) -> ((FieldsValue) fields[0]).get(0)));
        type.complete(constructor, Map.of("show", show));
        return type;
    }
}
