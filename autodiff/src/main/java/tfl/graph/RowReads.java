package tfl.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.primitive.Gather;
import tfl.primitive.Ops;
import tfl.primitive.Scan;
import tfl.primitive.Slice;
import tfl.primitive.Transpose;
import tfl.primitive.WrapIndex;

/**
 * Makes {@code x[n]} in a loop over {@code n = 0, 1, 2, ...} a sequence that the loop walks. Walking costs no copy, and
 * the gradient of a row is a row: that of a constant, which each round reads at its own place, would be a whole tensor
 * to add to in each round.
 */
public final class RowReads {
    private final Graph body;
    private final Scan scan;
    private final Map<Atom, Equation> made = new HashMap<>();
    private final List<Var> rows = new ArrayList<>();
    private final List<Equation> reads = new ArrayList<>();

    private RowReads(Scan scan, Graph body) {
        this.scan = scan;
        this.body = body;
        body.equations().forEach(equation -> equation.out().forEach(out -> made.put(out, equation)));
    }

    /** Applies a scan whose last sequence is 0, 1, 2, ..., with the rows it reads as further sequences. */
    public static <V> List<V> apply(Ops<V> ops, Scan scan, List<V> operands) {
        return scan.body() instanceof Graph graph ? new RowReads(scan, graph).applied(ops, operands)
                : ops.apply(scan, operands);
    }

    private <V> List<V> applied(Ops<V> ops, List<V> operands) {
        var position = body.inputs().getLast();
        body.equations().stream().filter(equation -> isRead(equation, position)).forEach(equation -> {
            reads.add(equation);
            rows.add(equation.out().getFirst());
        });
        if (reads.isEmpty()) {
            return ops.apply(scan, operands);
        }
        var equations = live();
        var read = read(equations);
        var inputs = new ArrayList<Var>();
        var given = new ArrayList<V>();
        int constants = 0;
        for (int k = 0; k < operands.size(); k++) {
            if (k >= scan.constants() || read.contains(body.inputs().get(k))) {
                constants += k < scan.constants() ? 1 : 0;
                inputs.add(body.inputs().get(k));
                given.add(operands.get(k));
            }
        }
        reads.forEach(equation -> given.add(sequence(ops, equation.in().getFirst(), operands)));
        inputs.addAll(rows);
        return ops.apply(new Scan(new Graph(inputs, equations, body.outputs()), scan.length(), constants,
                scan.carries(), scan.reverse(), scan.saved()), given);
    }

    private boolean isRead(Equation equation, Var position) {
        return equation.op() instanceof Gather read && read.indexed() == 1 && constant(equation.in().getFirst()) >= 0
                && equation.in().getFirst().type().shape().dim(0) >= scan.length()
                && made.get(equation.in().get(1)) instanceof Equation index && index.op() instanceof WrapIndex
                && index.in().getFirst().equals(position);
    }

    // Which of the loop's constants this is, perhaps with its axes in another order; -1 if it is none.
    private int constant(Atom source) {
        int place = source instanceof Var variable ? body.inputs().indexOf(variable) : -1;
        if (place >= 0) {
            return place < scan.constants() ? place : -1;
        }
        return made.get(source) instanceof Equation moved && moved.op() instanceof Transpose
                ? constant(moved.in().getFirst()) : -1;
    }

    private <V> V sequence(Ops<V> ops, Atom source, List<V> operands) {
        var whole = ordered(ops, source, operands);
        var shape = ops.type(whole).shape();
        return shape.dim(0) == scan.length() ? whole
                : ops.call(Slice.along(shape, 0, 0, scan.length()), whole);
    }

    private <V> V ordered(Ops<V> ops, Atom source, List<V> operands) {
        return made.get(source) instanceof Equation moved
                ? ops.call(moved.op(), ordered(ops, moved.in().getFirst(), operands)) : operands.get(constant(source));
    }

    // The equations without the reads and what only they needed.
    private List<Equation> live() {
        var read = new HashSet<Atom>(body.outputs());
        var kept = new ArrayList<Equation>();
        for (var equation : body.equations().reversed()) {
            boolean needed = equation.op().hasEffect() || equation.op().readsTrustedData()
                    || equation.out().stream().anyMatch(read::contains);
            if (needed && !reads.contains(equation)) {
                read.addAll(equation.in());
                kept.add(equation);
            }
        }
        return kept.reversed();
    }

    private Set<Atom> read(List<Equation> equations) {
        var read = new HashSet<Atom>(body.outputs());
        equations.forEach(equation -> read.addAll(equation.in()));
        return read;
    }
}
