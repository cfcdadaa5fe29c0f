package tfl.primitive;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** Builds scalar expressions, leaving out additions of zero and multiplications by one. */
final class Scalars {
    private Scalars() {}

    static ScalarExpr input(int index, DType dtype) {
        return new Input(index, dtype);
    }

    /** A number of that dtype; integers are truncated. */
    static Constant number(double value, DType dtype) {
        boolean real = dtype.isFloat() || dtype.isComplex();
        return new Constant(real ? Double.doubleToRawLongBits(value) : (long) value, dtype);
    }

    /** A number of the other expression's dtype. */
    static ScalarExpr like(ScalarExpr other, double value) {
        return number(value, other.dtype());
    }

    static ScalarExpr unary(UnaryOp op, ScalarExpr x) {
        return new Unary(op, x);
    }

    static ScalarExpr binary(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new Binary(op, x, y);
    }

    static ScalarExpr add(ScalarExpr x, ScalarExpr y) {
        return is(x, 0) ? y : is(y, 0) ? x : binary(BinaryOp.ADD, x, y);
    }

    static ScalarExpr sub(ScalarExpr x, ScalarExpr y) {
        return is(y, 0) ? x : binary(BinaryOp.SUB, x, y);
    }

    static ScalarExpr mul(ScalarExpr x, ScalarExpr y) {
        return is(x, 1) ? y : is(y, 1) ? x : binary(BinaryOp.MUL, x, y);
    }

    static ScalarExpr mul(ScalarExpr x, double factor) {
        return factor == -1 ? neg(x) : mul(x, like(x, factor));
    }

    static ScalarExpr div(ScalarExpr x, ScalarExpr y) {
        return is(y, 1) ? x : binary(BinaryOp.DIV, x, y);
    }

    static ScalarExpr neg(ScalarExpr x) {
        return x instanceof Unary(UnaryOp op, ScalarExpr inner) && op == UnaryOp.NEG ? inner : unary(UnaryOp.NEG, x);
    }

    static ScalarExpr square(ScalarExpr x) {
        return mul(x, x);
    }

    static ScalarExpr select(ScalarExpr condition, ScalarExpr yes, ScalarExpr no) {
        return yes.equals(no) ? yes : new Select(condition, yes, no);
    }

    static ScalarExpr cast(DType dtype, ScalarExpr x) {
        return x.dtype() == dtype ? x : new ScalarExpr.Cast(dtype, x);
    }

    /** The conjugate; constants are real numbers. */
    static ScalarExpr conj(ScalarExpr x) {
        return x.dtype().isComplex() && !(x instanceof Constant) ? unary(UnaryOp.CONJ, x) : x;
    }

    /** The expression with each input replaced. */
    static ScalarExpr substitute(ScalarExpr expression, Function<Input, ScalarExpr> by) {
        return replace(expression, leaf -> leaf instanceof Input input ? by.apply(input) : leaf);
    }

    /** The expression for positions along axes that lie so many further back. */
    static ScalarExpr moveAxes(ScalarExpr expression, int by) {
        return replace(expression, leaf -> leaf instanceof Index(int axis) ? new Index(axis + by) : leaf);
    }

    private static ScalarExpr replace(ScalarExpr expression, UnaryOperator<ScalarExpr> leaf) {
        return switch (expression) {
            case Unary(var op, var x) -> unary(op, replace(x, leaf));
            case Binary(var op, var x, var y) -> binary(op, replace(x, leaf), replace(y, leaf));
            case Select(var c, var x, var y) -> new Select(replace(c, leaf), replace(x, leaf), replace(y, leaf));
            case ScalarExpr.Cast(var dtype, var x) -> new ScalarExpr.Cast(dtype, replace(x, leaf));
            case Input input -> leaf.apply(input);
            case Index index -> leaf.apply(index);
            case Constant constant -> constant;
            case ScalarExpr.Stage stage -> stage;
        };
    }

    static boolean is(ScalarExpr x, double value) {
        return x instanceof Constant constant && constant.equals(number(value, constant.dtype()));
    }
}
