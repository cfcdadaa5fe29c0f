package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Gradient;
import tfl.transform.Lifted;
import tfl.transform.Tape;

/** One call of {@code value_and_grad(f)}: runs f with its leaves watched, then goes back. */
final class GradientCall {
    private final CallContext context;
    private final Object function;
    private final Argnum argnum;
    private final boolean hasAux;

    GradientCall(CallContext context, Object function, Argnum argnum, boolean hasAux) {
        this.context = context;
        this.function = function;
        this.argnum = argnum;
        this.hasAux = hasAux;
    }

    /** Value (with the auxiliary one, if asked for) and gradient. */
    Object[] run(Object[] arguments, RecordValue keywords) {
        Object chosen = argnum.chosen(arguments);
        var leaves = Leaves.of(chosen);
        if (leaves.isEmpty()) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0271", "there is no float to differentiate in this "
                    + Kinds.of(chosen), "ints have no gradient: write 3.0 for 3, or astype(x, f32)");
        }
        try (var tape = new Tape(Execution.ops())) {
            var lifted = Leaves.with(chosen,
                    leaves.stream().map(leaf -> tape.lift(Leaves.tensor(leaf), Leaves.isNumber(leaf))).iterator());
            Object result = context.call(function, argnum.with(arguments, lifted), keywords);
            tape.stop();
            var parts = split(result);
            TensorValue value = number(parts[0]);
            var cotangents = tape.watches(value)
                    ? tape.pull(List.of(value), List.of(Gradient.seed(Execution.ops(), value.type())))
                    : nothing(leaves.size(), value);
            Object gradient = Leaves.gradient(chosen, cotangents.iterator());
            Object outside = outside(tape::unlift, result);
            return new Object[] {outside, gradient};
        }
    }

    private static List<TensorValue> nothing(int count, TensorValue value) {
        Gradient.seed(Execution.ops(), value.type()).discard();
        return new ArrayList<>(Collections.nCopies(count, null));
    }

    private Object[] split(Object result) {
        if (!hasAux) {
            return new Object[] {result};
        }
        if (result instanceof TupleValue pair && pair.size() == 2) {
            return pair.toArray();
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0272",
                "with has_aux=true the function must return (loss, aux), not "
                + Kinds.of(result), null);
    }

    private static TensorValue number(Object result) {
        boolean isWhole = Lifted.isWeak(result) && !Leaves.isLeaf(result);
        if (result instanceof TensorValue tensor && !isWhole) {
            return tensor;
        } else if (result instanceof Double number) {
            return Leaves.tensor(number);
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0273", "the gradient of a function that returns "
                + Kinds.of(result) + ": the result must be one number",
                        "return the loss; has_aux=true for (loss, more)");
    }

    /** A result as it is outside of the level, and outliving it; what stood for a float is one again. */
    static Object outside(UnaryOperator<TensorValue> unlift, Object result) {
        Object value = unlifted(unlift, result);
        // The tape lets go of its values when it closes; what goes on is left to the collector.
        Holding.pin(value);
        return value;
    }

    /** A result as it is outside of the level; what stood for a float is one again. */
    static Object unlifted(UnaryOperator<TensorValue> unlift, Object result) {
        return Structure.mapDeep(result, Lifted.class::isInstance, atom -> !(atom instanceof TensorValue tensor) ? atom
                : Lifted.isWeak(tensor) ? Leaves.scalar(unlift.apply(tensor)) : unlift.apply(tensor));
    }
}
