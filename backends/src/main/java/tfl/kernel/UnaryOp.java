package tfl.kernel;

import tfl.tensor.DType;

/** The closed list of one-operand scalar operations. */
public enum UnaryOp {
    NEG, ABS, SIGN, NOT, SQRT, RSQRT, RECIPROCAL, EXP, EXPM1, LOG, LOG1P, LOG2, LOG10, SIN, COS, TAN, ASIN, ACOS, ATAN,
    SINH, COSH, TANH, ASINH, ACOSH, ATANH, ERF, SIGMOID, FLOOR, CEIL, TRUNC,
    /** To the nearest integer, ties to even. */
    ROUND,
    LGAMMA, DIGAMMA, IS_NAN, IS_INF, IS_FINITE, SIGNBIT, CONJ, REAL, IMAG, BIT_COUNT;

    DType result(DType operand) {
        return switch (this) {
            case IS_NAN, IS_INF, IS_FINITE, SIGNBIT -> DType.BOOL;
            case REAL, IMAG -> operand == DType.C64 ? DType.F32 : operand;
            case ABS -> operand == DType.C64 ? DType.F32 : operand;
            default -> operand;
        };
    }
}
