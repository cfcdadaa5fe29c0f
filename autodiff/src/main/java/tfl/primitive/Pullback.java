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
 * derivatives read.
 *
 * @param dtypes of the operation's inputs
 * @param cotangents bit k set: output k has a cotangent
 * @param wanted bit i set: the cotangent of input i is asked for
 */
public record Pullback(Elementwise of, List<DType> dtypes, int cotangents, int wanted) implements Elementwise {
    private static final int REMEMBERED = 4096;
    private static final ConcurrentHashMap<Pullback, Formulas> FORMULAS = new ConcurrentHashMap<>();

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
        return formulas().bodies();
    }

    @Override
    public Elementwise behindMappedAxis() {
        return new Pullback(of.behindMappedAxis(), dtypes, cotangents, wanted);
    }

    Residuals reads() {
        var operands = formulas().operands();
        int outputs = of.bodies(dtypes).size();
        boolean input = operands.stream().anyMatch(k -> k < dtypes.size());
        boolean output = operands.stream().anyMatch(k -> k >= dtypes.size() && k < dtypes.size() + outputs);
        return input ? output ? Residuals.BOTH : Residuals.INPUTS : output ? Residuals.OUTPUTS : Residuals.NONE;
    }

    /** Computes the cotangents; {@code values} are inputs, outputs and cotangents. */
    <V> List<V> apply(Ops<V> ops, List<V> values) {
        return formulas().compute(ops, this, values);
    }

    private Formulas formulas() {
        var known = FORMULAS.get(this);
        if (known == null) {
            known = derive();
            if (FORMULAS.size() >= REMEMBERED) {
                FORMULAS.clear();
            }
            FORMULAS.put(this, known);
        }
        return known;
    }

    private Formulas derive() {
        var bodies = of.bodies(dtypes);
        var derivative = new Derivative(dtypes.size());
        for (int k = 0; k < bodies.size(); k++) {
            if ((cotangents & 1 << k) != 0) {
                var dtype = bodies.get(k).dtype();
                var output = Scalars.input(dtypes.size() + k, dtype);
                derivative.pull(bodies.get(k), output, Scalars.input(dtypes.size() + bodies.size() + k, dtype));
            }
        }
        var results = new ArrayList<ScalarExpr>();
        for (int input = 0; input < dtypes.size(); input++) {
            results.add((wanted & 1 << input) == 0 ? null : derivative.of(input));
        }
        return Formulas.of(results);
    }
}
