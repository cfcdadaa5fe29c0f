package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;

/**
 * Who makes and who reads the values of a graph; equations that nothing needs are left out. Those with an effect stay,
 * and each comes before the next of them.
 */
final class Flow {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Var, Node> makers = new HashMap<>();
    private final Map<Var, List<Node>> readers = new HashMap<>();
    private final Set<Var> results = new HashSet<>();
    private final Map<Node, Node> nextEffect = new HashMap<>();
    private final Map<Var, List<Use>> uses = new HashMap<>();
    private final Map<Node, Set<Node>> next = new HashMap<>();

    /** Who reads a value in the end, null for the graph's result, and through which views. */
    record Use(Node reader, Chain chain) {}

    /** Where a value comes from, all views taken off. */
    record Source(Atom atom, Chain chain) {}

    /**
     * The flow of a graph.
     *
     * @param kept equations that run though nothing reads what they make
     */
    Flow(Graph graph, Set<Equation> kept) {
        graph.outputs().forEach(output -> note(output, results));
        var needed = new HashSet<>(results);
        var equations = graph.equations();
        for (int index = equations.size() - 1; index >= 0; index--) {
            var equation = equations.get(index);
            if (equation.out().stream().anyMatch(needed::contains) || kept.contains(equation)
                    || equation.op().hasEffect()) {
                var node = new Node(index, equation);
                nodes.addFirst(node);
                equation.out().forEach(variable -> makers.put(variable, node));
                equation.in().forEach(atom -> note(atom, needed));
            }
        }
        for (var node : nodes) {
            var read = new LinkedHashSet<Var>();
            node.in().forEach(atom -> note(atom, read));
            read.forEach(variable -> readers.computeIfAbsent(variable, none -> new ArrayList<>()).add(node));
        }
        var effects = nodes.stream().filter(node -> node.equation.op().hasEffect()).toList();
        for (int k = 1; k < effects.size(); k++) {
            nextEffect.put(effects.get(k - 1), effects.get(k));
        }
    }

    private static void note(Atom atom, Set<Var> into) {
        if (atom instanceof Var variable) {
            into.add(variable);
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Who makes a variable; null for an input of the graph. */
    Node maker(Var variable) {
        return makers.get(variable);
    }

    boolean isResult(Var variable) {
        return results.contains(variable);
    }

    /** Who reads a variable directly. */
    List<Node> readers(Var variable) {
        return readers.getOrDefault(variable, List.of());
    }

    /**
     * Visits who reads a variable in the end, through views and through what is free, and through which views; null
     * stands for the graph's result.
     */
    void visit(Var variable, Chain chain, BiConsumer<Node, Chain> visitor) {
        if (isResult(variable)) {
            visitor.accept(null, chain);
        }
        for (var reader : readers(variable)) {
            if (reader.form instanceof Form.Move(var move)) {
                visit(reader.out().getFirst(), chain.then(move), visitor);
            } else if (reader.free) {
                reader.out().forEach(each -> visit(each, chain, visitor));
            } else {
                visitor.accept(reader, chain);
            }
        }
    }

    /** All that {@link #visit} finds of a variable, once it is settled what is free. */
    List<Use> uses(Var variable) {
        var known = uses.get(variable);
        if (known == null) {
            var found = new ArrayList<Use>();
            visit(variable, Chain.NONE, (reader, chain) -> found.add(new Use(reader, chain)));
            known = found;
            uses.put(variable, known);
        }
        return known;
    }

    /**
     * The nodes with a kernel that read what this one makes; after an effect also the next effect. Asked once it is
     * settled what is free.
     */
    Set<Node> next(Node node) {
        var known = next.get(node);
        if (known == null) {
            known = new LinkedHashSet<>();
            for (var variable : node.out()) {
                for (var use : uses(variable)) {
                    if (use.reader() != null) {
                        known.add(use.reader());
                    }
                }
            }
            if (nextEffect.get(node) instanceof Node effect) {
                known.add(effect);
            }
            next.put(node, known);
        }
        return known;
    }

    /** The value below all views. */
    Source source(Atom atom, Chain chain) {
        return switch (atom) {
            case Var variable when maker(variable) instanceof Node node && node.form instanceof Form.Move(var move) ->
                source(node.in().getFirst(), Chain.NONE.then(move).then(chain));
            case Literal literal when !chain.isEmpty() ->
                new Source(new Literal(chain.type(literal.type()), literal.bits()), Chain.NONE);
            default -> new Source(atom, chain);
        };
    }
}
