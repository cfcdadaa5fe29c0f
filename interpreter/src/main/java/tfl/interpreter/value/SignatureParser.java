package tfl.interpreter.value;

import java.util.ArrayList;
import tfl.interpreter.value.Signature.Kind;
import tfl.interpreter.value.Signature.Parameter;

/**
 * Reads the parameter list of a builtin. Defaults are {@code none true false}, ints, floats, {@code ()} and
 * strings in
 * double quotes without commas; {@code *} alone makes the rest keyword-only, {@code *x} takes the rest, {@code
 * **x} the
 * other keywords. A default of {@code ?} means absent: the body receives null.
 */
final class SignatureParser {
    private final String text;

    SignatureParser(String text) {
        this.text = text;
    }

    Signature parse() {
        var parameters = new ArrayList<Parameter>();
        boolean keywordOnly = false;
        for (var part : text.isBlank() ? new String[0] : text.split(",")) {
            String parameter = part.strip();
            if (parameter.startsWith("**")) {
                parameters.add(new Parameter(parameter.substring(2), Kind.OPTIONS, false, null, parameter));
            } else if (parameter.startsWith("*")) {
                keywordOnly = true;
                if (parameter.length() > 1) {
                    parameters.add(new Parameter(parameter.substring(1), Kind.REST, false, null, parameter));
                }
            } else {
                parameters.add(plain(parameter, keywordOnly ? Kind.KEYWORD_ONLY : Kind.PLAIN));
            }
        }
        return new Signature(parameters);
    }

    private static Parameter plain(String parameter, Kind kind) {
        int equals = parameter.indexOf('=');
        if (equals < 0) {
            return new Parameter(parameter, kind, true, null, parameter);
        }
        String value = parameter.substring(equals + 1);
        return new Parameter(parameter.substring(0, equals), kind, false, literal(value), parameter);
    }

    private static Object literal(String value) {
        return switch (value) {
            case "?" -> null;
            case "none" -> None.NONE;
            case "true" -> true;
            case "false" -> false;
            case "()" -> TupleValue.EMPTY;
            case "inf" -> Double.POSITIVE_INFINITY;
            default -> {
                if (value.startsWith("\"")) {
                    yield value.substring(1, value.length() - 1);
                }
                yield value.matches("-?[0-9]+") ? (Object) Long.valueOf(value) : (Object) Double.valueOf(value);
            }
        };
    }
}
