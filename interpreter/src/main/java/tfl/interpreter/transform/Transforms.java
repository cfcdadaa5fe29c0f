package tfl.interpreter.transform;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tfl.interpreter.Catching;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.BuiltinFunction;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.PreludeProvider;
import tfl.interpreter.builtin.Wrapping;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.FunctionValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;

/** The rows of {@code grad} and its kin. */
public final class Transforms implements PreludeProvider {
    private static final List<String> NAMES = List.of("grad", "value_and_grad", "vjp", "jvp", "jacobian", "hessian",
            "vmap", "custom_grad", "checkpoint", "graph", "explain", "check_numbers", "on");
    private static final String CALL = "*args, **options";

    @Override
    public Collection<String> names() {
        return NAMES;
    }

    @Override
    public Object find(String name) {
        return switch (name) {
            case "grad" -> maker(name, "f=?, argnum=0, has_aux=false",
                    "The function that gives the gradient of f, whose result is one number; a tuple of gradients "
                    + "where argnum is a tuple.",
                    a -> gradient(a[0], Argnum.of(a[1]), Arguments.truth("has_aux", a[2]), false));
            case "value_and_grad" -> maker(name, "f=?, argnum=0, has_aux=false",
                    "The function that gives f's value and its gradient.",
                    a -> gradient(a[0], Argnum.of(a[1]), Arguments.truth("has_aux", a[2]), true));
            case "vjp" -> row(name, "f, *args",
                    "(y, pull): f's value, and the function from a cotangent of y to one of "
                    + "each argument.",
                    (context, a) -> apart(() ->
                            PullbackCall.run(context, Arguments.function("f", a[0]), (TupleValue) a[1])));
            case "jvp" -> row(name, "f, *values_and_tangents",
                    "(y, dy): f's value, and its change where the values change by the tangents.",
                    (context, a) -> apart(() ->
                            PushforwardCall.run(context, Arguments.function("f", a[0]), (TupleValue) a[1])));
            case "jacobian" -> maker(name, "f=?, argnum=0",
                    "The function that gives all partial derivatives of f, of shape result + argument.",
                    a -> jacobian(a[0], Argnum.of(a[1])));
            case "hessian" -> maker(name, "f=?, argnum=0",
                    "The function that gives the second derivatives of f, whose result is one number.",
                    a -> hessian(a[0], Argnum.of(a[1])));
            case "vmap" -> maker(name, "f=?, axes=0",
                    "The function that applies f to every element along an axis and stacks the results.",
                    a -> mapped(a[0], a[1]));
            case "custom_grad" -> maker(name, "f=?, backward=?",
                    "f with a gradient of its own: backward(dy, *args) gives that of each argument.",
                    a -> custom(a[0], Arguments.function("backward", a[1])));
            case "checkpoint" -> maker(name, "f=?", "f, run again in the backward pass instead of remembered.",
                    a -> checkpoint(a[0]));
            case "graph" -> maker(name, "f=?, device=none, wait=false, dynamic=true",
                    "f as a graph: traced once for each signature, fused and compiled. With wait=true the first call "
                    + "waits for the kernels, so that all calls give the same bits. With dynamic=false graphs of "
                    + "several sizes are fused each for itself.",
                    Transforms::graph);
            case "explain" -> row(name, "f, *args, kernels=false, **options",
                    "What the graph of f(*args, **options) became: its kernels, their cost and where they come from; "
                    + "with kernels=true their code too. Has .text, .svg and the numbers.",
                    (context, a) -> Explanations.explain(context, (GraphFunction) ((BuiltinFunction) graph(
                            Arguments.function("f", a[0]), GraphOptions.DEFAULT)).builtin().body(), nameOf(a[0]),
                            (TupleValue) a[1], (RecordValue) a[3], Arguments.truth("kernels", a[2])));
            case "check_numbers" -> maker(name, "f=?",
                    "f, run step by step: the first operation that makes nan or inf out of finite numbers is an error. "
                    + "In a graph it looks whenever the graph runs.", a -> checked(a[0]));
            case "on" -> row(name, "device, f=?",
                    "f on a device, with the tensors among its arguments and those that it makes.",
                    (context, a) -> {
                        String device = Arguments.device("on", a[0]);
                        return a[1] != null ? on(device, Arguments.function("f", a[1]))
                                : function(name, "f", (inner, b) -> on(device, Arguments.function("f", b[0])));
                    });
            default -> null;
        };
    }

    private static Object row(String name, String parameters, String doc, Builtin.Body body) {
        return Builtin.of(PRELUDE, name, parameters, doc, body);
    }

    /**
     * A row that makes a function of another, its first argument. Without that it gives what waits for it, so that
     * {@code @vmap(axes=1)} may stand before a function.
     */
    private static Object maker(String name, String parameters, String doc, Function<Object[], Object> make) {
        return row(name, parameters, doc, (context, a) -> a[0] != null ? make.apply(withFunction(a, a[0]))
                : function(name, "f", (inner, b) -> make.apply(withFunction(a, b[0]))));
    }

    private static Object[] withFunction(Object[] arguments, Object function) {
        var all = arguments.clone();
        all[0] = Arguments.function("f", function);
        return all;
    }

    private static BuiltinFunction function(String name, String parameters, Builtin.Body body) {
        return new BuiltinFunction(Builtin.of(PRELUDE, name, parameters, "", body));
    }

    /** A body that takes what the first of the functions takes which it was made of. */
    private record Made(Object[] parts, Function<Object[], Object> again, Builtin.Body body) implements Wrapping {
        @Override
        public Object wrapped() {
            return parts[0];
        }

        @Override
        public Object remade(Object[] others) {
            return again.apply(others);
        }

        @Override
        public Object call(CallContext context, Object[] arguments) {
            return apart(() -> body.call(context, arguments));
        }
    }

    /** Does a transformation, whose values end with it: a try around it does not choose in place of what is within. */
    private static Object apart(Supplier<Object> transformation) {
        int tries = Catching.away();
        try {
            return transformation.get();
        } finally {
            Catching.back(tries);
        }
    }

    /** A function made of another by a transformation, such as {@code grad(loss)}, called as that is called. */
    private static BuiltinFunction made(String transformation, Object of, UnaryOperator<Object> again, String doc,
            Builtin.Body body) {
        return madeOf(transformation, new Object[] {of}, others -> again.apply(others[0]), doc, body);
    }

    private static BuiltinFunction madeOf(String transformation, Object[] of, Function<Object[], Object> again,
            String doc, Builtin.Body body) {
        var inner = of[0] instanceof FunctionValue function ? function.name() : Kinds.of(of[0]);
        return new BuiltinFunction(Builtin.of(PRELUDE, transformation + "(" + inner + ")", CALL,
                doc.formatted(inner), new Made(of, again, body)));
    }

    private static Object gradient(Object function, Argnum argnum, boolean hasAux, boolean withValue) {
        Holding.pin(function);
        var doc = withValue ? "The value of %s and its gradient by argument " : "The gradient of %s by argument ";
        UnaryOperator<Object> again = other -> gradient(other, argnum, hasAux, withValue);
        var name = withValue ? "value_and_grad" : "grad";
        return made(name, function, again, doc + argnum.text() + ".", (context, call) -> {
            var both = new GradientCall(context, function, argnum, hasAux)
                    .run(((TupleValue) call[0]).toArray(), (RecordValue) call[1]);
            if (withValue) {
                return TupleValue.of(both);
            }
            return hasAux ? TupleValue.of(both[1], ((TupleValue) both[0]).get(1)) : both[1];
        });
    }

    private static Object jacobian(Object function, Argnum argnum) {
        Holding.pin(function);
        return made("jacobian", function, other -> jacobian(other, argnum),
                "All partial derivatives of %s by argument " + argnum.text() + ".",
                (context, call) -> new Jacobian(context, function, argnum,
                ((TupleValue) call[0]).toArray(), (RecordValue) call[1]).run());
    }

    private static Object hessian(Object function, Argnum argnum) {
        Holding.pin(function);
        Object gradient = gradient(function, argnum, false, false);
        return made("hessian", function, other -> hessian(other, argnum),
                "The second derivatives of %s by argument " + argnum.text() + ".",
                (context, call) -> new Jacobian(context, gradient, argnum,
                ((TupleValue) call[0]).toArray(), (RecordValue) call[1]).forward());
    }

    private static Object mapped(Object function, Object axes) {
        Holding.pin(function);
        return made("vmap", function, other -> mapped(other, axes),
                "%s of every element along an axis, its results stacked.",
                (context, call) -> new MappedCall(context, function, axes).run(((TupleValue) call[0]).toArray(),
                        (RecordValue) call[1]));
    }

    /** There is one device, where all tensors are: nothing has to be moved. */
    private static Object on(String device, Object function) {
        Holding.pin(function);
        return made("on", function, other -> on(device, other), "%s on the device " + device + ".",
                (context, call) -> context.call(function, ((TupleValue) call[0]).toArray(), (RecordValue) call[1]));
    }

    private static Object graph(Object[] a) {
        if (a[1] != None.NONE) {
            Arguments.device("graph", a[1]);
        }
        return graph(a[0], new GraphOptions(Arguments.truth("wait", a[2]), Arguments.truth("dynamic", a[3])));
    }

    static Object graph(Object function, GraphOptions options) {
        if (function instanceof BuiltinFunction known && known.builtin().body() instanceof GraphFunction inner) {
            var both = inner.options().and(options);
            return both.equals(inner.options()) ? function : graph(inner.wrapped(), both);
        }
        Holding.pin(function);
        return new BuiltinFunction(Builtin.of(PRELUDE, nameOf(function), CALL, "",
                new GraphFunction(function, options)));
    }

    private static String nameOf(Object function) {
        return function instanceof FunctionValue own ? own.name() : "graph";
    }

    private static Object checked(Object function) {
        Holding.pin(function);
        var graph = new GraphFunction(function);
        return made("check_numbers", function, Transforms::checked,
                "%s, run step by step to find where nan or inf begins.",
                (context, call) -> Explanations.checked(context, graph,
                (TupleValue) call[0], (RecordValue) call[1]));
    }

    private static Object custom(Object function, Object backward) {
        Holding.pin(function);
        Holding.pin(backward);
        return madeOf("custom_grad", new Object[] {function, backward}, others -> custom(others[0], others[1]),
                "%s with a gradient of its own.",
                (context, call) -> OwnRules.custom(context, function, backward, (TupleValue) call[0],
                        (RecordValue) call[1]));
    }

    private static Object checkpoint(Object function) {
        Holding.pin(function);
        return made("checkpoint", function, Transforms::checkpoint,
                "%s, run again in the backward pass instead of remembered.",
                (context, call) -> Checkpoint.call(context, function, (TupleValue) call[0], (RecordValue) call[1]));
    }
}
