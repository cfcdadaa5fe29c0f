package tfl.interpreter.node.call;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import java.util.ArrayList;
import java.util.Arrays;
import tfl.interpreter.builtin.ArgumentErrors;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.Signature;
import tfl.interpreter.value.TupleValue;

/** Which argument goes to which parameter, worked out once for a call site and a signature. */
final class BindingPlan {
    private static final int DEFAULT = -1;
    private static final int REST = -2;
    private static final int OPTIONS = -3;
    @CompilationFinal(dimensions = 1) private final int[] sources;
    @CompilationFinal(dimensions = 1) private final Object[] defaults;
    @CompilationFinal(dimensions = 1) private final int[] restSources;
    @CompilationFinal(dimensions = 1) private final int[] optionSources;
    private final RecordLayout optionLayout;

    private BindingPlan(int[] sources, Object[] defaults, int[] rest, int[] options, RecordLayout optionLayout) {
        this.sources = sources;
        this.defaults = defaults;
        this.restSources = rest;
        this.optionSources = options;
        this.optionLayout = optionLayout;
    }

    /**
     * The plan for calls of this function in this shape.
     *
     * @throws tfl.interpreter.TflException without a place, if they do not fit
     */
    static BindingPlan of(FunctionValue function, ArgumentShape shape) {
        var signature = function.signature();
        var sources = new int[signature.size()];
        Arrays.fill(sources, DEFAULT);
        int next = 0;
        for (int i = 0; i < sources.length; i++) {
            if (signature.parameter(i).kind() == Signature.Kind.PLAIN && next < shape.positional()) {
                sources[i] = next++;
            }
        }
        if (next < shape.positional() && signature.rest() < 0) {
            throw ArgumentErrors.tooMany(function, shape.positional());
        }
        var rest = new int[shape.positional() - next];
        Arrays.setAll(rest, i -> i + shape.positional() - rest.length);
        var optionNames = new ArrayList<String>();
        var options = keywords(function, shape, sources, optionNames);
        var defaults = new Object[sources.length];
        for (int i = 0; i < sources.length; i++) {
            if (i == signature.rest() || i == signature.options()) {
                sources[i] = i == signature.rest() ? REST : OPTIONS;
            } else if (sources[i] == DEFAULT) {
                if (signature.parameter(i).required()) {
                    throw ArgumentErrors.missing(function, signature.parameter(i));
                }
                defaults[i] = signature.parameter(i).defaultValue();
            }
        }
        return new BindingPlan(sources, defaults, rest, options, RecordLayout.of(optionNames));
    }

    private static int[] keywords(FunctionValue function, ArgumentShape shape, int[] sources,
            ArrayList<String> names) {
        var signature = function.signature();
        var options = new int[shape.keywords().size()];
        for (int k = 0; k < shape.keywords().size(); k++) {
            String keyword = shape.keywords().get(k);
            int index = signature.indexOf(keyword);
            if (index >= 0) {
                if (sources[index] != DEFAULT) {
                    throw ArgumentErrors.twice(function, keyword);
                }
                sources[index] = shape.positional() + k;
            } else if (signature.options() < 0) {
                throw ArgumentErrors.unknown(function, keyword);
            } else {
                options[names.size()] = shape.positional() + k;
                names.add(keyword);
            }
        }
        return Arrays.copyOf(options, names.size());
    }

    /** The arguments of the callee's call target. */
    @ExplodeLoop
    Object[] bind(FunctionValue callee, Object[] arguments) {
        var bound = new Object[sources.length + 1];
        bound[0] = callee;
        for (int i = 0; i < sources.length; i++) {
            bound[i + 1] = switch (sources[i]) {
                case DEFAULT -> defaults[i];
                case REST -> restSources.length == 0 ? TupleValue.EMPTY : new TupleValue(pick(restSources,
                        arguments));
                case OPTIONS -> new RecordValue(optionLayout, pick(optionSources, arguments));
                default -> arguments[sources[i]];
            };
        }
        return bound;
    }

    @ExplodeLoop
    private static Object[] pick(int[] from, Object[] arguments) {
        var picked = new Object[from.length];
        for (int i = 0; i < from.length; i++) {
            picked[i] = arguments[from[i]];
        }
        return picked;
    }
}
