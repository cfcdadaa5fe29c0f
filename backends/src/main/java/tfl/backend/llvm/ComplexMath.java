package tfl.backend.llvm;

import static tfl.tensor.DType.BOOL;
import static tfl.tensor.DType.C64;
import static tfl.tensor.DType.F32;

import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;

/** Complex arithmetic on pairs of floats; functions beyond it are left to the reference. */
final class ComplexMath {
    private final Code code;
    private final MathLibrary library;

    ComplexMath(Code code, MathLibrary library) {
        this.code = code;
        this.library = library;
    }

    Value unary(UnaryOp op, Value x) {
        return switch (op) {
            case NEG -> new Value(C64, negated(x.name()), negated(x.imaginary()));
            case CONJ -> new Value(C64, x.name(), negated(x.imaginary()));
            case REAL -> new Value(F32, x.name());
            case IMAG -> new Value(F32, x.imaginary());
            case ABS -> new Value(F32, library.call(code, "hypot", "float", x.name(), x.imaginary()));
            case IS_NAN -> new Value(BOOL, code.emit("fcmp uno float " + x.name() + ", " + x.imaginary()));
            default -> throw new Unsupported(op, C64);
        };
    }

    Value binary(BinaryOp op, Value x, Value y) {
        return switch (op) {
            case ADD -> parts("fadd", x, y);
            case SUB -> parts("fsub", x, y);
            case MUL -> product(x, y);
            case EQ -> new Value(BOOL, compared("oeq", "and", x, y));
            case NE -> new Value(BOOL, compared("une", "or", x, y));
            default -> throw new Unsupported(op, C64);
        };
    }

    private String negated(String x) {
        return code.emit("fneg float " + x);
    }

    private Value parts(String op, Value x, Value y) {
        return new Value(C64, floats(op, x.name(), y.name()), floats(op, x.imaginary(), y.imaginary()));
    }

    private String floats(String op, String x, String y) {
        return code.emit(op + " float " + x + ", " + y);
    }

    private Value product(Value x, Value y) {
        var real = floats("fsub", floats("fmul", x.name(), y.name()),
                floats("fmul", x.imaginary(), y.imaginary()));
        var imaginary = floats("fadd", floats("fmul", x.name(), y.imaginary()),
                floats("fmul", x.imaginary(), y.name()));
        return new Value(C64, real, imaginary);
    }

    private String compared(String condition, String join, Value x, Value y) {
        return code.emit(join + " i1 " + floats("fcmp " + condition, x.name(), y.name()) + ", "
                + floats("fcmp " + condition, x.imaginary(), y.imaginary()));
    }
}
