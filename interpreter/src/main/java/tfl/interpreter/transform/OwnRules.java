package tfl.interpreter.transform;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.module.RegionDraws;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.trace.Place;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;
import tfl.transform.Gradient;

/** {@code custom_grad}: functions whose backward pass is not the recorded one. */
final class OwnRules {
    private OwnRules() {}

    /** A call of {@code custom_grad(f, backward)}. */
    static Object custom(CallContext context, Object function, Object backward, TupleValue arguments) {
        var draws = new RegionDraws(context);
        var shape = new AtomicReference<Object>();
        var rule = new Gradient.CustomRule() {
            @Override
            public List<TensorValue> pull(List<TensorValue> cotangents, List<TensorValue> primals) {
                return OwnRules.pull(context, backward, arguments, shape.get(), cotangents, primals);
            }

            @Override
            public List<TensorValue> written(List<TensorValue> cotangents, List<TensorValue> primals) {
                return draws.later(() -> pull(cotangents, primals));
            }
        };
        var results = Gradient.custom(Execution.ops(), tensors(arguments), leaves -> draws.run(() -> {
            shape.set(call(context, function, arguments, leaves, RecordValue.EMPTY));
            return Leaves.results(shape.get());
        }), rule, Place::current);
        var own = results.iterator();
        Object result = Leaves.withResults(shape.get(), own);
        own.forEachRemaining(draws::goOn);
        return result;
    }

    static List<TensorValue> tensors(Object value) {
        return Leaves.of(value).stream().map(Leaves::tensor).toList();
    }

    /** Calls a function with other leaves in its arguments. */
    static Object call(CallContext context, Object function, TupleValue arguments, List<TensorValue> leaves,
            RecordValue keywords) {
        var own = (TupleValue) Leaves.withTensors(arguments, leaves.iterator());
        Holding.pin(own);
        Object result = context.call(function, own.toArray(), keywords);
        Holding.pin(result);
        return result;
    }

    private static List<TensorValue> pull(CallContext context, Object backward, TupleValue arguments, Object result,
            List<TensorValue> cotangents, List<TensorValue> primals) {
        Object cotangent = Leaves.withResults(result, cotangents.iterator());
        Iterator<TensorValue> leaves = primals.iterator();
        var own = (TupleValue) Leaves.withTensors(arguments, leaves);
        var all = Stream.concat(Stream.of(cotangent), Stream.of(own.toArray())).toArray();
        Holding.pin(cotangent);
        Holding.pin(own);
        Object given = context.call(backward, all);
        Holding.pin(given);
        var parts = arguments.size() == 1 ? TupleValue.of(given) : given;
        if (!(parts instanceof TupleValue tuple) || tuple.size() != arguments.size()) {
            throw TflException.of(ErrorKind.TYPE, "TFL-E0275", "backward gives " + Kinds.of(given)
                    + ", and must give a tuple of "
                    + arguments.size() + " gradients, one for each argument", null);
        }
        var gradients = new ArrayList<TensorValue>();
        collect(arguments, tuple, gradients);
        return gradients;
    }

    private static void collect(Object argument, Object gradient, List<TensorValue> gradients) {
        if (Leaves.isLeaf(argument)) {
            boolean leaf = gradient instanceof Double || gradient instanceof TensorValue;
            gradients.add(gradient == None.NONE ? null : leaf ? Leaves.tensor(gradient)
                    : number(argument, gradient));
            return;
        }
        var parts = GradientParts.of(argument);
        var others = GradientParts.of(gradient);
        for (int i = 0; i < parts.size(); i++) {
            collect(parts.get(i), i < others.size() ? others.get(i) : None.NONE, gradients);
        }
    }

    private static TensorValue number(Object argument, Object gradient) {
        if (gradient instanceof Long whole) {
            return Leaves.tensor((double) whole);
        }
        throw TflException.of(ErrorKind.TYPE, "TFL-E0275", "backward gives " + Kinds.of(gradient)
                + " as the gradient of " + (Leaves.isNumber(argument) ? "a float, which is a float"
                : "a " + Leaves.tensor(argument).type() + ", which is a tensor of that type"), null);
    }
}
