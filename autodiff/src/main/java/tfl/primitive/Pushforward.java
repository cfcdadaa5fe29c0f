package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * The tangents of an elementwise operation's outputs, all in one kernel: itself elementwise, so it can be
 * differentiated again. Its operands are those of the operation's inputs, outputs and tangents that the
 * derivatives read.
 *
 * @param dtypes of the operation's inputs
 * @param tangents whether each input has one
 */
public record Pushforward(Elementwise of, List<DType> dtypes, List<Boolean> tangents) implements Elementwise {
    private static final int REMEMBERED = 4096;
    private static final ConcurrentHashMap<Pushforward, Formulas> FORMULAS = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "pushforward of " + of.name();
    }

    @Override
    public List<ScalarExpr> bodies(List<DType> inputs) {
        return formulas().bodies();
    }

    @Override
    public Elementwise behindMappedAxis() {
        return new Pushforward(of.behindMappedAxis(), dtypes, tangents);
    }

    /** The tangents of the outputs of an operation. */
    static <V> List<V> push(Elementwise of, Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        var dtypes = inputs.stream().map(each -> ops.type(each).dtype()).toList();
        var values = new ArrayList<V>(inputs);
        values.addAll(outputs);
        values.addAll(tangents);
        var pushforward = new Pushforward(of, dtypes, tangents.stream().map(Objects::nonNull).toList());
        return pushforward.formulas().compute(ops, pushforward, values);
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
        var given = new ArrayList<ScalarExpr>();
        for (int i = 0; i < dtypes.size(); i++) {
            boolean moves = tangents.get(i) && dtypes.get(i).isDifferentiable();
            given.add(moves ? Scalars.input(dtypes.size() + bodies.size() + i, dtypes.get(i)) : null);
        }
        var differential = new Differential(given);
        var results = new ArrayList<ScalarExpr>();
        for (int k = 0; k < bodies.size(); k++) {
            var output = Scalars.input(dtypes.size() + k, bodies.get(k).dtype());
            results.add(differential.push(bodies.get(k), output));
        }
        return Formulas.of(results);
    }
}
