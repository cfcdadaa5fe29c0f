package tfl.interpreter.transform;

import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.TupleValue;
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
        Holding.pin(arguments);
        return TupleValue.of(GradientCall.outside(tape::unlift, result), Pullback.along(tape, arguments, result));
    }
}
