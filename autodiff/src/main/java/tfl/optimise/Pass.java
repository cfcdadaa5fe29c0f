package tfl.optimise;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.primitive.Primitive;
import tfl.primitive.Region;

/**
 * One way to make a graph better.
 *
 * @param name one word
 * @param purpose one line
 * @param run what it makes of a graph, leaving the regions in it alone
 */
public record Pass(String name, String purpose, UnaryOperator<Graph> run) {
    /** What it makes of a graph and of every region in it, the innermost first. */
    public Graph on(Graph graph) {
        return on(graph, new IdentityHashMap<>());
    }

    // A region that stands in several places stays one, so that equal primitives stay equal.
    private Graph on(Graph graph, Map<Graph, Graph> done) {
        var known = done.get(graph);
        if (known == null) {
            var equations = graph.equations().stream().map(equation -> inside(equation, done)).toList();
            known = run.apply(new Graph(graph.inputs(), equations, graph.outputs()));
            done.put(graph, known);
        }
        return known;
    }

    private Equation inside(Equation equation, Map<Graph, Graph> done) {
        var regions = equation.op().regions();
        if (regions.isEmpty()) {
            return equation;
        }
        Primitive op = equation.op().withRegions(regions.stream().map(region -> on(region, done)).toList());
        return new Equation(equation.out(), op, equation.in(), equation.at());
    }

    private Region on(Region region, Map<Graph, Graph> done) {
        return region instanceof Graph graph ? on(graph, done) : region;
    }
}
