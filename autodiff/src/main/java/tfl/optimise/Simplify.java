package tfl.optimise;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.language.source.Location;
import tfl.primitive.Elementwise;
import tfl.primitive.Primitive;
import tfl.tensor.TensorType;

/**
 * Rewrites each equation by rows, until none matches. The laws that every row keeps:
 *
 * <ol>
 * <li>The result has the same type and the same bits, whatever the operands hold: NaN, infinities, -0.
 * <li>It costs no more: the new equation replaces the old one, and what it replaces may become dead.
 * <li>It ends: a row reads from further up, or turns an operation into one that no row turns back.
 * </ol>
 *
 * <p>Rows for scalars are in {@link ScalarRows}, for movement in {@link MovementRows}, for folds in {@link
 * ReductionRows}, for sums of windows in {@link WindowRows}. Where all operands are literals and the operation is
 * {@link Exact}, the result is a literal.
 */
final class Simplify {
    static final Pass PASS = new Pass("simplify", "leave out what changes nothing, join what is one step",
            graph -> new Simplify(new Rewriter()).run(graph));

    /** Operands, and their operands: no row looks further. */
    private static final int DEPTH = 2;

    private final Rewriter rewriter;
    /** Terms of what was written, by how far they go back. */
    private final List<Map<Atom, Term>> terms = List.of(new HashMap<>(), new HashMap<>());

    /** Simplifies what it is asked to write there. */
    Simplify(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    private Graph run(Graph graph) {
        return rewriter.rewrite(graph, this::results);
    }

    private List<Atom> results(Equation equation, List<Atom> operands) {
        return copy(equation, operands);
    }

    /** The results of an equation, of these operands, by whatever is simplest. */
    List<Atom> copy(Equation equation, List<Atom> operands) {
        return write(equation.op(), operands, Rewriter.types(equation.out()), equation.at());
    }

    /** The results of a primitive, by whatever is simplest. */
    List<Atom> write(Primitive op, List<Atom> operands, Location at) {
        return write(op, operands, op.shape(Rewriter.types(operands)), at);
    }

    private List<Atom> write(Primitive op, List<Atom> operands, List<TensorType> types, Location at) {
        boolean single = types.size() == 1 && !op.hasEffect() && op.regions().isEmpty();
        return single ? List.of(simplest(op, operands, types.getFirst(), at)) : rewriter.write(op, operands, types, at);
    }

    private Atom simplest(Primitive op, List<Atom> operands, TensorType type, Location at) {
        var terms = new Term[operands.size()];
        for (int k = 0; k < terms.length; k++) {
            terms[k] = term(operands.get(k), DEPTH);
        }
        var better = row(op, operands, Term.of(op, terms));
        if (better == null) {
            return rewriter.write(op, operands, List.of(type), at).getFirst();
        }
        var atom = written(better, at);
        assert atom.type().equals(type) : op + " became a " + atom.type() + " from a " + type;
        return atom;
    }

    private static Term row(Primitive op, List<Atom> operands, Term term) {
        if (op instanceof Elementwise elementwise) {
            if (operands.stream().allMatch(Literal.class::isInstance)
                    && Exact.is(elementwise, Rewriter.types(operands))) {
                var literals = operands.stream().map(Literal.class::cast).toList();
                return new Term.Number(Exact.literal(elementwise, literals, term.type()));
            }
            var scalar = ScalarRows.of(term);
            return scalar != null ? scalar : WindowRows.of(term);
        }
        var moved = MovementRows.of(term);
        return moved != null ? moved : ReductionRows.of(term);
    }

    /** The atom of a term; what is to be written is simplified in turn. */
    private Atom written(Term term, Location at) {
        return switch (term) {
            case Term found when found.atom() != null -> found.atom();
            case Term.One(_, var op, var x) -> write(op, List.of(written(x, at)), at).getFirst();
            case Term.Two(_, var op, var x, var y) ->
                write(op, List.of(written(x, at), written(y, at)), at).getFirst();
            case Term.Many(_, var op, var in) ->
                write(op, in.stream().map(each -> written(each, at)).toList(), at).getFirst();
            case Term.Leaf _, Term.Number _ -> throw new IllegalStateException("a term without a value");
        };
    }

    private Term term(Atom atom, int depth) {
        var maker = depth == 0 ? null : rewriter.maker(atom);
        if (maker == null || maker.out().size() != 1) {
            return atom instanceof Literal literal ? new Term.Number(literal) : new Term.Leaf(atom);
        }
        var known = terms.get(depth - 1).get(atom);
        if (known == null) {
            var in = new Term[maker.in().size()];
            for (int k = 0; k < in.length; k++) {
                in[k] = term(maker.in().get(k), depth - 1);
            }
            known = Term.of(atom, maker.op(), List.of(in));
            terms.get(depth - 1).put(atom, known);
        }
        return known;
    }
}
