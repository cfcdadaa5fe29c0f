package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Var;
import tfl.kernel.BinaryOp;
import tfl.language.source.Location;
import tfl.primitive.Binary;
import tfl.primitive.MatMul;
import tfl.primitive.Primitive;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.Scan;
import tfl.primitive.Transpose;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Takes products out of loops: those of a row and what is the same in every round become one product of all rows
 * before the loop, and sums of products over the rounds, as the gradient of a recurrent weight, one product after it.
 * What stays is multiplied by matrices that were turned around before the loop, if they are the same in every round.
 */
final class LoopProducts {
    /** What is kept for all rounds so that a product can read it. */
    private static final long MOST_BYTES = 64L << 20;

    private final Writer around;
    private final Equation equation;
    private final Scan scan;
    private final Graph body;
    private final List<Var> sequences;
    private final Map<Var, Equation> makers = new HashMap<>();
    private final Map<Var, Integer> readers = new HashMap<>();
    private final Map<Var, Atom> invariants = new HashMap<>();
    /** Products that are sequences now: what each is in the body, and all its rows. */
    private final Map<Var, Atom> hoisted = new LinkedHashMap<>();
    /** Carried sums that are computed after the loop, by their place. */
    private final Map<Integer, Term> sums = new TreeMap<>();
    /** Turned matrices of every round's products, and the same as they lie before the loop. */
    private final Map<Var, Atom> turned = new LinkedHashMap<>();
    /** Of which all rows are wanted after the loop. */
    private final List<Var> kept = new ArrayList<>();

    private LoopProducts(Writer around, Equation equation, Scan scan, Graph body) {
        this.around = around;
        this.equation = equation;
        this.scan = scan;
        this.body = body;
        this.sequences = body.inputs().subList(scan.constants() + scan.carries(), body.inputs().size());
        for (var each : body.equations()) {
            each.out().forEach(variable -> makers.put(variable, each));
            each.in().forEach(this::count);
        }
        body.outputs().forEach(this::count);
    }

    private void count(Atom atom) {
        if (atom instanceof Var variable) {
            readers.merge(variable, 1, Integer::sum);
        }
    }

    /** The graph again; inputs, outputs and what its variables stand for stay. */
    static Graph of(Graph graph) {
        if (graph.equations().stream().noneMatch(LoopProducts::isLoop)) {
            return graph;
        }
        var writer = new Writer(graph);
        for (var equation : graph.equations()) {
            if (isLoop(equation)) {
                var scan = (Scan) equation.op();
                new LoopProducts(writer, equation, scan, (Graph) scan.body()).rewrite();
            } else {
                writer.add(equation);
            }
        }
        return new Graph(graph.inputs(), writer.equations, graph.outputs());
    }

    private static boolean isLoop(Equation equation) {
        return equation.op() instanceof Scan scan && scan.body() instanceof Graph && scan.saved() == 0
                && scan.length() > 1;
    }

    /** The equations around loops, with variables of their own. */
    private static final class Writer {
        private final List<Equation> equations = new ArrayList<>();
        private final Map<Var, Equation> transposes = new HashMap<>();
        /** Sums of all rows that are there already. */
        private final Map<Sum, Var> sums = new HashMap<>();
        private int next;

        private record Sum(Atom of, Set<Integer> axes) {}

        Writer(Graph graph) {
            graph.inputs().forEach(this::count);
            graph.equations().forEach(equation -> equation.out().forEach(this::count));
        }

        private void count(Var variable) {
            next = Math.max(next, variable.id() + 1);
        }

        Var fresh(TensorType type) {
            return new Var(next++, type);
        }

        /** An equation that is no loop; a sum that is there already is not computed again. */
        void add(Equation equation) {
            if (equation.op() instanceof Transpose) {
                transposes.put(equation.out().getFirst(), equation);
            }
            var known = equation.op() instanceof ReduceSum(var axes) ? sums.get(sum(equation.in().getFirst(), axes))
                    : null;
            equations.add(known == null ? equation : new Equation(equation.out(),
                    new Reshape(known.type().shape()), List.of(known), equation.at()));
        }

        void know(Equation sum) {
            if (sum.op() instanceof ReduceSum(var axes)) {
                sums.put(sum(sum.in().getFirst(), axes), sum.out().getFirst());
            }
        }

        /** A sum as that of what was transposed, if the axes that are left stay in order. */
        private Sum sum(Atom of, List<Integer> axes) {
            if (of instanceof Var variable && transposes.get(variable) instanceof Equation equation
                    && equation.op() instanceof Transpose(var order)) {
                var left = IntStream.range(0, order.size()).filter(axis -> !axes.contains(axis)).map(order::get)
                        .toArray();
                if (IntStream.range(1, left.length).allMatch(k -> left[k - 1] < left[k])) {
                    return new Sum(equation.in().getFirst(), axes.stream().map(order::get).collect(Collectors.toSet()));
                }
            }
            return new Sum(of, Set.copyOf(axes));
        }
    }

    /** What a round adds to a sum. */
    private sealed interface Term {
        /** {@code leftᵀ right} of two rows. */
        record Product(Var left, Var right) implements Term {}

        /** The sum of a row over some of its axes. */
        record Folded(Var row, List<Integer> axes) implements Term {}

        record Turned(Term term) implements Term {}
    }

    private void rewrite() {
        hoist();
        IntStream.range(0, scan.carries()).forEach(this::sum);
        body.equations().forEach(this::turn);
        if (hoisted.isEmpty() && sums.isEmpty() && turned.isEmpty()) {
            around.equations.add(equation);
            return;
        }
        var given = new HashMap<Var, Atom>(hoisted);
        sequences.forEach(row -> given.put(row, operand(row)));
        var out = new ArrayList<Var>();
        for (int k = 0; k < equation.out().size(); k++) {
            if (!sums.containsKey(k)) {
                out.add(equation.out().get(k));
            }
            if (k >= scan.carries() && body.outputs().get(k) instanceof Var row) {
                given.putIfAbsent(row, equation.out().get(k));
            }
        }
        for (var row : kept) {
            out.add(around.fresh(rows(row)));
            given.put(row, out.getLast());
        }
        around.equations.add(new Equation(out, loop(), inputs(), equation.at()));
        sums.forEach((k, term) -> around.equations.add(new Equation(List.of(equation.out().get(k)),
                new Binary(BinaryOp.ADD), List.of(equation.in().get(scan.constants() + k), value(term, given)),
                equation.at())));
    }

    // Products before the loop

    private void hoist() {
        for (var each : body.equations()) {
            if (each.op() instanceof MatMul && each.in().get(0) instanceof Var row && sequences.contains(row)
                    && row.type().shape().rank() == 2 && bytes(each.out().getFirst()) <= MOST_BYTES
                    && invariant(each.in().get(1)) instanceof Atom factor) {
                var product = each.out().getFirst();
                var all = write(new MatMul(), tall(operand(row)), factor);
                hoisted.put(product, write(new Reshape(rows(product).shape()), all));
            }
        }
    }

    /** A product's right matrix that is transposed in every round: it is made anew before the loop, as it is read. */
    private void turn(Equation each) {
        if (each.op() instanceof MatMul && !hoisted.containsKey(each.out().getFirst())
                && each.in().get(1) instanceof Var right && makers.get(right) instanceof Equation maker
                && maker.op() instanceof Transpose(var order) && isTurned(order) && !turned.containsKey(right)
                && right.type().bytes() <= MOST_BYTES
                && invariant(right) instanceof Atom outside) {
            var flat = write(new Reshape(Shape.of(right.type().shape().size())), outside);
            turned.put(right, write(new Reshape(right.type().shape()), flat));
        }
    }

    private Atom operand(Var input) {
        return equation.in().get(body.inputs().indexOf(input));
    }

    /** What is the same in every round, as it is around the loop; null for what is not. */
    private Atom invariant(Atom atom) {
        if (!(atom instanceof Var variable)) {
            return atom;
        }
        int input = body.inputs().indexOf(variable);
        if (input >= 0) {
            return input < scan.constants() ? equation.in().get(input) : null;
        }
        if (invariants.containsKey(variable)) {
            return invariants.get(variable);
        }
        var maker = makers.get(variable);
        var in = new ArrayList<Atom>();
        for (var each : maker.in()) {
            var outside = maker.op() instanceof Transpose || maker.op() instanceof Reshape ? invariant(each) : null;
            if (outside == null) {
                invariants.put(variable, null);
                return null;
            }
            in.add(outside);
        }
        var result = write(maker.op(), maker.at(), in);
        invariants.put(variable, result);
        return result;
    }

    // Sums after it

    private void sum(int carry) {
        var before = body.inputs().get(scan.constants() + carry);
        if (readers.getOrDefault(before, 0) == 1 && body.outputs().get(carry) instanceof Var after
                && makers.get(after) instanceof Equation add && add.op() instanceof Binary(var op)
                && op == BinaryOp.ADD && add.in().contains(before) && readers.get(after) == 1) {
            var term = term(add.in().get(add.in().get(0).equals(before) ? 1 : 0));
            if (term != null) {
                sums.put(carry, term);
            }
        }
    }

    private Term term(Atom atom) {
        if (!(atom instanceof Var variable) || !(makers.get(variable) instanceof Equation maker)) {
            return null;
        }
        return switch (maker.op()) {
            case Transpose(var order) when isTurned(order) && term(maker.in().getFirst()) instanceof Term inner ->
                new Term.Turned(inner);
            case MatMul product when maker.in().get(0) instanceof Var left && makers.get(left) instanceof Equation turn
                    && turn.op() instanceof Transpose(var order) && isTurned(order)
                    && turn.in().getFirst() instanceof Var row && maker.in().get(1) instanceof Var right
                    && canKeep(row) && canKeep(right) -> new Term.Product(kept(row), kept(right));
            case ReduceSum(var axes) when maker.in().getFirst() instanceof Var row && canKeep(row) ->
                new Term.Folded(kept(row), axes);
            default -> null;
        };
    }

    private static boolean isTurned(List<Integer> order) {
        return order.equals(List.of(1, 0));
    }

    private boolean isKept(Var variable) {
        return sequences.contains(variable) || hoisted.containsKey(variable) || kept.contains(variable)
                || body.outputs().subList(scan.carries(), body.outputs().size()).contains(variable);
    }

    private boolean canKeep(Var variable) {
        return isKept(variable) || !body.inputs().contains(variable) && bytes(variable) <= MOST_BYTES;
    }

    /** Sees to it that all rows of a variable are there after the loop. */
    private Var kept(Var variable) {
        if (!isKept(variable)) {
            kept.add(variable);
        }
        return variable;
    }

    private long bytes(Var row) {
        return scan.length() * row.type().bytes();
    }

    // The loop without them

    private Scan loop() {
        var inputs = new ArrayList<Var>();
        var outputs = new ArrayList<Atom>();
        for (int k = 0; k < body.inputs().size(); k++) {
            if (!sums.containsKey(k - scan.constants())) {
                inputs.add(body.inputs().get(k));
            }
        }
        inputs.addAll(scan.constants(), turned.keySet());
        inputs.addAll(hoisted.keySet());
        for (int k = 0; k < body.outputs().size(); k++) {
            if (!sums.containsKey(k)) {
                outputs.add(body.outputs().get(k));
            }
        }
        outputs.addAll(kept);
        var without = new HashSet<Atom>(hoisted.keySet());
        without.addAll(turned.keySet());
        sums.keySet().forEach(k -> without.add(body.outputs().get(k)));
        var equations = body.equations().stream()
                .filter(each -> each.out().isEmpty() || !without.contains(each.out().getFirst())).toList();
        return new Scan(new Graph(inputs, equations, outputs), scan.length(), scan.constants() + turned.size(),
                scan.carries() - sums.size(), scan.reverse(), 0);
    }

    private List<Atom> inputs() {
        var inputs = new ArrayList<Atom>();
        for (int k = 0; k < equation.in().size(); k++) {
            if (!sums.containsKey(k - scan.constants())) {
                inputs.add(equation.in().get(k));
            }
        }
        inputs.addAll(scan.constants(), turned.values());
        inputs.addAll(hoisted.values());
        return inputs;
    }

    private Atom value(Term term, Map<Var, Atom> rows) {
        return switch (term) {
            case Term.Product(var left, var right) -> write(new MatMul(), write(Transpose.matrices(2),
                    tall(rows.get(left))), tall(rows.get(right)));
            case Term.Folded(var row, var axes) -> write(new ReduceSum(IntStream.concat(IntStream.of(0),
                    axes.stream().mapToInt(axis -> axis + 1)).boxed().toList()), rows.get(row));
            case Term.Turned(var inner) -> write(Transpose.matrices(2), value(inner, rows));
        };
    }

    private TensorType rows(Var row) {
        return new TensorType(row.type().dtype(), Shape.of(LongStream.concat(LongStream.of(scan.length()),
                LongStream.of(row.type().shape().dims())).toArray()));
    }

    /** The rows of all rounds, which are matrices, below each other. */
    private Atom tall(Atom rows) {
        var shape = rows.type().shape();
        return write(new Reshape(Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2))), rows);
    }

    private Atom write(Primitive op, Atom... in) {
        return write(op, equation.at(), List.of(in));
    }

    private Atom write(Primitive op, Location at, List<Atom> in) {
        var result = around.fresh(op.shape(in.stream().map(Atom::type).toList()).getFirst());
        around.equations.add(new Equation(List.of(result), op, in, at));
        around.know(around.equations.getLast());
        return result;
    }
}
