package tfl.interpreter.builtin;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.TupleValue;

/** Arguments to parameters, for one call. */
public final class Binding {
    private final FunctionValue function;
    private final Signature signature;
    private final Object[] arguments;

    private Binding(FunctionValue function) {
        this.function = function;
        this.signature = function.signature();
        this.arguments = new Object[signature.size() + 1];
        arguments[0] = function;
    }

    /** The arguments array of the function's call target. */
    @TruffleBoundary
    public static Object[] bind(FunctionValue function, Object[] positional, RecordValue keywords) {
        var binding = new Binding(function);
        binding.positional(positional);
        binding.keywords(keywords);
        binding.absent();
        return binding.arguments;
    }

    private void positional(Object[] values) {
        int plain = Math.min(values.length, signature.positional());
        int next = 0;
        for (int i = 0; next < plain; i++) {
            if (signature.parameter(i).kind() == Signature.Kind.PLAIN) {
                arguments[i + 1] = values[next++];
            }
        }
        if (signature.rest() >= 0) {
            arguments[signature.rest() + 1] = TupleValue.of(Arrays.copyOfRange(values, plain, values.length));
        } else if (values.length > plain) {
            throw ArgumentErrors.tooMany(function, values.length);
        }
    }

    private void keywords(RecordValue keywords) {
        Map<String, Object> others = new LinkedHashMap<>();
        for (int i = 0; i < keywords.size(); i++) {
            String name = keywords.layout().name(i);
            int index = signature.indexOf(name);
            if (index < 0) {
                others.put(name, keywords.get(i));
            } else if (arguments[index + 1] != null) {
                throw ArgumentErrors.twice(function, name);
            } else {
                arguments[index + 1] = keywords.get(i);
            }
        }
        if (signature.options() >= 0) {
            arguments[signature.options() + 1] = RecordValue.of(others);
        } else if (!others.isEmpty()) {
            throw ArgumentErrors.unknown(function, others.keySet().iterator().next());
        }
    }

    private void absent() {
        for (int i = 0; i < signature.size(); i++) {
            var parameter = signature.parameter(i);
            if (arguments[i + 1] == null) {
                if (parameter.required()) {
                    throw ArgumentErrors.missing(function, parameter);
                }
                arguments[i + 1] = parameter.defaultValue();
            }
        }
    }
}
