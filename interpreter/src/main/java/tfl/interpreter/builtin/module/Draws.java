package tfl.interpreter.builtin.module;

import java.util.List;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Select;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.primitive.Fused;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/** Random words as numbers: one kernel each, from i32 words to floats in the open interval or to integers. */
final class Draws {
    private static final ScalarExpr WORD = new Input(0, DType.I32);
    private static final ScalarExpr SECOND = new Input(1, DType.I32);
    // Giles, Approximating the erfinv function, 2010: the single-precision polynomials, near the centre and
    // in the tails.
    private static final double[] CENTRE = {2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06,
        0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941};
    private static final double[] TAIL =
            {-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773,
        -0.0076224613, 0.00943887047, 1.00167406, 2.83297682};

    private Draws() {}

    /** Floats in [0, 1): 24 bits of each word. */
    static TensorValue uniform(Tensors ops, TensorValue words) {
        return ops.run(new Fused("uniform", List.of(unit(WORD))), words);
    }

    /** Doubles in [0, 1): 53 bits of each pair of words. */
    static TensorValue uniform64(Tensors ops, TensorValue high, TensorValue low) {
        return ops.run(new Fused("uniform",
                List.of(multiply(new Cast(DType.F64, pair(11)), number(0x1p-53, DType.F64)))),
                high, low);
    }

    /** i64 numbers of 63 random bits, from pairs of words. */
    static TensorValue integers(Tensors ops, TensorValue high, TensorValue low) {
        return ops.run(new Fused("random integers", List.of(pair(1))), high, low);
    }

    /** Normally distributed floats, two for each pair of words (Box and Muller, 1958). */
    static List<TensorValue> normal(Tensors ops, TensorValue first, TensorValue second) {
        // The logarithm needs a number above 0, so zero counts as one: (0, 1] instead of [0, 1).
        var open = new Binary(BinaryOp.SUB, number(1, DType.F32), unit(WORD));
        var radius = new Unary(UnaryOp.SQRT, multiply(number(-2, DType.F32), new Unary(UnaryOp.LOG, open)));
        var angle = multiply(number(2 * Math.PI, DType.F32), unit(SECOND));
        return ops.runAll(new Fused("normal", List.of(multiply(radius, new Unary(UnaryOp.COS, angle)),
                multiply(radius, new Unary(UnaryOp.SIN, angle)))), first, second);
    }

    /** The standard normal quantile of each number in (0, 1), f32. */
    static TensorValue normalQuantile(Tensors ops, TensorValue probability) {
        var p = new Input(0, DType.F32);
        var x = new Binary(BinaryOp.SUB, multiply(number(2, DType.F32), p), number(1, DType.F32));
        var w = new Unary(UnaryOp.NEG, new Unary(UnaryOp.LOG, multiply(
                new Binary(BinaryOp.SUB, number(1, DType.F32), x),
                new Binary(BinaryOp.ADD, number(1, DType.F32), x))));
        var centre = polynomial(CENTRE, new Binary(BinaryOp.SUB, w, number(2.5, DType.F32)));
        var tail = polynomial(TAIL, new Binary(BinaryOp.SUB, new Unary(UnaryOp.SQRT, w),
                number(3, DType.F32)));
        var inverse = new Select(new Binary(BinaryOp.LT, w, number(5, DType.F32)), centre, tail);
        return ops.run(new Fused("normal quantile", List.of(multiply(number(Math.sqrt(2), DType.F32),
                multiply(inverse, x)))), probability);
    }

    private static ScalarExpr polynomial(double[] coefficients, ScalarExpr x) {
        ScalarExpr sum = number(coefficients[0], DType.F32);
        for (int i = 1; i < coefficients.length; i++) {
            sum = new Binary(BinaryOp.ADD, multiply(sum, x), number(coefficients[i], DType.F32));
        }
        return sum;
    }

    private static ScalarExpr unit(ScalarExpr word) {
        var high = new Binary(BinaryOp.AND, new Binary(BinaryOp.SHIFT_RIGHT, word, number(8, DType.I32)),
                number(0xFFFFFF, DType.I32));
        return multiply(new Cast(DType.F32, high), number(0x1p-24, DType.F32));
    }

    /** The first word above the second, without that many of the lowest bits and without a sign. */
    private static ScalarExpr pair(int dropped) {
        var high = new Binary(BinaryOp.SHIFT_LEFT, new Cast(DType.I64, WORD), number(32, DType.I64));
        var low = new Binary(BinaryOp.AND, new Cast(DType.I64, SECOND), number(0xFFFFFFFFL, DType.I64));
        var all = new Binary(BinaryOp.SHIFT_RIGHT, new Binary(BinaryOp.OR, high, low),
                number(dropped, DType.I64));
        return new Binary(BinaryOp.AND, all, number(-1L >>> dropped, DType.I64));
    }

    private static ScalarExpr multiply(ScalarExpr x, ScalarExpr y) {
        return new Binary(BinaryOp.MUL, x, y);
    }

    private static Constant number(double value, DType dtype) {
        return new Constant(dtype.isFloat() ? Double.doubleToRawLongBits(value) : (long) value, dtype);
    }

    private static Constant number(long value, DType dtype) {
        return dtype.isFloat() ? number((double) value, dtype) : new Constant(value, dtype);
    }
}
