package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tfl.kernel.ScalarExpr;

/**
 * Formulas over the few of many values that they read.
 *
 * @param operands the positions of the values that are read, in the order of their first use
 * @param results each null where zero, an Input that stands for an operand handed on, or a body over the operands
 */
record Formulas(List<Integer> operands, List<ScalarExpr> results) {
    /** From results over all the values. */
    static Formulas of(List<ScalarExpr> results) {
        var operands = new ArrayList<Integer>();
        var compact = new ArrayList<ScalarExpr>();
        results.forEach(result -> compact.add(result == null ? null : compact(result, operands)));
        return new Formulas(List.copyOf(operands), Collections.unmodifiableList(compact));
    }

    private static ScalarExpr compact(ScalarExpr body, List<Integer> operands) {
        return Scalars.substitute(body, input -> {
            if (!operands.contains(input.index())) {
                operands.add(input.index());
            }
            return Scalars.input(operands.indexOf(input.index()), input.dtype());
        });
    }

    /** Those that have to be computed. */
    List<ScalarExpr> bodies() {
        return results.stream().filter(Formulas::isComputed).toList();
    }

    /** The results, where a primitive computes the {@link #bodies} from the operands. */
    <V> List<V> compute(Ops<V> ops, Elementwise primitive, List<V> values) {
        var read = operands.stream().map(values::get).toList();
        boolean computes = results.stream().anyMatch(Formulas::isComputed);
        var computed = computes ? ops.apply(primitive, read) : List.<V>of();
        var answers = new ArrayList<V>();
        int next = 0;
        for (var result : results) {
            answers.add(isComputed(result) ? computed.get(next++)
                    : result instanceof ScalarExpr.Input handedOn ? read.get(handedOn.index()) : null);
        }
        return answers;
    }

    private static boolean isComputed(ScalarExpr result) {
        return result != null && !(result instanceof ScalarExpr.Input);
    }
}
