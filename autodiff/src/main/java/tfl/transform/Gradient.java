package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import tfl.language.source.Location;
import tfl.primitive.Call;
import tfl.primitive.CustomCall;
import tfl.primitive.ShapeProblem;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

/** What gradient calls of the language need beside a {@link Tape}. */
public final class Gradient {
    private Gradient() {}

    /**
     * The pullback of a function with a rule of its own: from cotangents of its results, and its arguments.
     */
    @FunctionalInterface
    public interface CustomRule {
        /** One cotangent for each argument, null where zero. */
        List<TensorValue> pull(List<TensorValue> cotangents, List<TensorValue> arguments);

        /** The same, written down for whatever transforms the call later. */
        default List<TensorValue> written(List<TensorValue> cotangents, List<TensorValue> arguments) {
            return pull(cotangents, arguments);
        }
    }

    /**
     * The cotangent 1 to start the gradient of a scalar result with.
     *
     * @throws ShapeProblem if the type is not that of one float
     */
    public static TensorValue seed(EagerOps ops, TensorType type) {
        if (!type.dtype().isFloat()) {
            throw new ShapeProblem("TFL-E0321", "the gradient of a function that returns " + type
                    + ": only floats have gradients", type.dtype().isComplex() ? "take abs() or real() of the result"
                    : "return a float, such as a loss");
        }
        if (type.shape().size() != 1) {
            throw new ShapeProblem("TFL-E0320", "the gradient of a function that returns " + type
                    + ": the result must be one number", "reduce it, for instance with sum() or mean()");
        }
        return ops.full(type, 1);
    }

    /** Checks that a tangent has the type of its value. */
    public static void requireTangent(TensorType value, TensorType tangent) {
        if (!value.equals(tangent)) {
            throw new ShapeProblem("TFL-E0322", "the tangent is " + tangent + ", the value is " + value,
                    "a tangent has the shape and dtype of the value it belongs to");
        }
    }

    /** Checks that a cotangent has the type of its result. */
    public static void requireType(TensorType result, TensorType cotangent) {
        if (!result.equals(cotangent)) {
            throw new ShapeProblem("TFL-E0322", "the cotangent is " + cotangent + ", the result is " + result,
                    "a cotangent has the shape and dtype of the result it belongs to");
        }
    }

    /**
     * Runs a function whose derivative is the given rule, at every level of nested transformations. No derivative goes
     * to what the rule reads beside the arguments, and one that would go to what the function reads is an error.
     *
     * @param function from arguments to results; sees values one level further out than the arguments'
     *     innermost
     * @param place where in the source a traced operation stands
     */
    public static List<TensorValue> custom(EagerOps ops, List<TensorValue> arguments, Repeatable function,
            CustomRule rule, Supplier<Location> place) {
        var level = Level.innermost(arguments);
        if (level == null) {
            var outputs = function.run(arguments);
            return outputs.stream().noneMatch(Gradient::isFollowed) ? outputs
                    : traced(ops, arguments, function, function::instead, rule, place);
        }
        if (!(level instanceof Tape tape)) {
            return traced(ops, arguments, function, function::run, rule, place);
        }
        var primals = arguments.stream().map(tape::unlift).toList();
        var outputs = custom(ops, primals, function, rule, place);
        if (outputs.stream().anyMatch(output -> isWithin(tape, output))) {
            return traced(ops, arguments, function, function::instead, rule, place);
        }
        return tape.watched(arguments, outputs, (rules, cotangents) -> {
            var filled = new ArrayList<TensorValue>();
            for (int k = 0; k < outputs.size(); k++) {
                var cotangent = cotangents.get(k);
                filled.add(cotangent == null ? rules.full(outputs.get(k).type(), 0) : cotangent);
            }
            return noted(rules, Tape.reading(() -> rule.pull(filled, primals)));
        }, primals);
    }

    /** Whether a derivative may go through the value. */
    private static boolean isFollowed(TensorValue value) {
        return value instanceof Mapped mapped ? isFollowed(mapped.all()) : value instanceof Lifted;
    }

    /** Whether a value of this tape, or of a level further in, went into that one. */
    private static boolean isWithin(Tape tape, TensorValue value) {
        return value instanceof Lifted lifted && (lifted.level() == tape || lifted.level().isInside(tape));
    }

    /**
     * The function and its rule as graphs, so that whatever comes later can transform them.
     *
     * @param run how the function is to run
     */
    private static List<TensorValue> traced(EagerOps ops, List<TensorValue> arguments, Repeatable function,
            UnaryOperator<List<TensorValue>> run, CustomRule rule, Supplier<Location> place) {
        var body = Tracing.like(arguments, run, place);
        var results = body.graph().outputTypes();
        int count = results.size();
        var types = arguments.stream().map(TensorValue::type).toList();
        var backward = Tracing.of(joined(results, types), values -> filled(ops, types, rule.written(
                values.subList(0, count), values.subList(count, values.size()))), place);
        var inputs = joined(joined(arguments, body.captured()), backward.captured());
        var inputTypes = inputs.stream().map(TensorValue::type).toList();
        int own = arguments.size();
        int forwards = own + body.captured().size();
        var first = IntStream.range(0, forwards).boxed().toList();
        var second = IntStream.concat(IntStream.range(0, count + own),
                IntStream.range(count + forwards, count + inputs.size())).boxed().toList();
        var names = body.captured().stream().map(function::nameOf).toList();
        return ops.apply(new CustomCall(Tracing.reading(body.graph(), inputTypes, first),
                Tracing.reading(backward.graph(), joined(results, inputTypes), second), own, names), inputs);
    }

    private static List<TensorValue> filled(EagerOps ops, List<TensorType> types, List<TensorValue> values) {
        var all = new ArrayList<TensorValue>();
        for (int k = 0; k < values.size(); k++) {
            all.add(values.get(k) == null ? ops.full(types.get(k), 0) : values.get(k));
        }
        return all;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** A function that may run again. */
    @FunctionalInterface
    public interface Repeatable {
        List<TensorValue> run(List<TensorValue> arguments);

        /** Runs it as it ran before, in place of that run. */
        default List<TensorValue> instead(List<TensorValue> arguments) {
            return run(arguments);
        }

        /** Runs it as it ran before, without any change but the results. */
        default List<TensorValue> again(List<TensorValue> arguments) {
            return run(arguments);
        }

        /** What the program calls a value that the function captured, empty where nobody knows. */
        default String nameOf(TensorValue captured) {
            return "";
        }
    }

    /**
     * Runs a function and forgets what its derivative needs: the backward pass runs it again. A function that
     * also reads values of the arguments' level, or of one further in, that are no arguments is recorded as usual,
     * since their derivatives would be lost.
     */
    public static List<TensorValue> checkpoint(EagerOps ops, List<TensorValue> arguments, Repeatable function,
            Supplier<Location> place) {
        var level = Level.innermost(arguments);
        if (level == null) {
            return function.run(arguments);
        }
        if (!(level instanceof Tape tape)) {
            var body = Tracing.like(arguments, function::run, place);
            return ops.apply(new Call(body.graph()), joined(arguments, body.captured()));
        }
        var primals = arguments.stream().map(tape::unlift).toList();
        var outputs = checkpoint(ops, primals, function, place);
        if (outputs.stream().anyMatch(output -> isWithin(tape, output))) {
            return function.instead(arguments);
        }
        Entry.PullRule rule = (rules, cotangents) -> again(ops, rules, primals, function, cotangents);
        return tape.watched(arguments, outputs, rule, primals);
    }

    private static List<TensorValue> again(EagerOps ops, RuleOps rules, List<TensorValue> primals,
            Repeatable function, List<TensorValue> cotangents) {
        try (var tape = new Tape(ops)) {
            var lifted = new ArrayList<TensorValue>();
            var differentiable = new ArrayList<Integer>();
            for (int k = 0; k < primals.size(); k++) {
                boolean leaf = primals.get(k).type().dtype().isDifferentiable();
                lifted.add(leaf ? tape.lift(primals.get(k)) : primals.get(k));
                if (leaf) {
                    differentiable.add(k);
                }
            }
            var results = function.again(lifted);
            tape.stop();
            var pulled = tape.pull(results, cotangents);
            var all = new ArrayList<TensorValue>(java.util.Collections.nCopies(primals.size(), null));
            for (int k = 0; k < differentiable.size(); k++) {
                all.set(differentiable.get(k), pulled.get(k));
            }
            results.stream().map(tape::unlift).forEach(TensorValue::discard);
            return noted(rules, all);
        }
    }

    private static List<TensorValue> noted(RuleOps rules, List<TensorValue> values) {
        values.stream().filter(java.util.Objects::nonNull).forEach(rules::noted);
        return values;
    }
}
