package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.Place;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Derived;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.TupleValue;
import tfl.primitive.Call;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Gradient;
import tfl.transform.Tape;
import tfl.transform.Tracing;

/**
 * What {@code vjp} gives to pull cotangents back with. It goes along the tape of the call; a transformation that ends
 * has it written down instead, as a graph of cotangents and of the values that the tape held.
 */
final class Pullback implements Derived {
    private final TupleValue arguments;
    private final Object result;
    private final UnaryOperator<List<TensorValue>> pull;
    private Tracing written;

    /** @param pull from a cotangent of each leaf of the result to those of the arguments' leaves, null where zero */
    private Pullback(TupleValue arguments, Object result, UnaryOperator<List<TensorValue>> pull) {
        this.arguments = arguments;
        this.result = result;
        this.pull = pull;
    }

    static BuiltinFunction along(Tape tape, TupleValue arguments, Object result) {
        var outputs = tensors(result);
        return function(new Pullback(arguments, result, cotangents -> tape.pull(outputs, cotangents)));
    }

    private static BuiltinFunction function(Pullback body) {
        return new BuiltinFunction(Builtin.of("prelude", "pull", "cotangent",
                "Cotangents of the arguments, from one of the result.", body));
    }

    private static List<TensorValue> tensors(Object value) {
        return Leaves.of(value).stream().map(Leaves::tensor).toList();
    }

    private static List<TensorType> types(Object value) {
        return tensors(value).stream().map(TensorValue::type).toList();
    }

    @Override
    public Object call(CallContext context, Object[] given) {
        var types = types(result);
        var cotangents = Counterparts.of(result, given[0], Counterparts.Kind.COTANGENT);
        for (int k = 0; k < types.size(); k++) {
            if (cotangents.get(k) != null) {
                Gradient.requireType(types.get(k), cotangents.get(k).type());
            }
        }
        return Leaves.gradient(arguments, pull.apply(cotangents).iterator());
    }

    @Override
    public Object[] parts() {
        if (written == null) {
            written = Tracing.of(types(result), cotangents -> filled(types(arguments), pull.apply(cotangents)),
                    Place::current);
        }
        return written.captured().toArray();
    }

    @Override
    public Object remade(Object[] others) {
        var held = Arrays.stream(others).map(TensorValue.class::cast).toList();
        for (int k = 0; k < held.size(); k++) {
            if (!held.get(k).type().equals(written.captured().get(k).type())) {
                throw TflException.of(ErrorKind.TYPE, "TFL-E0361",
                        "what vjp gives to pull cotangents back with is another function for each element of vmap",
                        "pull them back within the function that is mapped, and return what comes of it");
            }
        }
        held.forEach(Holding::pin);
        var body = new Call(written.graph());
        var types = types(result);
        return function(new Pullback(arguments, result, cotangents -> {
            var inputs = filled(types, cotangents);
            inputs.addAll(held);
            return Execution.ops().apply(body, inputs);
        }));
    }

    private static List<TensorValue> filled(List<TensorType> types, List<TensorValue> values) {
        var all = new ArrayList<TensorValue>();
        for (int k = 0; k < types.size(); k++) {
            all.add(values.get(k) == null ? Execution.ops().full(types.get(k), 0) : values.get(k));
        }
        return all;
    }
}
