package tfl.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.language.source.Span;
import tfl.primitive.Primitive;

/** Writes a graph again, equation by equation, with other values where a pass knows better. */
final class Rewriter {
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<Var, Atom> values = new HashMap<>();
    private final Map<Var, Equation> makers = new HashMap<>();

    /** What becomes of one equation, given its operands in the new graph: its results there. */
    interface Step {
        List<Atom> results(Equation equation, List<Atom> operands);
    }

    /** The graph that a step makes of each equation, in order. */
    Graph rewrite(Graph graph, Step step) {
        graph.inputs().forEach(input -> values.put(input, builder.input(input.type())));
        for (var equation : graph.equations()) {
            var results = step.results(equation, equation.in().stream().map(this::value).toList());
            for (int k = 0; k < results.size(); k++) {
                values.put(equation.out().get(k), results.get(k));
            }
        }
        return builder.graph(graph.outputs().stream().map(this::value).toList());
    }

    private Atom value(Atom old) {
        return switch (old) {
            case Var variable -> values.get(variable);
            case Literal literal -> literal;
        };
    }

    /** One more equation of the new graph. */
    List<Atom> write(Primitive op, List<Atom> operands, Span at) {
        builder.at(at);
        var results = builder.apply(op, operands);
        var variables = results.stream().map(Var.class::cast).toList();
        var equation = new Equation(variables, op, operands, at);
        variables.forEach(variable -> makers.put(variable, equation));
        return results;
    }

    /** The equation of the new graph that gives this value, or null for literals and inputs. */
    Equation maker(Atom atom) {
        return atom instanceof Var variable ? makers.get(variable) : null;
    }
}
