package tfl.interpreter.builtin.prelude;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.primitive.Clip;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** Functions of one element at a time. */
final class ElementwiseFunctions {
    private ElementwiseFunctions() {}

    static List<Builtin> rows() {
        var rows = Rows.ofNumbers("prelude");
        exponentials(rows);
        trigonometry(rows);
        rounding(rows);
        tests(rows);
        return rows.list();
    }

    private static void exponentials(Rows rows) {
        floating(rows, "exp", UnaryOp.EXP, Math::exp, "e to the power of each element.");
        floating(rows, "expm1", UnaryOp.EXPM1, Math::expm1, "exp(x) - 1, accurate near 0.");
        floating(rows, "log", UnaryOp.LOG, Math::log, "The natural logarithm.");
        floating(rows, "log1p", UnaryOp.LOG1P, Math::log1p, "log(1 + x), accurate near 0.");
        floating(rows, "log2", UnaryOp.LOG2, null, "The logarithm to base 2.");
        floating(rows, "log10", UnaryOp.LOG10, Math::log10, "The logarithm to base 10.");
        floating(rows, "sqrt", UnaryOp.SQRT, Math::sqrt, "The square root.");
        floating(rows, "rsqrt", UnaryOp.RSQRT, x -> 1 / Math.sqrt(x), "1 / sqrt(x).");
        floating(rows, "reciprocal", UnaryOp.RECIPROCAL, x -> 1 / x, "1 / x.");
        floating(rows, "erf", UnaryOp.ERF, null, "The error function.");
        floating(rows, "lgamma", UnaryOp.LGAMMA, null, "The logarithm of the absolute gamma function.");
        floating(rows, "digamma", UnaryOp.DIGAMMA, null, "The derivative of lgamma.");
        floating(rows, "sigmoid", UnaryOp.SIGMOID, x -> 1 / (1 + Math.exp(-x)), "1 / (1 + exp(-x)).");
        activation(rows, "square", Activation.Function.SQUARE, false, x -> x * x, "x * x.");
        activation(rows, "relu", Activation.Function.RELU, false, x -> x > 0 ? x : x <= 0 ? 0 : x,
                "max(x, 0).");
        activation(rows, "gelu", Activation.Function.GELU, true, null,
                "x times the normal distribution function of x.");
        activation(rows, "silu", Activation.Function.SILU, true, null, "x * sigmoid(x).");
        activation(rows, "elu", Activation.Function.ELU, true, null, "x above 0, exp(x) - 1 below.");
        activation(rows, "softplus", Activation.Function.SOFTPLUS, true, null,
                "log(1 + exp(x)) without overflow.");
        activation(rows, "log_sigmoid", Activation.Function.LOG_SIGMOID, true, null,
                "log(sigmoid(x)) without overflow.");
    }

    private static void trigonometry(Rows rows) {
        floating(rows, "sin", UnaryOp.SIN, Math::sin, "The sine of an angle in radians.");
        floating(rows, "cos", UnaryOp.COS, Math::cos, "The cosine of an angle in radians.");
        floating(rows, "tan", UnaryOp.TAN, Math::tan, "The tangent of an angle in radians.");
        floating(rows, "asin", UnaryOp.ASIN, Math::asin, "The angle of a sine.");
        floating(rows, "acos", UnaryOp.ACOS, Math::acos, "The angle of a cosine.");
        floating(rows, "atan", UnaryOp.ATAN, Math::atan, "The angle of a tangent.");
        floating(rows, "sinh", UnaryOp.SINH, Math::sinh, "The hyperbolic sine.");
        floating(rows, "cosh", UnaryOp.COSH, Math::cosh, "The hyperbolic cosine.");
        floating(rows, "tanh", UnaryOp.TANH, Math::tanh, "The hyperbolic tangent.");
        floating(rows, "asinh", UnaryOp.ASINH, null, "The inverse hyperbolic sine.");
        floating(rows, "acosh", UnaryOp.ACOSH, null, "The inverse hyperbolic cosine.");
        floating(rows, "atanh", UnaryOp.ATANH, null, "The inverse hyperbolic tangent.");
    }

    // Integers are whole already; numbers keep their kind, so a lone int gives an int.
    private static void rounding(Rows rows) {
        rows.add("floor", "x", "The largest whole number not above x.", call -> rounded(call, UnaryOp.FLOOR));
        rows.add("ceil", "x", "The smallest whole number not below x.", call -> rounded(call, UnaryOp.CEIL));
        rows.add("trunc", "x", "The whole number next to x towards 0.", call -> rounded(call, UnaryOp.TRUNC));
        rows.add("round", "x, decimals=0", "The nearest whole number, ties to the even one.",
                ElementwiseFunctions::round);
        rows.add("abs", "x", "The distance from 0.", call -> call.value(0) instanceof Long number
                ? exact(call, number, Math::absExact) : call.unwrapped(keepBool(call, UnaryOp.ABS)));
        rows.add("sign", "x", "-1, 0 or 1.", call -> call.unwrapped(keepBool(call, UnaryOp.SIGN)));
        rows.add("negative", "x", "-x.",
                call -> call.value(0) instanceof Long number ? exact(call, number, Math::negateExact)
                        : call.unwrapped(call.ops().unary(UnaryOp.NEG, call.tensor(0))));
        rows.add("positive", "x", "x itself.", call -> call.unwrapped(call.tensor(0)));
        rows.add("clip", "x, min=none, max=none", "x held between two bounds.", ElementwiseFunctions::clip);
        rows.add("real", "x", "The real part.", call -> part(call, UnaryOp.REAL));
        rows.add("imag", "x", "The imaginary part.", call -> part(call, UnaryOp.IMAG));
        rows.add("conj", "x", "The complex conjugate.", call -> complex(call) ? part(call, UnaryOp.CONJ)
                : call.unwrapped(call.tensor(0)));
        rows.add("angle", "z", "The angle of a complex number.", call -> {
            var z = call.tensor(0);
            return call.unwrapped(call.ops().binary(BinaryOp.ATAN2, imaginary(call.ops(), z),
                    real(call.ops(), z)));
        });
    }

    private static void tests(Rows rows) {
        rows.add("isnan", "x", "Whether an element is nan.", call -> test(call, UnaryOp.IS_NAN, false));
        rows.add("isinf", "x", "Whether an element is inf or -inf.",
                call -> test(call, UnaryOp.IS_INF, false));
        rows.add("isfinite", "x", "Whether an element is neither nan nor infinite.",
                call -> test(call, UnaryOp.IS_FINITE, true));
        rows.add("signbit", "x", "Whether an element bears a minus sign.", call -> call.unwrapped(
                call.ops().unary(UnaryOp.SIGNBIT, call.tensor(0))));
        rows.add("logical_not", "x", "Whether an element is false or zero.", call -> call.unwrapped(
                call.ops().unary(UnaryOp.NOT, call.ops().cast(call.tensor(0), DType.BOOL))));
        rows.add("bitwise_invert", "x", "Each bit inverted; for bools, not.",
                call -> call.unwrapped(call.ops().unary(UnaryOp.NOT, call.tensor(0))));
        rows.add("bitwise_count", "x", "How many bits of the magnitude are one.", call -> call.unwrapped(
                call.ops().unary(UnaryOp.BIT_COUNT, call.ops().unary(UnaryOp.ABS, call.tensor(0)))));
    }

    private static void floating(Rows rows, String name, UnaryOp op, DoubleUnaryOperator scalar, String doc) {
        rows.add(name, "x", doc, scalar, call -> call.unwrapped(call.ops().unary(op, floats(call))));
    }

    private static void activation(Rows rows, String name, Activation.Function function, boolean floats,
            DoubleUnaryOperator scalar, String doc) {
        rows.add(name, "x", doc, scalar, call -> call.unwrapped(
                call.ops().activation(function, floats ? floats(call) : call.tensor(0))));
    }

    // A lone int is as wide as any scalar float, so it must not pass through f32.
    private static TensorValue floats(Call call) {
        return call.isNumber(0) ? call.ops().cast(call.tensor(0), DType.F64) : call.ops().floats(call.tensor(0));
    }

    private static Object rounded(Call call, UnaryOp op) {
        var x = call.tensor(0);
        return call.unwrapped(x.type().dtype().isFloat() ? call.ops().unary(op, x) : x);
    }

    private static Object round(Call call) {
        long decimals = call.integer(1);
        var x = call.tensor(0);
        if (decimals == 0 || !x.type().dtype().isFloat()) {
            return rounded(call, UnaryOp.ROUND);
        }
        var ops = call.ops();
        double scale = Math.pow(10, Math.abs(decimals));
        var shifted = decimals > 0 ? ops.multiply(x, scale) : ops.divide(x, scale);
        var whole = ops.unary(UnaryOp.ROUND, shifted);
        return call.unwrapped(decimals > 0 ? ops.divide(whole, scale) : ops.multiply(whole, scale));
    }

    private static TensorValue keepBool(Call call, UnaryOp op) {
        var x = call.tensor(0);
        return x.type().dtype() == DType.BOOL ? x : call.ops().unary(op, x);
    }

    private static Object clip(Call call) {
        Object result = call.operand(0);
        Object low = call.isNone(1) ? null : call.operand(1);
        Object high = call.isNone(2) ? null : call.operand(2);
        if (!isTensor(low) || !isTensor(high)) {
            return call.unwrapped(clipped(call, call.tensor(0), low, high));
        }
        result = call.ops().binary(BinaryOp.MAX, result, low);
        return call.unwrapped(call.ops().binary(BinaryOp.MIN, result, high));
    }

    private static TensorValue clipped(Call call, TensorValue x, Object low, Object high) {
        boolean plain = !(low instanceof TensorValue) && !(high instanceof TensorValue);
        boolean whole = !(low instanceof Double) && !(high instanceof Double);
        if (plain && (whole || x.type().dtype().isFloat())) {
            double least = low == null ? Double.NEGATIVE_INFINITY : ((Number) low).doubleValue();
            double most = high == null ? Double.POSITIVE_INFINITY : ((Number) high).doubleValue();
            if (least <= most) {
                return call.ops().run(new Clip(least, most), x);
            }
        }
        var ops = call.ops();
        if (!isTensor(low) && !isTensor(high)) {
            return ops.clip(x, low, high);
        }
        var raised = low == null ? x : ops.binary(BinaryOp.MAX, x, low);
        return high == null ? raised : ops.binary(BinaryOp.MIN, raised, high);
    }

    private static boolean isTensor(Object bound) {
        return bound instanceof TensorValue && !Lifted.isWeak(bound);
    }

    private static boolean complex(Call call) {
        return call.tensor(0).type().dtype().isComplex();
    }

    private static Object exact(Call call, long number, LongUnaryOperator function) {
        try {
            return function.applyAsLong(number);
        } catch (ArithmeticException tooLarge) {
            throw TflException.of(ErrorKind.ARITHMETIC, "TFL-E0231", call.name() + "(" + number
                    + ") does not fit an int (64 bits)", "use floats, such as " + number + ".0");
        }
    }

    private static Object part(Call call, UnaryOp op) {
        var x = call.tensor(0);
        return call.unwrapped(switch (op) {
            case REAL -> real(call.ops(), x);
            case IMAG -> imaginary(call.ops(), x);
            default -> call.ops().unary(op, x);
        });
    }

    private static TensorValue real(Tensors ops, TensorValue x) {
        return x.type().dtype().isComplex() ? ops.unary(UnaryOp.REAL, x) : ops.floats(x);
    }

    private static TensorValue imaginary(Tensors ops, TensorValue x) {
        return x.type().dtype().isComplex() ? ops.unary(UnaryOp.IMAG, x)
                : ops.full(x.type().dtype(), x.type().shape(), 0L);
    }

    private static Object test(Call call, UnaryOp op, boolean whole) {
        var x = call.tensor(0);
        return call.unwrapped(x.type().dtype().isDifferentiable() ? call.ops().unary(op, x)
                : call.ops().full(DType.BOOL, x.type().shape(), whole ? 1L : 0L));
    }
}
