package tfl.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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

    /** Checks that a cotangent has the type of its result. */
    public static void requireType(TensorType result, TensorType cotangent) {
        if (!result.equals(cotangent)) {
            throw new ShapeProblem("TFL-E0322", "the cotangent is " + cotangent + ", the result is " + result,
                    "a cotangent has the shape and dtype of the result it belongs to");
        }
    }

    /**
     * Runs a function whose derivative is the given rule, at every level of nested gradients.
     *
     * @param function from arguments to results; sees values one level further out than the arguments'
     *     innermost
     */
    public static List<TensorValue> custom(EagerOps ops, List<TensorValue> arguments,
            UnaryOperator<List<TensorValue>> function, CustomRule rule) {
        var tape = Recorded.innermost(arguments);
        if (tape == null) {
            return function.apply(arguments);
        }
        var primals = arguments.stream().map(tape::unlift).toList();
        var outputs = custom(ops, primals, function, rule).stream().map(tape::unlift).toList();
        return tape.watched(arguments, outputs, (rules, cotangents) -> {
            var filled = new ArrayList<TensorValue>();
            for (int k = 0; k < outputs.size(); k++) {
                var cotangent = cotangents.get(k);
                filled.add(cotangent == null ? rules.full(outputs.get(k).type(), 0) : cotangent);
            }
            return noted(rules, rule.pull(filled, primals));
        }, primals);
    }

    /**
     * Runs a function and forgets what its derivative needs: the backward pass runs it again. A function that
     * also reads watched values that are no arguments is recorded as usual, since their gradients would be
     * lost.
     */
    public static List<TensorValue> checkpoint(EagerOps ops, List<TensorValue> arguments,
            UnaryOperator<List<TensorValue>> function) {
        var tape = Recorded.innermost(arguments);
        if (tape == null) {
            return function.apply(arguments);
        }
        var primals = arguments.stream().map(tape::unlift).toList();
        var outputs = checkpoint(ops, primals, function);
        if (outputs.stream().anyMatch(tape::watches)) {
            return function.apply(arguments);
        }
        Entry.PullRule rule = (rules, cotangents) -> again(ops, rules, primals, function, cotangents);
        return tape.watched(arguments, outputs, rule, primals);
    }

    private static List<TensorValue> again(EagerOps ops, RuleOps rules, List<TensorValue> primals,
            UnaryOperator<List<TensorValue>> function, List<TensorValue> cotangents) {
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
            var results = function.apply(lifted);
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
