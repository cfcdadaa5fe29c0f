package tfl.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.primitive.Cond;
import tfl.primitive.Lowering;
import tfl.primitive.Primitive;

/**
 * Hands into the branches of a choice what is computed before it anyway, as it is where a statement was written down
 * once more on each side. What is elementwise is computed again: that costs less than to keep it.
 */
final class BranchCse {
    private final List<Atom> operands;
    private final BiFunction<Primitive, List<Atom>, List<Atom>> known;
    /** Values from outside that the branches get beside the operands. */
    private final List<Atom> more = new ArrayList<>();

    private BranchCse(List<Atom> operands, BiFunction<Primitive, List<Atom>, List<Atom>> known) {
        this.operands = operands;
        this.known = known;
    }

    /** A choice and what it is given. */
    record Found(Cond choice, List<Atom> operands) {}

    /**
     * The choice with fewer equations in it.
     *
     * @param operands the condition, then what both branches are given
     * @param known the results that a primitive has of such values outside, or null
     */
    static Found of(Graph yes, Graph no, List<Atom> operands,
            BiFunction<Primitive, List<Atom>, List<Atom>> known) {
        var search = new BranchCse(operands, known);
        var first = search.shared(yes);
        var second = search.shared(no);
        return new Found(new Cond(search.written(yes, first), search.written(no, second)),
                Stream.concat(operands.stream(), search.more.stream()).toList());
    }

    /** Values of a branch that come from outside instead. */
    private Map<Var, Atom> shared(Graph branch) {
        var outside = new HashMap<Atom, Atom>();
        for (int k = 0; k < branch.inputs().size(); k++) {
            outside.put(branch.inputs().get(k), operands.get(k + 1));
        }
        var shared = new LinkedHashMap<Var, Atom>();
        for (var equation : branch.equations()) {
            var results = results(equation, outside);
            if (results == null) {
                continue;
            }
            boolean cheap = isCheap(equation);
            for (int k = 0; k < results.size(); k++) {
                outside.put(equation.out().get(k), results.get(k));
                if (!cheap) {
                    shared.put(equation.out().get(k), results.get(k));
                }
            }
        }
        shared.keySet().retainAll(needed(branch, shared));
        shared.values().stream().filter(atom -> atom instanceof Var && !operands.contains(atom)
                && !more.contains(atom)).forEach(more::add);
        return shared;
    }

    /** What the rest of a branch reads, where some of its values come from outside. */
    private static Set<Atom> needed(Graph branch, Map<Var, Atom> shared) {
        var needed = new HashSet<>(branch.outputs());
        for (var equation : branch.equations().reversed()) {
            boolean comes = equation.out().stream().anyMatch(shared::containsKey);
            if (!comes && (equation.op().hasEffect() || equation.out().stream().anyMatch(needed::contains))) {
                needed.addAll(equation.in());
            }
        }
        return needed;
    }

    private List<Atom> results(Equation equation, Map<Atom, Atom> outside) {
        if (equation.out().isEmpty() || equation.op().hasEffect() || !equation.op().regions().isEmpty()) {
            return null;
        }
        var given = equation.in().stream().map(atom -> atom instanceof Literal ? atom : outside.get(atom)).toList();
        return given.contains(null) ? null : known.apply(equation.op(), given);
    }

    private static boolean isCheap(Equation equation) {
        return switch (equation.op().lower(Rewriter.types(equation.in()))) {
            case Lowering.View view -> true;
            case Lowering.Launch(var kernel) -> kernel instanceof Kernel.Loop;
            case Lowering.Control control -> false;
        };
    }

    private Graph written(Graph branch, Map<Var, Atom> shared) {
        var builder = new GraphBuilder();
        var values = new HashMap<Atom, Atom>();
        var given = new HashMap<Atom, Atom>();
        for (int k = 0; k < branch.inputs().size(); k++) {
            var input = builder.input(branch.inputs().get(k).type());
            values.put(branch.inputs().get(k), input);
            given.putIfAbsent(operands.get(k + 1), input);
        }
        more.forEach(atom -> given.put(atom, builder.input(atom.type())));
        for (var equation : branch.equations()) {
            if (equation.out().stream().anyMatch(shared::containsKey)) {
                equation.out().stream().filter(shared::containsKey).forEach(result -> {
                    var outside = shared.get(result);
                    values.put(result, outside instanceof Literal ? outside : given.get(outside));
                });
                continue;
            }
            builder.at(equation.at());
            var copy = builder.add(equation.op(), read(values, equation.in()), Rewriter.types(equation.out()));
            for (int k = 0; k < copy.out().size(); k++) {
                values.put(equation.out().get(k), copy.out().get(k));
            }
        }
        return builder.graph(read(values, branch.outputs()));
    }

    private static List<Atom> read(Map<Atom, Atom> values, List<Atom> atoms) {
        return atoms.stream().map(atom -> atom instanceof Literal ? atom : values.get(atom)).toList();
    }
}
