package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.List;
import java.util.Objects;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.text.Suggestion;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Signature;

/** What can be wrong with the arguments of a call. */
public final class ArgumentErrors {
    private ArgumentErrors() {}

    /** An error without a place. */
    @TruffleBoundary
    public static TflException tooMany(FunctionValue function, int given) {
        int most = function.signature().positional();
        String takes = most == 0 ? "no positional arguments" : most == 1 ? "1 positional argument"
                : most + " positional arguments";
        return error("TFL-E0211", function.name() + " takes " + takes + ", " + given + (given == 1 ? " is" : " are")
                + " given", function);
    }

    /** An error without a place. */
    @TruffleBoundary
    public static TflException missing(FunctionValue function, Signature.Parameter parameter) {
        return error("TFL-E0212", function.name() + " needs an argument for " + parameter.text(), function);
    }

    /** An error without a place. */
    @TruffleBoundary
    public static TflException twice(FunctionValue function, String name) {
        return error("TFL-E0213", function.name() + " gets " + name + " twice: by position and by keyword",
                function);
    }

    /** An error without a place. */
    @TruffleBoundary
    public static TflException unknown(FunctionValue function, String name) {
        List<String> names = function.signature().parameters().stream().map(Signature.Parameter::name)
                .filter(Objects::nonNull).toList();
        String near = Suggestion.nearest(name, names);
        return TflException.of(ErrorKind.ARGUMENT, "TFL-E0214", function.name() + " has no parameter " + name,
                near != null ? "did you mean " + near + "?" : "its parameters are " + function.signature());
    }

    private static TflException error(String code, String message, FunctionValue function) {
        return TflException.of(ErrorKind.ARGUMENT, code, message, "it is " + function.name()
                + function.signature());
    }
}
