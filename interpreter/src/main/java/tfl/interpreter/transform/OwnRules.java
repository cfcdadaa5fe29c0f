package tfl.interpreter.transform;

import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import com.oracle.truffle.api.nodes.Node;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.Place;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.Calls;
import tfl.interpreter.builtin.CompleteArguments;
import tfl.interpreter.builtin.module.RegionDraws;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.trace.Effects;
import tfl.interpreter.trace.Raised;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Gradient;

/** {@code custom_grad}: functions whose backward pass is not the recorded one. */
final class OwnRules {
    private OwnRules() {}

    /** A call of {@code custom_grad(f, backward)}. */
    static Object custom(CallContext context, Object function, Object backward, TupleValue positional,
            RecordValue keywords) {
        var complete = CompleteArguments.of(function, positional, keywords);
        var arguments = complete.all();
        var draws = new RegionDraws(context);
        var shape = new AtomicReference<Object>();
        var call = EncapsulatingNodeReference.getCurrent().get();
        var rule = new Gradient.CustomRule() {
            @Override
            public List<TensorValue> pull(List<TensorValue> cotangents, List<TensorValue> primals) {
                Object given = given(context, backward, arguments, shape.get(), cotangents, primals);
                try {
                    return gradients(arguments, given);
                } catch (TflException wrong) {
                    throw at(call, wrong);
                }
            }

            @Override
            public List<TensorValue> written(List<TensorValue> cotangents, List<TensorValue> primals) {
                return draws.later(() -> pull(cotangents, primals));
            }
        };
        var forwards = new Gradient.Repeatable() {
            @Override
            public List<TensorValue> run(List<TensorValue> leaves) {
                return draws.run(() -> results(leaves));
            }

            @Override
            public List<TensorValue> instead(List<TensorValue> leaves) {
                return Effects.silently(() -> draws.instead(() -> results(leaves)));
            }

            @Override
            public String nameOf(TensorValue captured) {
                return CapturedNames.of(function, captured);
            }

            private List<TensorValue> results(List<TensorValue> leaves) {
                try {
                    shape.set(called(arguments, leaves, own -> complete.call(context, function, own)));
                } catch (Raised raised) {
                    return List.of();
                }
                return Leaves.results(shape.get());
            }
        };
        var results = Gradient.custom(Execution.ops(), tensors(arguments), forwards, rule, Place::current);
        if (shape.get() == null) {
            throw Raised.RAISED;
        }
        var own = results.iterator();
        Object result = Leaves.withResults(shape.get(), own);
        own.forEachRemaining(draws::goOn);
        return result;
    }

    static List<TensorValue> tensors(Object value) {
        return Leaves.of(value).stream().map(Leaves::tensor).toList();
    }

    /** Calls a function with other leaves in its arguments. */
    static Object called(TupleValue arguments, List<TensorValue> leaves, Function<TupleValue, Object> function) {
        var own = (TupleValue) Leaves.withTensors(arguments, leaves.iterator());
        Holding.pin(own);
        Object result = function.apply(own);
        Holding.pin(result);
        return result;
    }

    /** What backward gives. */
    private static Object given(CallContext context, Object backward, TupleValue arguments, Object result,
            List<TensorValue> cotangents, List<TensorValue> primals) {
        Object cotangent = Leaves.withResults(result, cotangents.iterator());
        Holding.pin(cotangent);
        return called(arguments, primals, own -> context.call(backward, Calls.prepend(cotangent, own.toArray())));
    }

    private static List<TensorValue> gradients(TupleValue arguments, Object given) {
        var parts = arguments.size() == 1 ? TupleValue.of(given) : given;
        if (!(parts instanceof TupleValue tuple) || tuple.size() != arguments.size()) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0275", "backward gives " + Kinds.of(given)
                    + ", and must give a tuple of "
                    + arguments.size() + " gradients, one for each argument", null);
        }
        return Counterparts.of(arguments, tuple, Counterparts.Kind.GRADIENT);
    }

    /** The error at the call of the function whose rule is wrong, wherever the gradient is taken. */
    private static TflException at(Node call, TflException wrong) {
        for (var node = call; node != null; node = node.getParent()) {
            if (node instanceof ExpressionNode expression && expression.span().isKnown()) {
                return wrong.at(expression.span(), call);
            }
        }
        return wrong;
    }
}
