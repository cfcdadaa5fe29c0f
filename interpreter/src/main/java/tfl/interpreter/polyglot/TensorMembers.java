package tfl.interpreter.polyglot;

import com.oracle.truffle.api.interop.UnknownIdentifierException;
import java.util.ArrayList;
import java.util.Set;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.translate.Modules;
import tfl.interpreter.value.BoundFunction;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** What stands behind a tensor's dot outside of TFL: properties, and functions of the prelude that take it first. */
final class TensorMembers {
    /** What the first parameter of a function is called that takes a tensor there. */
    private static final Set<String> FIRST = Set.of("x", "x1", "a");

    private TensorMembers() {}

    static TupleValue names(TensorValue tensor, boolean withViews) {
        var names = new ArrayList<Object>(Parts.members(tensor));
        if (withViews) {
            names.addAll(HostViews.NAMES);
        }
        return new TupleValue(names.toArray());
    }

    static boolean isProperty(String name) {
        return Properties.NAMES.contains(name);
    }

    /** The function that {@code x.name()} calls; null for none. Others, such as map, have another order. */
    static FunctionValue function(String name) {
        return Modules.of(TflContext.get(null)).globals().find(name) instanceof FunctionValue function
                && function.signature().size() > 0
                && FIRST.contains(function.signature().parameter(0).name()) ? function : null;
    }

    static Object read(TensorValue tensor, String name) throws UnknownIdentifierException {
        Object property = Properties.get(tensor, name);
        if (property != null) {
            return property;
        }
        var function = function(name);
        if (function == null) {
            throw UnknownIdentifierException.create(name);
        }
        return new BoundFunction(function, tensor);
    }
}
