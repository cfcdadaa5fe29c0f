package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * The cotangents of an elementwise operation's inputs, all in one kernel: itself elementwise, so it can be
 * differentiated again. Its operands are those of the operation's inputs, outputs and cotangents that the
 * derivatives read, in this order.
 *
 * @param dtypes of the operation's inputs
 * @param cotangents bit k set: output k has a cotangent
 * @param wanted bit i set: the cotangent of input i is asked for
 */
public record Pullback(Elementwise of, List<DType> dtypes, int cotangents, int wanted) implements Elementwise {
    private static final int REMEMBERED = 4096;
    private static final ConcurrentHashMap<Pullback, Parts> PARTS = new ConcurrentHashMap<>();

    /**
     * The derivative in pieces.
     *
     * @param operands positions among inputs, outputs and cotangents
     * @param results for each input: null where zero, an Input that stands for an operand handed on, or a
     *     body
     */
    private record Parts(List<Integer> operands, List<ScalarExpr> results) {}

    static Pullback of(Elementwise of, List<DType> dtypes, List<Boolean> cotangents, IntPredicate wanted) {
        int present = 0;
        for (int k = 0; k < cotangents.size(); k++) {
            present |= cotangents.get(k) ? 1 << k : 0;
        }
        int asked = 0;
        for (int i = 0; i < dtypes.size(); i++) {
            asked |= wanted.test(i) && dtypes.get(i).isDifferentiable() ? 1 << i : 0;
        }
        return new Pullback(of, dtypes, present, asked);
    }

    /** With every cotangent present and wanted. */
    static Pullback of(Elementwise of, List<DType> dtypes) {
        var outputs = of.bodies(dtypes).stream().map(body -> body.dtype().isDifferentiable()).toList();
        return of(of, dtypes, outputs, input -> true);
    }

    @Override
    public String name() {
        return "pullback of " + of.name();
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        return parts().results.stream().filter(Pullback::isComputed).toList();
    }

    Residuals reads() {
        var parts = parts();
        int outputs = of.bodies(dtypes).size();
        boolean input = parts.operands.stream().anyMatch(k -> k < dtypes.size());
        boolean output = parts.operands.stream().anyMatch(k -> k >= dtypes.size() && k < dtypes.size() + outputs);
        return input ? output ? Residuals.BOTH : Residuals.INPUTS : output ? Residuals.OUTPUTS : Residuals.NONE;
    }

    /** Computes the cotangents; {@code values} are inputs, outputs and cotangents. */
    <V> List<V> apply(Ops<V> ops, List<V> values) {
        var parts = parts();
        var operands = parts.operands.stream().map(values::get).toList();
        boolean computes = parts.results.stream().anyMatch(Pullback::isComputed);
        var computed = computes ? ops.apply(this, operands) : List.<V>of();
        var cotangents = new ArrayList<V>();
        int next = 0;
        for (var result : parts.results) {
            cotangents.add(isComputed(result) ? computed.get(next++)
                    : result instanceof ScalarExpr.Input handedOn ? operands.get(handedOn.index()) : null);
        }
        return cotangents;
    }

    private static boolean isComputed(ScalarExpr result) {
        return result != null && !(result instanceof ScalarExpr.Input);
    }

    private Parts parts() {
        var known = PARTS.get(this);
        if (known == null) {
            known = derive();
            if (PARTS.size() >= REMEMBERED) {
                PARTS.clear();
            }
            PARTS.put(this, known);
        }
        return known;
    }

    private Parts derive() {
        var bodies = of.bodies(dtypes);
        var derivative = new Derivative(dtypes.size());
        for (int k = 0; k < bodies.size(); k++) {
            if ((cotangents & 1 << k) != 0) {
                var dtype = bodies.get(k).dtype();
                var output = Scalars.input(dtypes.size() + k, dtype);
                derivative.pull(bodies.get(k), output, Scalars.input(dtypes.size() + bodies.size() + k, dtype));
            }
        }
        var operands = new ArrayList<Integer>();
        var results = new ArrayList<ScalarExpr>();
        for (int input = 0; input < dtypes.size(); input++) {
            var cotangent = (wanted & 1 << input) == 0 ? null : derivative.of(input);
            results.add(cotangent == null ? null : compact(cotangent, operands));
        }
        return new Parts(List.copyOf(operands), java.util.Collections.unmodifiableList(results));
    }

    /** Numbers the operands in the order of their first use. */
    private static ScalarExpr compact(ScalarExpr body, List<Integer> operands) {
        return Scalars.substitute(body, input -> {
            if (!operands.contains(input.index())) {
                operands.add(input.index());
            }
            return Scalars.input(operands.indexOf(input.index()), input.dtype());
        });
    }
}
