package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Forward;
import tfl.transform.Gradient;

/** {@code jvp(f, *values, *tangents)}: the value, and how it moves when the arguments do. */
final class PushforwardCall {
    private PushforwardCall() {}

    static TupleValue run(CallContext context, Object function, TupleValue given) {
        int count = given.size() / 2;
        if (given.size() != 2 * count || count == 0) {
            throw TflException.of(ErrorKind.ARGUMENT, "TFL-E0369", "jvp takes as many tangents as values, and got "
                    + given.size() + " in all", "write jvp(f, x, dx), or jvp(f, x, y, dx, dy)");
        }
        var arguments = given.slice(0, count);
        var directions = given.slice(count, 2 * count);
        Holding.retain(arguments);
        Holding.retain(directions);
        try {
            return run(context, function, arguments,
                    Counterparts.of(arguments, directions, Counterparts.Kind.TANGENT));
        } finally {
            Holding.release(arguments);
            Holding.release(directions);
        }
    }

    /** @param tangents one for each leaf of the arguments, null where zero */
    private static TupleValue run(CallContext context, Object function, TupleValue arguments,
            List<TensorValue> tangents) {
        var level = new Forward(Execution.ops());
        var leaves = Leaves.of(arguments);
        var lifted = new ArrayList<Object>();
        for (int k = 0; k < leaves.size(); k++) {
            var value = Leaves.tensor(leaves.get(k));
            var tangent = tangents.get(k);
            if (tangent != null) {
                Gradient.requireTangent(value.type(), tangent.type());
            }
            lifted.add(tangent == null ? leaves.get(k) : level.lift(value, tangent, Leaves.isNumber(leaves.get(k))));
        }
        var moving = (TupleValue) Leaves.with(arguments, lifted.iterator());
        Holding.retain(moving);
        try {
            Object result = context.call(function, moving.toArray());
            var moved = Leaves.of(result).stream()
                    .map(leaf -> leaf instanceof TensorValue tensor ? level.tangent(tensor) : null).toList();
            var pair = TupleValue.of(GradientCall.unlifted(level::primal, result),
                    Leaves.gradient(result, moved.iterator()));
            Holding.retain(pair);
            Holding.discard(result);
            Holding.unretain(pair);
            return pair;
        } finally {
            Holding.release(moving);
        }
    }
}
