package tfl.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.language.source.Location;
import tfl.primitive.CustomCall;

/** Writes the body of a function with its own derivative in place of the call: nobody differentiates any more. */
final class Inline {
    static final Pass PASS = new Pass("inline", "write out functions with their own derivatives",
            graph -> new Inline().run(graph));

    private final Rewriter rewriter = new Rewriter();

    private Graph run(Graph graph) {
        return rewriter.rewrite(graph, this::results);
    }

    private List<Atom> results(Equation equation, List<Atom> operands) {
        return equation.op() instanceof CustomCall call && call.body() instanceof Graph body
                ? inlined(body, operands, equation.at()) : rewriter.copy(equation, operands);
    }

    private List<Atom> inlined(Graph body, List<Atom> given, Location at) {
        var values = new HashMap<Var, Atom>();
        for (int k = 0; k < given.size(); k++) {
            values.put(body.inputs().get(k), given.get(k));
        }
        for (var equation : body.equations()) {
            var place = equation.at().isKnown() ? equation.at() : at;
            var results = results(new Equation(equation.out(), equation.op(), equation.in(), place),
                    read(values, equation.in()));
            for (int k = 0; k < results.size(); k++) {
                values.put(equation.out().get(k), results.get(k));
            }
        }
        return read(values, body.outputs());
    }

    private static List<Atom> read(Map<Var, Atom> values, List<Atom> atoms) {
        return atoms.stream().map(atom -> switch (atom) {
            case Var variable -> values.get(variable);
            case Literal literal -> literal;
        }).toList();
    }
}
