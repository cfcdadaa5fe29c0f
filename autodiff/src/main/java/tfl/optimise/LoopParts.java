package tfl.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.primitive.Scan;

/**
 * Leaves out of a scan what it carries, walks or gives for nobody: a variable that each round assigns before it reads
 * it, what is saved for a backward pass that does not need it. A carried value that is the same number in every round
 * is that number.
 */
final class LoopParts {
    private final Equation loop;
    private final Scan scan;
    private final Graph body;
    private final Set<Var> read;

    private LoopParts(Equation loop, Scan scan, Graph body, Set<Var> read) {
        this.loop = loop;
        this.scan = scan;
        this.body = body;
        this.read = read;
    }

    /** The equation without what nobody reads. */
    static Equation read(Equation equation, Set<Var> read) {
        return equation.op() instanceof Scan scan && scan.body() instanceof Graph graph
                ? new LoopParts(equation, scan, graph, read).slim() : equation;
    }

    private Equation slim() {
        var known = numbers();
        var asked = new HashSet<Integer>();
        for (int k = 0; k < loop.out().size(); k++) {
            if (read.contains(loop.out().get(k))) {
                asked.add(k);
            }
        }
        Set<Atom> live;
        int before;
        do {
            before = asked.size();
            live = live(asked, known);
            for (int k = 0; k < scan.carries(); k++) {
                if (live.contains(body.inputs().get(scan.constants() + k))) {
                    asked.add(k);
                }
            }
        } while (asked.size() > before);
        return asked.size() == loop.out().size() && live.containsAll(body.inputs()) ? loop : made(asked, live, known);
    }

    // Carried values that start as a number and stay it.
    private Map<Atom, Atom> numbers() {
        var numbers = new HashMap<Atom, Atom>();
        for (int k = 0; k < scan.carries(); k++) {
            var inside = body.inputs().get(scan.constants() + k);
            var after = body.outputs().get(k);
            if (loop.in().get(scan.constants() + k) instanceof Literal first
                    && (after.equals(first) || after.equals(inside))) {
                numbers.put(inside, first);
            }
        }
        return numbers;
    }

    private Set<Atom> live(Set<Integer> asked, Map<Atom, Atom> known) {
        var live = new HashSet<Atom>();
        asked.forEach(k -> live.add(known(body.outputs().get(k), known)));
        for (var equation : body.equations().reversed()) {
            if (equation.op().hasEffect() || equation.out().stream().anyMatch(live::contains)) {
                equation.in().forEach(operand -> live.add(known(operand, known)));
            }
        }
        return live;
    }

    private static Atom known(Atom atom, Map<Atom, Atom> known) {
        return known.getOrDefault(atom, atom);
    }

    private Equation made(Set<Integer> asked, Set<Atom> live, Map<Atom, Atom> known) {
        int first = scan.constants();
        int rows = first + scan.carries();
        var inputs = new ArrayList<Var>();
        var operands = new ArrayList<Atom>();
        int constants = 0;
        for (int k = 0; k < body.inputs().size(); k++) {
            var input = body.inputs().get(k);
            if (k >= first && k < rows ? asked.contains(k - first) : live.contains(input)) {
                inputs.add(input);
                operands.add(loop.in().get(k));
                constants += k < first ? 1 : 0;
            }
        }
        var outputs = new ArrayList<Atom>();
        var results = new ArrayList<Var>();
        int carries = 0;
        for (int k = 0; k < loop.out().size(); k++) {
            if (asked.contains(k)) {
                outputs.add(known(body.outputs().get(k), known));
                results.add(loop.out().get(k));
                carries += k < scan.carries() ? 1 : 0;
            }
        }
        var equations = body.equations().stream()
                .filter(each -> each.op().hasEffect() || each.out().stream().anyMatch(live::contains))
                .map(each -> new Equation(each.out(), each.op(),
                        each.in().stream().map(operand -> known(operand, known)).toList(), each.at()))
                .toList();
        return new Equation(results, new Scan(new Graph(inputs, equations, outputs), scan.length(), constants, carries,
                scan.reverse(), 0), operands, loop.at());
    }
}
