package tfl.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.graph.Var;
import tfl.language.source.Location;
import tfl.primitive.Primitive;
import tfl.tensor.TensorType;

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
            var results = step.results(equation, values(equation.in()));
            for (int k = 0; k < results.size(); k++) {
                values.put(equation.out().get(k), results.get(k));
            }
        }
        return builder.graph(values(graph.outputs()));
    }

    private List<Atom> values(List<Atom> old) {
        var now = new Atom[old.size()];
        for (int k = 0; k < now.length; k++) {
            now[k] = old.get(k) instanceof Var variable ? values.get(variable) : old.get(k);
        }
        return List.of(now);
    }

    /** The same equation in the new graph, of these operands. */
    List<Atom> copy(Equation equation, List<Atom> operands) {
        return write(equation.op(), operands, types(equation.out()), equation.at());
    }

    /** One more equation of the new graph, whose results are known to have those types. */
    List<Atom> write(Primitive op, List<Atom> operands, List<TensorType> types, Location at) {
        builder.at(at);
        var equation = builder.add(op, operands, types);
        for (var variable : equation.out()) {
            makers.put(variable, equation);
        }
        return List.copyOf(equation.out());
    }

    static List<TensorType> types(List<? extends Atom> atoms) {
        var types = new TensorType[atoms.size()];
        for (int k = 0; k < types.length; k++) {
            types[k] = atoms.get(k).type();
        }
        return List.of(types);
    }

    /** The equation of the new graph that gives this value, or null for literals and inputs. */
    Equation maker(Atom atom) {
        return atom instanceof Var variable ? makers.get(variable) : null;
    }
}
