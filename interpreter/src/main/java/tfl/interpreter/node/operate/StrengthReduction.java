package tfl.interpreter.node.operate;

import com.oracle.truffle.api.CompilerDirectives;

/** Arithmetic with a number that machine code knows beforehand, by a faster operation that rounds to the same float. */
final class StrengthReduction {
    private StrengthReduction() {}

    /** Twice a number is a sum, which processors have a cycle or two sooner. */
    static double product(double left, double right) {
        if (isKnown(right) && right == 2) {
            return left + left;
        }
        return isKnown(left) && left == 2 ? right + right : left * right;
    }

    /** A power of two has a reciprocal, unless that is too small or too large for all its digits. */
    static double quotient(double left, double right) {
        return isKnown(right) && isPowerOfTwo(right) ? left * (1 / right) : left / right;
    }

    private static boolean isKnown(double number) {
        return CompilerDirectives.inCompiledCode() && CompilerDirectives.isPartialEvaluationConstant(number);
    }

    private static boolean isPowerOfTwo(double number) {
        boolean noFraction = Double.doubleToRawLongBits(number) << Double.SIZE - (Double.PRECISION - 1) == 0;
        return noFraction && Math.abs(Math.getExponent(number)) <= Double.MAX_EXPONENT - 1;
    }
}
