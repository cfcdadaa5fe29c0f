package tfl.backend.llvm;

import java.util.Locale;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** Operations on float and double; half-width operands are floats here. */
final class FloatScalars {
    private final Code code;
    private final MathLibrary library;
    private final FloatMath math;

    FloatScalars(Code code, MathLibrary library) {
        this.code = code;
        this.library = library;
        math = new FloatMath(code, library);
    }

    /** The result's name; null where the operation is not one on floats. */
    String unary(UnaryOp op, Value x) {
        var type = x.type();
        var name = x.name();
        return switch (op) {
            case NEG -> code.emit("fneg " + type + " " + name);
            case ABS -> intrinsic("fabs", type, name);
            case SIGN -> sign(type, name);
            case SQRT -> intrinsic("sqrt", type, name);
            case RSQRT -> code.emit("fdiv " + type + " 1.0, " + intrinsic("sqrt", type, name));
            case RECIPROCAL -> code.emit("fdiv " + type + " 1.0, " + name);
            case FLOOR -> intrinsic("floor", type, name);
            case CEIL -> intrinsic("ceil", type, name);
            case TRUNC -> intrinsic("trunc", type, name);
            case ROUND -> intrinsic("roundeven", type, name);
            case IS_NAN -> code.emit("fcmp uno " + type + " " + name + ", 0.0");
            case IS_INF -> code.emit("fcmp oeq " + type + " " + intrinsic("fabs", type, name) + ", "
                    + infinity(x));
            case IS_FINITE -> code.emit("fcmp olt " + type + " " + intrinsic("fabs", type, name) + ", "
                    + infinity(x));
            case SIGNBIT -> signBit(type, name);
            case CONJ, REAL -> name;
            case IMAG -> "0.0";
            default -> math.unary(op, type, name);
        };
    }

    private static String infinity(Value x) {
        return Value.literal(Double.POSITIVE_INFINITY, x.dtype());
    }

    private String signBit(String type, String x) {
        var integer = type.equals("float") ? "i32" : "i64";
        return code.emit("icmp slt " + integer + " " + code.emit("bitcast " + type + " " + x + " to "
                + integer) + ", 0");
    }

    private String sign(String type, String x) {
        var magnitude = code.emit("fcmp ogt " + type + " " + intrinsic("fabs", type, x) + ", 0.0");
        var one = intrinsic("copysign", type, "1.0", x);
        return code.emit("select i1 " + magnitude + ", " + type + " " + one + ", " + type + " " + x);
    }

    /** The result's name; null where the operation is not one on floats. */
    String binary(BinaryOp op, Value x, Value y) {
        var type = x.type();
        return switch (op) {
            case ADD -> plain("fadd", x, y);
            case SUB -> plain("fsub", x, y);
            case MUL -> plain("fmul", x, y);
            case DIV -> plain("fdiv", x, y);
            case FLOOR_DIV -> floorDivision(type, x.name(), y.name());
            case MOD -> remainder(type, x.name(), y.name());
            case POW, ATAN2, HYPOT -> library.call(code, op.name().toLowerCase(Locale.ROOT), type, x.name(),
                    y.name());
            case NEXTAFTER -> x.dtype() == DType.F16 || x.dtype() == DType.BF16 ? null
                    : library.call(code, "nextafter", type, x.name(), y.name());
            case MAX -> intrinsic("maximum", type, x.name(), y.name());
            case MIN -> intrinsic("minimum", type, x.name(), y.name());
            case COPYSIGN -> intrinsic("copysign", type, x.name(), y.name());
            case LOGADDEXP -> logAddExp(type, x.name(), y.name());
            case EQ -> plain("fcmp oeq", x, y);
            case NE -> plain("fcmp une", x, y);
            case LT -> plain("fcmp olt", x, y);
            case LE -> plain("fcmp ole", x, y);
            case GT -> plain("fcmp ogt", x, y);
            case GE -> plain("fcmp oge", x, y);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT, COMPLEX -> null;
        };
    }

    private String plain(String op, Value x, Value y) {
        return code.emit(op + " " + x.type() + " " + x.name() + ", " + y.name());
    }

    private String intrinsic(String name, String type, String... arguments) {
        var list = new StringBuilder();
        for (var argument : arguments) {
            list.append(list.isEmpty() ? "" : ", ").append(type).append(' ').append(argument);
        }
        var suffix = type.equals("float") ? "f32" : "f64";
        return code.emit("call " + type + " @llvm." + name + "." + suffix + "(" + list + ")");
    }

    /** In doubles, where the remainder and quotient of floats are exact. */
    private String wide(String type, String x) {
        return type.equals("double") ? x : code.emit("fpext float " + x + " to double");
    }

    private String narrow(String type, String x) {
        return type.equals("double") ? x : code.emit("fptrunc double " + x + " to float");
    }

    private String select(String condition, String yes, String no) {
        return code.emit("select i1 " + condition + ", double " + yes + ", double " + no);
    }

    /** Whether a remainder that is not zero has the sign opposite to the divisor's. */
    private String opposed(String rest, String y) {
        var signs = code.emit("xor i1 " + code.emit("fcmp olt double " + rest + ", 0.0") + ", "
                + code.emit("fcmp olt double " + y + ", 0.0"));
        return code.emit("and i1 " + signs + ", " + code.emit("fcmp one double " + rest + ", 0.0"));
    }

    /** Python's {@code %}: the exact remainder, moved to the divisor's sign. */
    private String remainder(String type, String left, String right) {
        var x = wide(type, left);
        var y = wide(type, right);
        var rest = code.emit("frem double " + x + ", " + y);
        var moved = select(opposed(rest, y), code.emit("fadd double " + rest + ", " + y), rest);
        var zero = code.emit("fcmp oeq double " + rest + ", 0.0");
        return narrow(type, select(zero, intrinsic("copysign", "double", "0.0", y), moved));
    }

    /** Python's {@code //}: from the exact remainder, since {@code floor(x / y)} may be rounded up. */
    private String floorDivision(String type, String left, String right) {
        var x = wide(type, left);
        var y = wide(type, right);
        var plain = code.emit("fdiv double " + x + ", " + y);
        var rest = code.emit("frem double " + x + ", " + y);
        var whole = code.emit("fdiv double " + code.emit("fsub double " + x + ", " + rest) + ", " + y);
        var floored = select(opposed(rest, y), code.emit("fsub double " + whole + ", 1.0"), whole);
        var zero = code.emit("fcmp oeq double " + floored + ", 0.0");
        var below = intrinsic("floor", "double", floored);
        var nearer = code.emit("fcmp ogt double " + code.emit("fsub double " + floored + ", " + below) + ", 0.5");
        var quotient = select(zero, intrinsic("copysign", "double", "0.0", plain),
                select(nearer, code.emit("fadd double " + below + ", 1.0"), below));
        // A quotient that is no whole number lies between the right ones, however it was rounded.
        var lower = intrinsic("floor", "double", plain);
        var exact = select(code.emit("fcmp one double " + plain + ", " + lower), lower, quotient);
        return narrow(type, select(code.emit("fcmp oeq double " + y + ", 0.0"), plain, exact));
    }

    /** {@code max + log1p(exp(-|x - y|))}; equal infinities have no difference. */
    private String logAddExp(String type, String x, String y) {
        var larger = intrinsic("maximum", type, x, y);
        var difference = code.emit("fsub " + type + " " + x + ", " + y);
        var power = math.unary(UnaryOp.EXP, type, code.emit("fneg " + type + " "
                + intrinsic("fabs", type, difference)));
        var sum = code.emit("fadd " + type + " " + larger + ", " + math.unary(UnaryOp.LOG1P, type, power));
        var equal = code.emit("fcmp oeq " + type + " " + x + ", " + y);
        var two = code.emit("fadd " + type + " " + x + ", " + Value.literal(Math.log(2), type.equals("float")
                ? DType.F32 : DType.F64));
        return code.emit("select i1 " + equal + ", " + type + " " + two + ", " + type + " " + sum);
    }
}
