package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Gradient;
import tfl.transform.Tape;

/** {@code vjp(f, *args)}: the value, and the function from cotangents to those of the arguments. */
final class PullbackCall {
    private PullbackCall() {}

    static TupleValue run(CallContext context, Object function, TupleValue arguments) {
        // The pullback keeps the tape; both go when nobody has the pullback any more.
        var tape = new Tape(Execution.ops());
        var leaves = Leaves.of(arguments);
        var lifted = (TupleValue) Leaves.with(arguments,
                leaves.stream().map(Leaves::tensor).map(tape::lift).iterator());
        Object result = context.call(function, lifted.toArray());
        tape.stop();
        boolean floats = leaves.stream().anyMatch(Double.class::isInstance);
        var outputs = Leaves.of(result).stream().map(Leaves::tensor).toList();
        var types = outputs.stream().map(TensorValue::type).toList();
        var pull = Builtin.of("prelude", "pull", "cotangent",
                "Cotangents of the arguments, from one of the result.",
                (inner, a) -> {
                    var given = cotangents(result, a[0]);
                    for (int i = 0; i < types.size(); i++) {
                        if (given.get(i) != null) {
                            Gradient.requireType(types.get(i), given.get(i).type());
                        }
                    }
                    return Leaves.gradient(arguments, tape.pull(outputs, given).iterator());
                });
        Holding.pin(arguments);
        return TupleValue.of(GradientCall.outside(tape, result, floats), new BuiltinFunction(pull));
    }

    /** The cotangents in the order of the result's leaves; none means zero. */
    private static List<TensorValue> cotangents(Object result, Object cotangent) {
        var given = new ArrayList<TensorValue>();
        collect(result, cotangent, given);
        return given;
    }

    private static void collect(Object result, Object cotangent, List<TensorValue> given) {
        if (Leaves.isLeaf(result)) {
            given.add(cotangent == None.NONE ? null : leaf(result, cotangent));
            return;
        }
        var parts = GradientParts.of(result);
        var others = GradientParts.of(cotangent);
        if (cotangent != None.NONE && parts.size() != others.size()) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0274", "a cotangent has the structure of the result", null);
        }
        for (int i = 0; i < parts.size(); i++) {
            collect(parts.get(i), cotangent == None.NONE ? None.NONE : others.get(i), given);
        }
    }

    private static TensorValue leaf(Object result, Object cotangent) {
        double number = cotangent instanceof Long whole ? whole : cotangent instanceof Double real ? real
                : Double.NaN;
        if (cotangent instanceof TensorValue tensor) {
            return tensor;
        } else if (cotangent instanceof Long || cotangent instanceof Double) {
            var type = Leaves.tensor(result).type();
            if (type.shape().rank() == 0) {
                return Execution.ops().full(type, number);
            }
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0274", "the cotangent of a " + Leaves.tensor(result).type()
                + " is a tensor of that type", "ones_like(y) weighs every element the same");
    }
}
