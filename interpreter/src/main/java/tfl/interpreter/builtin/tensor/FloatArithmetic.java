package tfl.interpreter.builtin.tensor;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;

/** What {@code // % **} make of floats: to the bit what they make of tensors, in graphs and outside. */
public final class FloatArithmetic {
    private FloatArithmetic() {}

    /** Python's {@code //}: exact where {@code floor(x / y)} would be rounded up. */
    public static double floorDivide(double x, double y) {
        double quotient = x / y;
        double floor = Math.floor(quotient);
        // A quotient that is no whole number lies between the right ones, however it was rounded.
        return quotient != floor && !Double.isNaN(quotient) || y == 0 ? floor : exactly(x, y, quotient);
    }

    private static double exactly(double x, double y, double rounded) {
        double rest = x % y;
        double quotient = (x - rest) / y - (rest != 0 && rest < 0 != y < 0 ? 1 : 0);
        double below = Math.floor(quotient);
        return quotient == 0 ? Math.copySign(0, rounded) : quotient - below > 0.5 ? below + 1 : below;
    }

    /** Python's {@code %}: the exact remainder, moved to the divisor's sign. */
    public static double remainder(double x, double y) {
        double rest = x % y;
        if (rest == 0) {
            return Math.copySign(0, y);
        }
        return rest < 0 != y < 0 ? rest + y : rest;
    }

    /** C's {@code pow}, which unlike Java's gives 1 for a base of 1 and any exponent; a root where one is asked for. */
    @TruffleBoundary(allowInlining = true)
    public static double power(double x, double y) {
        if (y == 0.5) {
            return Math.sqrt(x);
        }
        return x == 1 || x == -1 && Double.isInfinite(y) ? 1 : Math.pow(x, y);
    }
}
