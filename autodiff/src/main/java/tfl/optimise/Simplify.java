package tfl.optimise;

import java.util.List;
import tfl.graph.Atom;
import tfl.graph.Equation;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.language.source.Span;
import tfl.primitive.Elementwise;
import tfl.primitive.Primitive;

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

    /** Simplifies what it is asked to write there. */
    Simplify(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    private Graph run(Graph graph) {
        return rewriter.rewrite(graph, this::results);
    }

    private List<Atom> results(Equation equation, List<Atom> operands) {
        return write(equation.op(), operands, equation.at());
    }

    /** The results of a primitive, by whatever is simplest. */
    List<Atom> write(Primitive op, List<Atom> operands, Span at) {
        boolean single = !op.hasEffect() && op.regions().isEmpty()
                && op.shape(operands.stream().map(Atom::type).toList()).size() == 1;
        return single ? List.of(simplest(op, operands, at)) : rewriter.write(op, operands, at);
    }

    private Atom simplest(Primitive op, List<Atom> operands, Span at) {
        var term = Term.of(op, operands.stream().map(operand -> term(operand, DEPTH)).toList());
        var better = row(op, operands, term);
        if (better == null) {
            return rewriter.write(op, operands, at).getFirst();
        }
        var atom = written(better, at);
        assert atom.type().equals(term.type()) : op + " became a " + atom.type() + " from a " + term.type();
        return atom;
    }

    private static Term row(Primitive op, List<Atom> operands, Term term) {
        if (op instanceof Elementwise elementwise) {
            var literals = operands.stream().filter(Literal.class::isInstance).map(Literal.class::cast).toList();
            boolean known = literals.size() == operands.size()
                    && Exact.is(elementwise, literals.stream().map(Literal::type).toList());
            if (known) {
                return new Term.Number(Exact.literal(elementwise, literals, term.type()));
            }
            var scalar = ScalarRows.of(term);
            return scalar != null ? scalar : WindowRows.of(term);
        }
        var moved = MovementRows.of(term);
        return moved != null ? moved : ReductionRows.of(term);
    }

    /** The atom of a term; what is to be written is simplified in turn. */
    private Atom written(Term term, Span at) {
        return switch (term) {
            case Term found when found.atom() != null -> found.atom();
            case Term.One(_, var op, var x) -> simplest(op, List.of(written(x, at)), at);
            case Term.Two(_, var op, var x, var y) -> simplest(op, List.of(written(x, at), written(y, at)), at);
            case Term.Many(_, var op, var in) -> simplest(op, in.stream().map(each -> written(each, at)).toList(), at);
            case Term.Leaf _, Term.Number _ -> throw new IllegalStateException("a term without a value");
        };
    }

    private Term term(Atom atom, int depth) {
        return switch (atom) {
            case Literal literal -> new Term.Number(literal);
            case Var variable -> {
                var maker = rewriter.maker(variable);
                yield depth == 0 || maker == null || maker.out().size() != 1 ? new Term.Leaf(variable)
                        : Term.of(variable, maker.op(),
                                maker.in().stream().map(each -> term(each, depth - 1)).toList());
            }
        };
    }
}
