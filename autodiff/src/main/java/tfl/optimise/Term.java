package tfl.optimise;

import java.util.List;
import tfl.graph.Atom;
import tfl.graph.Literal;
import tfl.primitive.Primitive;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * A value together with how it is computed, a few steps back: what the rows of {@link Simplify} match and answer. A
 * term without an atom is one to be written.
 */
sealed interface Term {
    /** An input, or a value whose origin does not matter. */
    record Leaf(Atom atom) implements Term {}

    /** One repeated number. */
    record Number(Literal atom) implements Term {
        /** Whether it is that very number: 0 is not -0. */
        boolean is(double value) {
            return atom.bits() == Literal.of(atom.type(), value).bits();
        }

        /** The number as its dtype holds it. */
        double value() {
            var one = Exact.scalar(atom);
            double value = one.readDouble(0);
            one.discard();
            return value;
        }
    }

    /** Of one operand. */
    record One(Atom atom, Primitive op, Term x) implements Term {}

    /** Of two operands. */
    record Two(Atom atom, Primitive op, Term x, Term y) implements Term {}

    /** Of none, three or more operands. */
    record Many(Atom atom, Primitive op, List<Term> in) implements Term {}

    /** The value; null if it is to be written. */
    Atom atom();

    /** One to be written. */
    static Term of(Primitive op, List<Term> in) {
        return of(null, op, in);
    }

    /** One to be written. */
    static Term of(Primitive op, Term... in) {
        return of(op, List.of(in));
    }

    static Term of(Atom atom, Primitive op, List<Term> in) {
        return switch (in.size()) {
            case 1 -> new One(atom, op, in.getFirst());
            case 2 -> new Two(atom, op, in.getFirst(), in.getLast());
            default -> new Many(atom, op, in);
        };
    }

    static Term number(TensorType type, double value) {
        return new Number(Literal.of(type, value));
    }

    /** What it is computed from. */
    default List<Term> in() {
        return switch (this) {
            case Leaf _, Number _ -> List.of();
            case One(_, _, var x) -> List.of(x);
            case Two(_, _, var x, var y) -> List.of(x, y);
            case Many(_, _, var in) -> in;
        };
    }

    private Primitive primitive() {
        return switch (this) {
            case Leaf _, Number _ -> null;
            case One(_, var op, _) -> op;
            case Two(_, var op, _, _) -> op;
            case Many(_, var op, _) -> op;
        };
    }

    default TensorType type() {
        return atom() != null ? atom().type() : primitive().shape(in().stream().map(Term::type).toList()).getFirst();
    }

    default Shape shape() {
        return type().shape();
    }

    default DType dtype() {
        return type().dtype();
    }

    /** Whether both are known to be the same value. */
    default boolean same(Term other) {
        return atom() != null && atom().equals(other.atom());
    }
}
