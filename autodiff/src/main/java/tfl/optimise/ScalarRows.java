package tfl.optimise;

import java.util.EnumSet;
import java.util.Set;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.optimise.Term.Many;
import tfl.optimise.Term.Number;
import tfl.optimise.Term.One;
import tfl.optimise.Term.Two;
import tfl.primitive.Activation;
import tfl.primitive.Binary;
import tfl.primitive.Cast;
import tfl.primitive.Clip;
import tfl.primitive.Select;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/** The rows of {@link Simplify} for what happens to one element. */
final class ScalarRows {
    private static final Set<UnaryOp> UNDO_THEMSELVES = EnumSet.of(UnaryOp.NEG, UnaryOp.NOT, UnaryOp.CONJ);
    private static final Set<UnaryOp> ROUNDINGS =
            EnumSet.of(UnaryOp.FLOOR, UnaryOp.CEIL, UnaryOp.TRUNC, UnaryOp.ROUND);
    private static final Set<UnaryOp> SETTLE = EnumSet.of(UnaryOp.ABS, UnaryOp.SIGN);

    private ScalarRows() {}

    static Term of(Term term) {
        return switch (term) {
            case One(_, Cast(var dtype), var x) when x.dtype() == dtype -> x;
            case One(_, Cast cast, One(_, Cast(var middle), var x)) when keeps(x.dtype(), middle, cast.dtype()) ->
                Term.of(cast, x);
            case One(_, Clip(double low, double high), var x) when low == Double.NEGATIVE_INFINITY
                    && high == Double.POSITIVE_INFINITY -> x;
            case One(_, Activation relu, One x) when relu.function() == Activation.Function.RELU
                    && relu.equals(x.op()) -> x;
            case One(_, Unary(var op), var x) -> unary(op, x);
            case Two(_, Binary(var op), Number x, var y) when number(op, y, x, true) instanceof Term simpler ->
                simpler;
            case Two(_, Binary(var op), var x, Number y) when number(op, x, y, false) instanceof Term simpler ->
                simpler;
            case Two(_, Binary(var op), var x, var y) when x.same(y) -> same(op, x);
            case Two(_, Binary(var op), var x, var y) -> binary(op, x, y);
            case Many(_, Select(), var in) -> select(in.get(0), in.get(1), in.get(2));
            default -> null;
        };
    }

    private static Term unary(UnaryOp op, Term x) {
        return switch (x) {
            case One(_, Unary(var inner), var y) when op == inner && UNDO_THEMSELVES.contains(op) -> y;
            case One(_, Unary(var inner), _) when op == inner && SETTLE.contains(op)
                    && !x.dtype().isComplex() -> x;
            case One(_, Unary(var inner), _) when ROUNDINGS.contains(op) && ROUNDINGS.contains(inner) -> x;
            case One(_, Unary(var inner), var y) when op == UnaryOp.ABS && inner == UnaryOp.NEG
                    && x.dtype() != DType.U8 -> Term.of(new Unary(op), y);
            // -(a - b) of floats is -0 where a = b, and b - a is 0.
            case Two(_, Binary(var inner), var a, var b) when op == UnaryOp.NEG && inner == BinaryOp.SUB
                    && isWhole(x.dtype()) -> Term.of(new Binary(inner), b, a);
            case Two(_, Binary(var inner), var a, var b) when op == UnaryOp.NOT
                    && opposite(inner, a.dtype()) instanceof BinaryOp other -> Term.of(new Binary(other), a, b);
            case Two(_, Binary(var inner), var a, _) when op == UnaryOp.REAL && inner == BinaryOp.COMPLEX -> a;
            case Two(_, Binary(var inner), _, var b) when op == UnaryOp.IMAG && inner == BinaryOp.COMPLEX -> b;
            default -> isWhole(x.dtype()) && ROUNDINGS.contains(op) ? x
                    : !x.dtype().isComplex() && (op == UnaryOp.REAL || op == UnaryOp.CONJ) ? x : null;
        };
    }

    /** The comparison that holds where this one does not; of floats, NaN speaks against all but equality. */
    private static BinaryOp opposite(BinaryOp op, DType dtype) {
        return switch (op) {
            case EQ -> BinaryOp.NE;
            case NE -> BinaryOp.EQ;
            case LT -> isWhole(dtype) ? BinaryOp.GE : null;
            case GE -> isWhole(dtype) ? BinaryOp.LT : null;
            case GT -> isWhole(dtype) ? BinaryOp.LE : null;
            case LE -> isWhole(dtype) ? BinaryOp.GT : null;
            default -> null;
        };
    }

    private static Term binary(BinaryOp op, Term x, Term y) {
        var left = x instanceof One(_, Unary(var f), var a) && f == UnaryOp.NEG ? a : null;
        var right = y instanceof One(_, Unary(var f), var b) && f == UnaryOp.NEG ? b : null;
        return switch (op) {
            case ADD -> right != null ? Term.of(new Binary(BinaryOp.SUB), x, right)
                    : left != null ? Term.of(new Binary(BinaryOp.SUB), y, left) : null;
            case SUB -> right != null ? Term.of(new Binary(BinaryOp.ADD), x, right) : null;
            case MUL, DIV -> left != null && right != null && !x.dtype().isComplex()
                    ? Term.of(new Binary(op), left, right) : null;
            case COMPLEX -> x instanceof One(_, Unary(var f), var a) && f == UnaryOp.REAL && a.dtype().isComplex()
                    && y instanceof One(_, Unary(var g), var b) && g == UnaryOp.IMAG && a.same(b) ? a : null;
            default -> null;
        };
    }

    /** {@code x op x}. */
    private static Term same(BinaryOp op, Term x) {
        var bool = new TensorType(DType.BOOL, x.shape());
        return switch (op) {
            case MAX, MIN, AND, OR -> x;
            case XOR -> Term.number(x.type(), 0);
            case SUB -> isWhole(x.dtype()) ? Term.number(x.type(), 0) : null;
            case LT, GT -> Term.number(bool, 0);
            case EQ, LE, GE -> isWhole(x.dtype()) ? Term.number(bool, 1) : null;
            case NE -> isWhole(x.dtype()) ? Term.number(bool, 0) : null;
            default -> null;
        };
    }

    /** {@code x op n}, or {@code n op x} if the number comes first. */
    private static Term number(BinaryOp op, Term x, Number n, boolean first) {
        boolean whole = isWhole(x.dtype());
        boolean real = !x.dtype().isComplex();
        return switch (op) {
            // -0 + 0 is 0, so only -0 leaves every float alone.
            case ADD -> whole && n.is(0) || !whole && real && n.is(-0.0) ? x : null;
            case SUB -> first ? whole && n.is(0) || !whole && real && n.is(-0.0) ? Term.of(new Unary(UnaryOp.NEG), x)
                    : null : n.is(0) ? x : null;
            // 0 * x is NaN for infinities, and -0 for negative floats.
            case MUL -> real && n.is(1) ? x : whole && n.is(0) ? n : null;
            case DIV -> first || !real ? null : n.is(1) ? x : multiplied(x, n);
            case FLOOR_DIV -> !first && whole && n.is(1) ? x : null;
            case MOD -> !first && whole && n.is(1) ? Term.number(x.type(), 0) : null;
            case POW -> !first && whole && n.is(1) ? x : null;
            case AND -> n.is(0) ? n : hasAllBits(n) ? x : null;
            case OR -> n.is(0) ? x : hasAllBits(n) ? n : null;
            case XOR -> n.is(0) ? x : hasAllBits(n) ? Term.of(new Unary(UnaryOp.NOT), x) : null;
            case SHIFT_LEFT, SHIFT_RIGHT -> !first && n.is(0) ? x : null;
            default -> null;
        };
    }

    /** Division by a power of two whose reciprocal is one too: the product is the same number, and cheaper. */
    private static Term multiplied(Term x, Number n) {
        double value = n.value();
        int exponent = Math.getExponent(value);
        boolean exact = (x.dtype() == DType.F32 || x.dtype() == DType.F64) && Math.abs(exponent) <= 126
                && Math.abs(value) == Math.scalb(1.0, exponent);
        return exact ? Term.of(new Binary(BinaryOp.MUL), x, Term.number(x.type(), 1 / value)) : null;
    }

    private static boolean hasAllBits(Number n) {
        return switch (n.dtype()) {
            case BOOL -> n.is(1);
            case U8 -> n.is(255);
            default -> n.is(-1);
        };
    }

    private static Term select(Term condition, Term yes, Term no) {
        if (yes.same(no)) {
            return yes;
        }
        return switch (condition) {
            case Number number -> number.is(0) ? no : yes;
            case One(_, Unary(var op), var c) when op == UnaryOp.NOT -> Term.of(new Select(), c, no, yes);
            default -> {
                if (yes instanceof Number a && no instanceof Number b && a.dtype() == DType.BOOL) {
                    yield a.is(1) && b.is(0) ? condition : a.is(0) && b.is(1)
                            ? Term.of(new Unary(UnaryOp.NOT), condition) : null;
                }
                yield yes instanceof Many(_, Select(), var in) && in.getFirst().same(condition)
                        ? Term.of(new Select(), condition, in.get(1), no)
                        : no instanceof Many(_, Select(), var other) && other.getFirst().same(condition)
                        ? Term.of(new Select(), condition, yes, other.get(2)) : null;
            }
        };
    }

    private static boolean isWhole(DType dtype) {
        return !dtype.isDifferentiable();
    }

    /** Whether a conversion by way of another dtype gives what the direct one gives. */
    private static boolean keeps(DType from, DType middle, DType to) {
        // To an integer, a float saturates and a wider integer wraps.
        boolean alike = from.isFloat() == middle.isFloat() || to == from || !to.isInteger() || from == DType.BOOL;
        // A long way down may be rounded twice, or once.
        boolean near = from.isFloat() || from.bytes() < 4 || to.bytes() >= 4 || !to.isFloat();
        return alike && near && holds(middle, from);
    }

    /** Whether a dtype holds every number of another. */
    private static boolean holds(DType wide, DType narrow) {
        return wide == narrow || !wide.isComplex() && switch (narrow) {
            case BOOL -> true;
            case U8 -> wide.isFloat() || wide.isInteger() && wide.bytes() > 1;
            case I8 -> wide.isFloat() || wide.isInteger() && wide.bytes() > 1;
            case I16 -> wide.bytes() >= 4;
            case I32 -> wide.bytes() == 8;
            case F16, BF16 -> wide.isFloat() && wide.bytes() >= 4;
            case F32 -> wide == DType.F64;
            case I64, F64, C64 -> false;
        };
    }
}
