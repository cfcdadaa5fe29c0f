package tfl.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.primitive.Cholesky;
import tfl.primitive.Convolution;
import tfl.primitive.Eig;
import tfl.primitive.Eigh;
import tfl.primitive.Elementwise;
import tfl.primitive.Fft;
import tfl.primitive.Lu;
import tfl.primitive.MatMul;
import tfl.primitive.Primitive;
import tfl.primitive.Qr;
import tfl.primitive.Reshape;
import tfl.primitive.Scan;
import tfl.primitive.Solve;
import tfl.primitive.Sort;
import tfl.primitive.Svd;
import tfl.primitive.TriangularSolve;

/**
 * A loop backwards runs each round again from what the loop forwards carried. Products and their like are not computed
 * again: the loop forwards gives them as rows, and the other reads them.
 */
final class LoopResiduals {
    static final Pass PASS = new Pass("residuals", "keep what a loop backwards would compute again",
            LoopResiduals::run);

    /** What is kept of one value for all rounds. */
    private static final long MOST_BYTES = 64L << 20;

    private final List<Equation> equations = new ArrayList<>();
    /** The loops by what they give, and where they stand. */
    private final Map<Var, Integer> makers = new HashMap<>();
    private int next;

    private LoopResiduals(Graph graph) {
        graph.inputs().forEach(this::count);
        graph.equations().forEach(equation -> equation.out().forEach(this::count));
    }

    private void count(Var variable) {
        next = Math.max(next, variable.id() + 1);
    }

    private static Graph run(Graph graph) {
        if (graph.equations().stream().filter(LoopResiduals::isLoop).count() < 2) {
            return graph;
        }
        var residuals = new LoopResiduals(graph);
        graph.equations().forEach(residuals::add);
        return new Graph(graph.inputs(), residuals.equations, graph.outputs());
    }

    private static boolean isLoop(Equation equation) {
        return equation.op() instanceof Scan scan && scan.body() instanceof Graph && scan.length() > 1;
    }

    private void add(Equation equation) {
        var made = equation;
        if (isLoop(equation)) {
            for (int index : forward(equation)) {
                made = reading(made, index);
            }
            made.out().forEach(variable -> makers.put(variable, equations.size()));
        }
        equations.add(made);
    }

    /** The loops whose rows a loop reads. */
    private Set<Integer> forward(Equation loop) {
        var scan = (Scan) loop.op();
        var found = new HashSet<Integer>();
        for (var operand : loop.in().subList(scan.constants() + scan.carries(), loop.in().size())) {
            if (operand instanceof Var rows && makers.containsKey(rows)
                    && ((Scan) equations.get(makers.get(rows)).op()).length() == scan.length()) {
                found.add(makers.get(rows));
            }
        }
        return found;
    }

    /** The loop as it reads what the one at an index keeps for it, which does so from now on. */
    private Equation reading(Equation loop, int index) {
        var forward = equations.get(index);
        var match = new LoopMatch(forward, loop);
        var kept = match.kept();
        if (kept.isEmpty()) {
            return loop;
        }
        var first = (Scan) forward.op();
        var outputs = new ArrayList<>(((Graph) first.body()).outputs());
        var out = new ArrayList<>(forward.out());
        var second = (Scan) loop.op();
        var body = (Graph) second.body();
        var inputs = new ArrayList<>(body.inputs());
        var operands = new ArrayList<>(loop.in());
        for (var again : kept) {
            var value = match.forward(again);
            int at = outputs.subList(first.carries(), outputs.size()).indexOf(value) + first.carries();
            if (at < first.carries()) {
                at = outputs.size();
                outputs.add(value);
                out.add(new Var(next++, first.rows(again.type())));
                makers.put(out.getLast(), index);
            }
            inputs.add(again);
            operands.add(out.get(at));
        }
        equations.set(index, new Equation(out, new Scan(with((Graph) first.body(), outputs), first.length(),
                first.constants(), first.carries(), first.reverse(), 0), forward.in(), forward.at()));
        var rest = body.equations().stream().filter(each -> each.out().stream().noneMatch(kept::contains)).toList();
        return new Equation(loop.out(), new Scan(new Graph(inputs, rest, body.outputs()), second.length(),
                second.constants(), second.carries(), second.reverse(), 0), operands, loop.at());
    }

    private static Graph with(Graph body, List<Atom> outputs) {
        return new Graph(body.inputs(), body.equations(), outputs);
    }

    /** Which variables of the body of a second loop are those of the body of a first. */
    private static final class LoopMatch {
        private final Graph body;
        private final long length;
        private final Map<Atom, Atom> same = new HashMap<>();
        private final Map<Var, List<Equation>> readers = new HashMap<>();
        private final Set<Atom> given;

        private record Key(Primitive op, List<Atom> operands) {}

        LoopMatch(Equation first, Equation second) {
            var scan = (Scan) second.op();
            this.body = (Graph) scan.body();
            this.length = scan.length();
            this.given = new HashSet<>(body.outputs());
            inputs(first, second);
            var known = new HashMap<Key, Equation>();
            ((Graph) ((Scan) first.op()).body()).equations().forEach(each ->
                    known.putIfAbsent(new Key(each.op(), each.in()), each));
            for (var each : body.equations()) {
                each.in().stream().distinct().forEach(atom -> {
                    if (atom instanceof Var variable) {
                        readers.computeIfAbsent(variable, _ -> new ArrayList<>()).add(each);
                    }
                });
                var twin = each.op().hasEffect() ? null
                        : known.get(new Key(each.op(), each.in().stream().map(this::forward).toList()));
                if (twin != null) {
                    for (int k = 0; k < twin.out().size(); k++) {
                        same.put(each.out().get(k), twin.out().get(k));
                    }
                }
            }
        }

        private void inputs(Equation first, Equation second) {
            var from = (Scan) first.op();
            var to = (Scan) second.op();
            var inside = (Graph) from.body();
            int rows = from.constants() + from.carries();
            for (int k = 0; k < body.inputs().size(); k++) {
                var operand = second.in().get(k);
                int given = first.out().indexOf(operand);
                if (k < to.constants()) {
                    int constant = first.in().subList(0, from.constants()).indexOf(operand);
                    put(k, constant < 0 ? null : inside.inputs().get(constant));
                } else if (k >= to.constants() + to.carries()) {
                    int row = first.in().subList(rows, first.in().size()).indexOf(operand);
                    put(k, row >= 0 ? inside.inputs().get(rows + row)
                            : given >= from.carries() ? inside.outputs().get(given) : null);
                }
            }
        }

        private void put(int input, Atom twin) {
            if (twin instanceof Var) {
                same.put(body.inputs().get(input), twin);
            }
        }

        /** What a value of the second body is in the first; null for what only the second has. */
        Atom forward(Atom atom) {
            return atom instanceof Literal ? atom : same.get(atom);
        }

        /** What to keep: costly values that both have, or what little is made of them and nothing else reads them. */
        Set<Var> kept() {
            var kept = new LinkedHashSet<Var>();
            for (var each : body.equations()) {
                if (isCostly(each.op())) {
                    for (var out : each.out()) {
                        var last = same.containsKey(out) && readers.containsKey(out) ? last(out) : null;
                        if (last != null && length * last.type().bytes() <= MOST_BYTES) {
                            kept.add(last);
                        }
                    }
                }
            }
            return kept;
        }

        private Var last(Var variable) {
            var only = readers.getOrDefault(variable, List.of());
            if (given.contains(variable) || only.size() != 1) {
                return variable;
            }
            var reader = only.getFirst();
            var out = reader.out().getFirst();
            boolean cheap = reader.op() instanceof Elementwise || reader.op() instanceof Reshape;
            return cheap && same.containsKey(out) && out.type().bytes() <= variable.type().bytes()
                    ? last(out) : variable;
        }
    }

    private static boolean isCostly(Primitive op) {
        return switch (op) {
            case MatMul _, Convolution _, Fft _, Sort _, Cholesky _, Eig _, Eigh _, Lu _, Qr _, Solve _,
                    Svd _, TriangularSolve _ -> true;
            default -> false;
        };
    }
}
