package tfl.backend.llvm;

import static tfl.tensor.DType.F32;

import java.util.Locale;
import tfl.kernel.UnaryOp;

/**
 * Transcendental functions of floats. Those that training loops live on are written out as polynomials, so
 * that they vectorise on every target and inline; the rest are calls. Polynomials: Cephes single-precision
 * library, S. Moshier.
 */
final class FloatMath {
    private final Code code;
    private final MathLibrary library;

    FloatMath(Code code, MathLibrary library) {
        this.code = code;
        this.library = library;
    }

    /** The function at {@code x}, of LLVM type {@code type}; null if there is no such float function. */
    String unary(UnaryOp op, String type, String x) {
        boolean single = type.equals("float");
        return switch (op) {
            case EXP -> single ? exp(x) : library.call(code, "exp", type, x);
            case LOG -> single ? log(x) : library.call(code, "log", type, x);
            case TANH -> single ? tanh(x) : library.call(code, "tanh", type, x);
            case SIGMOID -> sigmoid(type, x);
            case EXPM1, LOG1P, LOG2, LOG10, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH,
                    ERF, LGAMMA ->
                    library.call(code, op.name().toLowerCase(Locale.ROOT), type, x);
            default -> null;
        };
    }

    /**
     * e to the x: reduced by multiples m of 2 ln 2, so that the power 2^m can be put back in two equal steps, and
     * subnormals come out. The coefficients minimise the largest relative error (1.4e-8); within 2 ulp.
     */
    private String exp(String x) {
        var high = select("ogt", x, 89.5f, literal(89.5f), x);
        var clamped = select("olt", high, -104.5f, literal(-104.5f), high);
        // Adding it rounds to a whole number, whose exponent bias is in it: the low bits become those of 2^m.
        float shift = 0x1.8p23f + 127;
        var shifted = fma(clamped, literal(0x1.715476p-1f), literal(shift));
        var multiple = code.emit("fsub float " + shifted + ", " + literal(shift));
        var r = fma(multiple, literal(-0x1.62p0f), clamped);
        r = fma(multiple, literal(-0x1.c85fep-9f), r);
        var p = horner(r, 1.9611751e-4f, 1.4104346e-3f, 8.3360998e-3f, 4.1661274e-2f, 1.6666614e-1f, 5.0000036e-1f);
        var square = code.emit("fmul float " + r + ", " + r);
        var y = code.emit("fadd float " + fma(p, square, r) + ", 1.0");
        var bits = code.emit("shl i32 " + code.emit("bitcast float " + shifted + " to i32") + ", 23");
        var power = code.emit("bitcast i32 " + bits + " to float");
        return code.emit("fmul float " + code.emit("fmul float " + y + ", " + power) + ", " + power);
    }

    /** The natural logarithm: exponent and mantissa apart, subnormals scaled up first. */
    private String log(String x) {
        var tiny = code.emit("fcmp olt float " + x + ", " + literal(Float.MIN_NORMAL));
        var scaled = code.emit("select i1 " + tiny + ", float " + code.emit("fmul float " + x + ", "
                + literal(0x1p23f))
                + ", float " + x);
        var bits = code.emit("bitcast float " + scaled + " to i32");
        // Counted from sqrt(1/2), so that the mantissa lies in [sqrt(1/2), sqrt(2)).
        var offset = code.emit("sub i32 " + bits + ", " + Float.floatToRawIntBits(0x1.6a09e6p-1f));
        var exponent = code.emit("ashr i32 " + offset + ", 23");
        var mantissa = code.emit("bitcast i32 " + code.emit("sub i32 " + bits + ", "
                + code.emit("shl i32 " + exponent
                + ", 23")) + " to float");
        var bias = code.emit("select i1 " + tiny + ", float -23.0, float 0.0");
        var e = code.emit("fadd float " + code.emit("sitofp i32 " + exponent + " to float") + ", " + bias);
        var m = code.emit("fsub float " + mantissa + ", 1.0");
        var z = code.emit("fmul float " + m + ", " + m);
        var p = horner(m, 7.0376836292e-2f, -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f,
                1.4249322787e-1f,
                -1.6668057665e-1f, 2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f);
        var y = code.emit("fmul float " + code.emit("fmul float " + m + ", " + z) + ", " + p);
        y = fma(e, literal(-2.12194440e-4f), y);
        y = fma(z, literal(-0.5f), y);
        y = fma(e, literal(0.693359375f), code.emit("fadd float " + m + ", " + y));
        y = select("oeq", x, Float.POSITIVE_INFINITY, literal(Float.POSITIVE_INFINITY), y);
        y = select("oeq", x, 0f, literal(Float.NEGATIVE_INFINITY), y);
        var valid = code.emit("fcmp oge float " + x + ", 0.0");
        return code.emit("select i1 " + valid + ", float " + y + ", float " + literal(Float.NaN));
    }

    /**
     * An odd rational function, x P(x^2) / Q(x^2), whose coefficients minimise the largest relative error up to
     * where the result rounds to 1 (2.1e-8); with the rounding of its steps it is within 5 ulp.
     */
    private String tanh(String x) {
        var inside = clamp(x, 9.02f);
        var z = code.emit("fmul float " + inside + ", " + inside);
        var p = horner(z, 1.3319075620e-8f, 2.0583480363712e-5f, 3.494034288451e-3f, 1.3379718363285e-1f, 1f);
        var q = horner(z, 7.762019436086e-7f, 3.2830925192684e-4f, 2.5871071964502e-2f, 4.6713036298752e-1f, 1f);
        var quotient = code.emit("fdiv arcp float " + code.emit("fmul float " + inside + ", " + p) + ", " + q);
        return clamp(quotient, 1f);
    }

    /** x, or the bound of its sign where it lies beyond; NaN stays. */
    private String clamp(String x, float bound) {
        var high = select("ogt", x, bound, literal(bound), x);
        return select("olt", high, -bound, literal(-bound), high);
    }

    /** From e to the minus |x|, so that it loses no digits on the left either: 1/(1+e), or e/(1+e) there. */
    private String sigmoid(String type, String x) {
        var suffix = type.equals("float") ? "f32" : "f64";
        var magnitude = code.emit("call " + type + " @llvm.fabs." + suffix + "(" + type + " " + x + ")");
        var e = unary(UnaryOp.EXP, type, code.emit("fneg " + type + " " + magnitude));
        var negative = code.emit("fcmp olt " + type + " " + x + ", 0.0");
        var numerator = code.emit("select i1 " + negative + ", " + type + " " + e + ", " + type + " 1.0");
        return code.emit("fdiv " + type + " " + numerator + ", " + code.emit("fadd " + type + " " + e
                + ", 1.0"));
    }

    private String horner(String x, float... coefficients) {
        var sum = literal(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = fma(sum, x, literal(coefficients[i]));
        }
        return sum;
    }

    private String fma(String x, String y, String z) {
        return code.emit("call float @llvm.fma.f32(float " + x + ", float " + y + ", float " + z + ")");
    }

    private String select(String comparison, String x, float bound, String yes, String no) {
        var condition = code.emit("fcmp " + comparison + " float " + x + ", " + literal(bound));
        return code.emit("select i1 " + condition + ", float " + yes + ", float " + no);
    }

    private static String literal(float value) {
        return Value.literal(value, F32);
    }
}
