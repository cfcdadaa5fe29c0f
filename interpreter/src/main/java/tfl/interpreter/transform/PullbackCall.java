package tfl.interpreter.transform;

import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.value.Holding;
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
                leaves.stream().map(leaf -> tape.lift(Leaves.tensor(leaf), Leaves.isNumber(leaf))).iterator());
        Object result = context.call(function, lifted.toArray());
        tape.stop();
        var outputs = Leaves.of(result).stream().map(Leaves::tensor).toList();
        var types = outputs.stream().map(TensorValue::type).toList();
        var pull = Builtin.of("prelude", "pull", "cotangent",
                "Cotangents of the arguments, from one of the result.",
                (inner, a) -> {
                    var given = Counterparts.of(result, a[0], "cotangent", "result");
                    for (int i = 0; i < types.size(); i++) {
                        if (given.get(i) != null) {
                            Gradient.requireType(types.get(i), given.get(i).type());
                        }
                    }
                    return Leaves.gradient(arguments, tape.pull(outputs, given).iterator());
                });
        Holding.pin(arguments);
        return TupleValue.of(GradientCall.outside(tape::unlift, result), new BuiltinFunction(pull));
    }
}
