package tfl.optimise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Var;

/** Drops equations that no output needs; those with an effect stay. */
final class DeadCode {
    static final Pass PASS = new Pass("dead code", "drop equations whose results nobody reads", DeadCode::run);

    private DeadCode() {}

    private static Graph run(Graph graph) {
        var read = new HashSet<Var>();
        graph.outputs().forEach(output -> note(output, read));
        var kept = new ArrayList<Equation>();
        for (var equation : graph.equations().reversed()) {
            if (equation.op().hasEffect() || equation.out().stream().anyMatch(read::contains)) {
                var slim = LoopParts.read(equation, read);
                slim.in().forEach(operand -> note(operand, read));
                kept.add(slim);
            }
        }
        return new Graph(graph.inputs(), kept.reversed(), graph.outputs());
    }

    private static void note(Atom atom, Set<Var> read) {
        if (atom instanceof Var variable) {
            read.add(variable);
        }
    }
}
