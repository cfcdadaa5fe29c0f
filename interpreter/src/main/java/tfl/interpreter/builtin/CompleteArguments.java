package tfl.interpreter.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.ClosureValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;

/**
 * The arguments of a call as the function gets them, in the order of its parameters: those given by keyword in their
 * places, and defaults for those that are not given. A function that is not written in TFL fills in its own defaults.
 *
 * @param keywords what can be given by keyword only
 */
public record CompleteArguments(TupleValue positional, RecordValue keywords) {
    /**
     * Of a call of anything callable.
     *
     * @throws tfl.interpreter.TflException without a place, if they do not fit
     */
    public static CompleteArguments of(Object callee, TupleValue positional, RecordValue keywords) {
        return of(callee, new Object[0], positional.toArray(), keywords);
    }

    /** @param bound arguments in front that the callee has already */
    private static CompleteArguments of(Object callee, Object[] bound, Object[] positional, RecordValue keywords) {
        return switch (callee) {
            case ClosureValue closure -> of(closure, bound, positional, keywords);
            case BoundFunction method -> of(method.function(), Calls.prepend(method.first(), bound), positional,
                    keywords);
            case StructType type -> of(type.constructor(), bound, positional, keywords);
            case StructValue struct when struct.type().method("call") != null ->
                of(struct.type().method("call"), Calls.prepend(struct, bound), positional, keywords);
            default -> new CompleteArguments(new TupleValue(positional), keywords);
        };
    }

    private static CompleteArguments of(ClosureValue closure, Object[] first, Object[] rest, RecordValue keywords) {
        var values = (TupleValue) closure.code().arguments().call(Binding.bind(closure, joined(first, rest), keywords));
        var positional = new ArrayList<Object>();
        Map<String, Object> named = new LinkedHashMap<>();
        for (int k = 0; k < values.size(); k++) {
            var parameter = closure.signature().parameter(k);
            switch (parameter.kind()) {
                case PLAIN -> positional.add(values.get(k));
                case REST -> positional.addAll(List.of(((TupleValue) values.get(k)).toArray()));
                case KEYWORD_ONLY -> named.put(parameter.name(), values.get(k));
                case OPTIONS -> {
                    var options = (RecordValue) values.get(k);
                    options.layout().names().forEach(name -> named.put(name, options.find(name)));
                }
            }
        }
        return new CompleteArguments(TupleValue.of(positional.subList(first.length, positional.size()).toArray()),
                RecordValue.of(named));
    }

    /** All of them in order. */
    public TupleValue all() {
        return new TupleValue(joined(positional.toArray(), keywords.toArray()));
    }

    private static Object[] joined(Object[] first, Object[] rest) {
        var all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    /** The same call with others in the place of {@link #all}. */
    public Object call(CallContext context, Object function, TupleValue all) {
        var values = all.toArray();
        return context.call(function, Arrays.copyOf(values, positional.size()),
                keywords.withAll(Arrays.copyOfRange(values, positional.size(), values.length)));
    }
}
