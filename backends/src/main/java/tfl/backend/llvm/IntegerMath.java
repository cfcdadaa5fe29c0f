package tfl.backend.llvm;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

/** Wrapping integers and bools. Nothing here is undefined behaviour, whatever the operands. */
final class IntegerMath {
    private final Code code;

    IntegerMath(Code code) {
        this.code = code;
    }

    /** The result's name; null where the operation is not one on integers. */
    String unary(UnaryOp op, Value x) {
        var type = x.type();
        return switch (op) {
            case NEG -> code.emit("sub " + type + " 0, " + x.name());
            case NOT -> code.emit("xor " + type + " " + x.name() + ", -1");
            case ABS -> isSigned(x) ? code.emit("call " + type + " @llvm.abs." + type + "(" + type + " "
                    + x.name()
                    + ", i1 false)") : x.name();
            case SIGN -> sign(x);
            case FLOOR, CEIL, TRUNC, ROUND, CONJ, REAL -> x.name();
            case IS_NAN, IS_INF -> "false";
            case IS_FINITE -> "true";
            case SIGNBIT -> isSigned(x) ? code.emit("icmp slt " + type + " " + x.name() + ", 0") : "false";
            case BIT_COUNT -> code.emit("call " + type + " @llvm.ctpop." + type + "(" + type + " " + x.name()
                    + ")");
            default -> null;
        };
    }

    private String sign(Value x) {
        var type = x.type();
        var positive = code.emit("icmp ne " + type + " " + x.name() + ", 0");
        var one = code.emit("zext i1 " + positive + " to i64");
        var magnitude = type.equals("i64") ? one : type.equals("i1") ? positive
                : code.emit("trunc i64 " + one + " to " + type);
        if (!isSigned(x)) {
            return magnitude;
        }
        var negative = code.emit("icmp slt " + type + " " + x.name() + ", 0");
        return code.emit("select i1 " + negative + ", " + type + " -1, " + type + " " + magnitude);
    }

    /** The result's name; null where the operation is not one on integers. */
    String binary(BinaryOp op, Value x, Value y) {
        boolean bool = x.dtype() == DType.BOOL;
        boolean signed = isSigned(x);
        return switch (op) {
            case ADD -> plain(bool ? "or" : "add", x, y);
            case SUB -> plain(bool ? "xor" : "sub", x, y);
            case MUL -> plain(bool ? "and" : "mul", x, y);
            case AND -> plain("and", x, y);
            case OR -> plain("or", x, y);
            case XOR -> plain("xor", x, y);
            case MAX -> bool ? plain("or", x, y) : intrinsic(signed ? "smax" : "umax", x, y);
            case MIN -> bool ? plain("and", x, y) : intrinsic(signed ? "smin" : "umin", x, y);
            case FLOOR_DIV -> bool ? null : signed ? signedDivision(x, y) : unsignedDivision("udiv", x, y);
            case MOD -> bool ? null : signed ? signedRemainder(x, y) : unsignedDivision("urem", x, y);
            case SHIFT_LEFT, SHIFT_RIGHT -> bool ? null : shift(op, x, y);
            case EQ -> compare("eq", x, y);
            case NE -> compare("ne", x, y);
            case LT -> compare(signed ? "slt" : "ult", x, y);
            case LE -> compare(signed ? "sle" : "ule", x, y);
            case GT -> compare(signed ? "sgt" : "ugt", x, y);
            case GE -> compare(signed ? "sge" : "uge", x, y);
            default -> null;
        };
    }

    private static boolean isSigned(Value x) {
        return x.dtype().kind() == DType.Kind.SIGNED;
    }

    private String plain(String op, Value x, Value y) {
        return code.emit(op + " " + x.type() + " " + x.name() + ", " + y.name());
    }

    private String compare(String condition, Value x, Value y) {
        return code.emit("icmp " + condition + " " + x.type() + " " + x.name() + ", " + y.name());
    }

    private String intrinsic(String name, Value x, Value y) {
        var type = x.type();
        return code.emit("call " + type + " @llvm." + name + "." + type + "(" + type + " " + x.name() + ", "
                + type + " "
                + y.name() + ")");
    }

    private String select(String condition, String type, String yes, String no) {
        return code.emit("select i1 " + condition + ", " + type + " " + yes + ", " + type + " " + no);
    }

    private String unsignedDivision(String op, Value x, Value y) {
        var type = x.type();
        var zero = code.emit("icmp eq " + type + " " + y.name() + ", 0");
        var divisor = select(zero, type, "1", y.name());
        return select(zero, type, "0", code.emit(op + " " + type + " " + x.name() + ", " + divisor));
    }

    /** A divisor that cannot trap: 1 in place of 0, and of -1, whose quotient is the negation. */
    private String safeDivisor(Value y) {
        var zero = code.emit("icmp eq " + y.type() + " " + y.name() + ", 0");
        var minusOne = code.emit("icmp eq " + y.type() + " " + y.name() + ", -1");
        return select(code.emit("or i1 " + zero + ", " + minusOne), y.type(), "1", y.name());
    }

    private String signedDivision(Value x, Value y) {
        var type = x.type();
        var divisor = safeDivisor(y);
        var quotient = code.emit("sdiv " + type + " " + x.name() + ", " + divisor);
        var remainder = code.emit("sub " + type + " " + x.name() + ", "
                + code.emit("mul " + type + " " + quotient + ", "
                + divisor));
        var floored = select(roundsUp(type, remainder, divisor), type,
                code.emit("sub " + type + " " + quotient + ", 1"),
                quotient);
        var minusOne = code.emit("icmp eq " + type + " " + y.name() + ", -1");
        var result = select(minusOne, type, code.emit("sub " + type + " 0, " + x.name()), floored);
        return select(code.emit("icmp eq " + type + " " + y.name() + ", 0"), type, "0", result);
    }

    private String signedRemainder(Value x, Value y) {
        var type = x.type();
        var divisor = safeDivisor(y);
        var remainder = code.emit("srem " + type + " " + x.name() + ", " + divisor);
        return select(roundsUp(type, remainder, divisor), type, code.emit("add " + type + " " + remainder
                + ", " + divisor),
                remainder);
    }

    /** Whether truncation rounded up: a remainder of the sign opposite to the divisor's. */
    private String roundsUp(String type, String remainder, String divisor) {
        var inexact = code.emit("icmp ne " + type + " " + remainder + ", 0");
        var signs = code.emit("xor " + type + " " + remainder + ", " + divisor);
        return code.emit("and i1 " + inexact + ", " + code.emit("icmp slt " + type + " " + signs + ", 0"));
    }

    private String shift(BinaryOp op, Value x, Value y) {
        var type = x.type();
        var width = x.dtype().bytes() * 8;
        var inside = code.emit("icmp ult " + type + " " + y.name() + ", " + width);
        var amount = select(inside, type, y.name(), "0");
        var name = op == BinaryOp.SHIFT_LEFT ? "shl" : isSigned(x) ? "ashr" : "lshr";
        var shifted = code.emit(name + " " + type + " " + x.name() + ", " + amount);
        var beyond = name.equals("ashr") ? code.emit("ashr " + type + " " + x.name() + ", " + (width - 1))
                : "0";
        return select(inside, type, shifted, beyond);
    }
}
