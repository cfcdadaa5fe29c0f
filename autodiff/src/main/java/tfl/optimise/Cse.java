package tfl.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.BinaryOp;
import tfl.primitive.Binary;
import tfl.primitive.Primitive;

/** Computes what is written twice once: common subexpressions. Never where there is an effect. */
final class Cse {
    static final Pass PASS = new Pass("cse", "compute what is written twice once", graph -> new Cse().run(graph));

    private final Rewriter rewriter = new Rewriter();
    private final Map<Key, List<Atom>> known = new HashMap<>();

    /** Two primitives are equal if their parameters are; regions only if they are the same. */
    private record Key(Primitive op, List<Atom> operands) {}

    private Graph run(Graph graph) {
        return rewriter.rewrite(graph, this::results);
    }

    private List<Atom> results(Equation equation, List<Atom> operands) {
        if (equation.op().hasEffect()) {
            return rewriter.copy(equation, operands);
        }
        boolean swaps = equation.op() instanceof Binary(var op) && commutes(op, operands.getFirst());
        var key = new Key(equation.op(), swaps ? ordered(operands) : operands);
        var results = known.get(key);
        if (results == null) {
            results = rewriter.copy(equation, operands);
            known.put(key, results);
        }
        return results;
    }

    private static List<Atom> ordered(List<Atom> pair) {
        return place(pair.getFirst()) > place(pair.getLast()) ? pair.reversed() : pair;
    }

    private static long place(Atom atom) {
        return switch (atom) {
            case Var variable -> variable.id();
            case Literal literal -> Long.MAX_VALUE;
        };
    }

    /** To the last bit: of 0 and -0 the larger may be whichever comes first. */
    private static boolean commutes(BinaryOp op, Atom operand) {
        return switch (op) {
            case ADD, MUL, AND, OR, XOR, EQ, NE -> true;
            case MAX, MIN -> !operand.type().dtype().isDifferentiable();
            default -> false;
        };
    }
}
