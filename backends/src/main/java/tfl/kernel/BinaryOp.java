package tfl.kernel;

import tfl.tensor.DType;

/** The closed list of two-operand scalar operations, on operands of one dtype. */
public enum BinaryOp {
    ADD, SUB, MUL,
    /** True division, floats and complex only. */
    DIV,
    /** Division rounded towards minus infinity; integer division by zero gives zero. */
    FLOOR_DIV,
    /** The remainder with the divisor's sign; an integer remainder by zero is zero. */
    MOD,
    POW,
    /** The larger, NaN if one is NaN. */
    MAX,
    /** The smaller, NaN if one is NaN. */
    MIN,
    ATAN2, HYPOT, COPYSIGN, NEXTAFTER, LOGADDEXP,
    /** Bitwise on integers, logical on bools. */
    AND, OR, XOR,
    /** Shifts by at least the width give 0, or -1 for a negative number shifted right. */
    SHIFT_LEFT, SHIFT_RIGHT,
    EQ, NE, LT, LE, GT, GE,
    /** A complex number from two f32. */
    COMPLEX;

    DType result(DType operand) {
        return switch (this) {
            case EQ, NE, LT, LE, GT, GE -> DType.BOOL;
            case COMPLEX -> DType.C64;
            default -> operand;
        };
    }
}
