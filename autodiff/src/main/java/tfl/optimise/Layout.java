package tfl.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Elementwise;
import tfl.primitive.Primitive;
import tfl.primitive.Reshape;
import tfl.primitive.Transpose;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Moves transposes and reshapes behind elementwise steps where that leaves fewer or as many of them, so that those
 * which undo each other meet and vanish; and repetition always, so that fewer elements are computed. Downwards only,
 * so it ends.
 */
final class Layout {
    static final Pass PASS = new Pass("layout", "move elements after computing with them", graph ->
            new Layout(graph).run(graph));

    private final Rewriter rewriter = new Rewriter();
    private final Simplify simplify = new Simplify(rewriter);
    private final Map<Var, Integer> readers = new HashMap<>();

    private Layout(Graph graph) {
        graph.equations().forEach(equation -> equation.in().stream().distinct().forEach(this::count));
        graph.outputs().forEach(this::count);
    }

    private void count(Atom atom) {
        if (atom instanceof Var variable) {
            readers.merge(variable, 1, Integer::sum);
        }
    }

    private Graph run(Graph graph) {
        return rewriter.rewrite(graph, this::results);
    }

    private List<Atom> results(Equation equation, List<Atom> operands) {
        var movement = equation.op() instanceof Elementwise ? movement(equation, operands) : null;
        if (movement == null) {
            return simplify.copy(equation, operands);
        }
        var source = source(operands);
        var moved = operands.stream().map(operand -> behind(operand, source)).toList();
        var results = simplify.write(equation.op(), moved, equation.at());
        return results.stream().map(result -> simplify.write(movement, List.of(result), equation.at()).getFirst())
                .toList();
    }

    /** The movement that all operands share and that pays to be put off, or null. */
    private Primitive movement(Equation equation, List<Atom> operands) {
        Primitive shared = null;
        Shape source = null;
        for (var operand : operands) {
            if (operand instanceof Var) {
                var maker = rewriter.maker(operand);
                if (maker == null || !moves(maker.op()) || shared != null
                        && !(shared.equals(maker.op()) && shape(maker).equals(source))) {
                    return null;
                }
                shared = maker.op();
                source = shape(maker);
            }
        }
        boolean pays = shared instanceof BroadcastTo || saved(equation) >= equation.out().size();
        return pays ? shared : null;
    }

    private static boolean moves(Primitive op) {
        return op instanceof Transpose || op instanceof Reshape || op instanceof BroadcastTo;
    }

    private static Shape shape(Equation maker) {
        return maker.in().getFirst().type().shape();
    }

    /** How many movements become dead: those that only this equation reads. */
    private long saved(Equation equation) {
        return equation.in().stream().distinct()
                .filter(old -> old instanceof Var variable && readers.get(variable) == 1).count();
    }

    private Shape source(List<Atom> operands) {
        return shape(operands.stream().filter(Var.class::isInstance).map(rewriter::maker).findFirst().orElseThrow());
    }

    /** The operand before it was moved. */
    private Atom behind(Atom operand, Shape source) {
        return switch (operand) {
            case Var _ -> rewriter.maker(operand).in().getFirst();
            case Literal(var type, long bits) -> new Literal(new TensorType(type.dtype(), source), bits);
        };
    }
}
