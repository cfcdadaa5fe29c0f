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
import tfl.primitive.Cond;
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
        if (equation.op() instanceof Cond(Graph yes, Graph no)) {
            var found = BranchCse.of(yes, no, operands, (op, given) -> known.get(key(op, given)));
            return written(equation, found.choice(), found.operands());
        }
        return written(equation, equation.op(), operands);
    }

    private List<Atom> written(Equation equation, Primitive primitive, List<Atom> operands) {
        if (primitive.hasEffect()) {
            return rewriter.write(primitive, operands, Rewriter.types(equation.out()), equation.at());
        }
        var key = key(primitive, operands);
        var results = known.get(key);
        if (results == null) {
            results = rewriter.write(primitive, operands, Rewriter.types(equation.out()), equation.at());
            known.put(key, results);
        }
        return results;
    }

    private static Key key(Primitive primitive, List<Atom> operands) {
        boolean swaps = primitive instanceof Binary(var op) && commutes(op, operands.getFirst());
        return new Key(primitive, swaps ? ordered(operands) : operands);
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
