package tfl.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import tfl.primitive.ShapeProblem;
import tfl.tensor.TensorType;

/**
 * Whether a graph keeps the rules: each variable is written once, before it is read, and belongs to this graph; the
 * results of each equation have the types that its primitive gives; so also in its regions, which see no variable of
 * the graph around them.
 */
public final class GraphCheck {
    private final Graph graph;
    private final String pass;
    private final Set<Integer> everWritten = new HashSet<>();
    private final Map<Integer, Var> written = new HashMap<>();
    private int index = -1;

    private GraphCheck(Graph graph, String pass) {
        this.graph = graph;
        this.pass = pass;
    }

    /**
     * Checks the graph and the regions in it.
     *
     * @param pass who made it, for the report
     * @return the graph
     * @throws GraphFault at the first broken rule
     */
    public static Graph check(Graph graph, String pass) {
        new GraphCheck(graph, pass).run();
        return graph;
    }

    private void run() {
        graph.inputs().forEach(input -> everWritten.add(input.id()));
        graph.equations().forEach(equation -> equation.out().forEach(out -> everWritten.add(out.id())));
        graph.inputs().forEach(this::write);
        for (index = 0; index < graph.equations().size(); index++) {
            equation(graph.equations().get(index));
        }
        graph.outputs().forEach(this::read);
    }

    private void equation(Equation equation) {
        equation.in().forEach(this::read);
        for (var region : equation.op().regions()) {
            if (region instanceof Graph inner) {
                check(inner, pass);
            }
        }
        var expected = shape(equation);
        var actual = equation.out().stream().map(Var::type).toList();
        if (!expected.equals(actual)) {
            throw fault(Parameters.word(equation.op()) + " gives " + expected + ", the results are " + actual);
        }
        equation.out().forEach(this::write);
    }

    private List<TensorType> shape(Equation equation) {
        try {
            return equation.op().shape(equation.in().stream().map(Atom::type).toList());
        } catch (ShapeProblem problem) {
            throw fault(Parameters.word(equation.op()) + " does not take its operands: " + problem.getMessage());
        } catch (IndexOutOfBoundsException | NoSuchElementException missing) {
            throw fault(Parameters.word(equation.op()) + " wants more than " + equation.in().size() + " operands");
        }
    }

    private void read(Atom atom) {
        switch (atom) {
            case Var variable -> read(variable);
            case Literal literal -> {
                var type = literal.type();
                if (!type.dtype().isDifferentiable() && !literal.equals(Literal.wrapped(type, literal.bits()))) {
                    throw fault("no " + type.dtype() + " is " + literal.bits());
                }
            }
        }
    }

    private void read(Var variable) {
        var known = written.get(variable.id());
        if (known == null) {
            throw fault(everWritten.contains(variable.id()) ? name(variable) + " is read before it is written"
                    : name(variable) + " is a variable of another graph");
        }
        if (!known.type().equals(variable.type())) {
            throw fault(name(variable) + " is read as " + variable.type() + ", but was written as " + known.type());
        }
    }

    private void write(Var variable) {
        if (written.putIfAbsent(variable.id(), variable) != null) {
            throw fault(name(variable) + " is written twice");
        }
    }

    private String name(Var variable) {
        return GraphPrinter.name(graph, variable);
    }

    private GraphFault fault(String problem) {
        return new GraphFault(pass, problem, GraphPrinter.around(graph, index, problem));
    }
}
