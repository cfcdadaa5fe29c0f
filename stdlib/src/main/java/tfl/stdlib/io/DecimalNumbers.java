package tfl.stdlib.io;

import java.math.BigInteger;

/**
 * The double nearest to a decimal number of up to 19 digits. Source: Lemire, "Number Parsing at a Gigabyte per Second"
 * (2021), after Eisel: the digits times a 128-bit power of five, of which the upper 64 bits nearly always decide.
 */
final class DecimalNumbers {
    private static final int MOST = 64;
    private static final int EXACT_RECIPROCALS = 27;
    private static final double[] EXACT = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
        1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final long[] HIGH = new long[2 * MOST + 1];
    private static final long[] LOW = new long[2 * MOST + 1];

    static {
        for (int power = -MOST; power <= MOST; power++) {
            var factor = power < 0 ? reciprocal(-power) : normal(BigInteger.valueOf(5).pow(power));
            HIGH[power + MOST] = factor.shiftRight(64).longValue();
            LOW[power + MOST] = factor.longValue();
        }
    }

    private DecimalNumbers() {}

    /** The upper 128 bits, the highest of them set. */
    private static BigInteger normal(BigInteger number) {
        int shift = 128 - number.bitLength();
        return shift >= 0 ? number.shiftLeft(shift) : number.shiftRight(-shift);
    }

    /** 5 to the power of {@code -exponent}; rounded up where that keeps products of whole numbers exact. */
    private static BigInteger reciprocal(int exponent) {
        var five = BigInteger.valueOf(5).pow(exponent);
        int shift = exponent <= EXACT_RECIPROCALS ? five.bitLength() + 127 : 2 * five.bitLength() + 128;
        return normal(BigInteger.ONE.shiftLeft(shift).divide(five).add(BigInteger.ONE));
    }

    /**
     * {@code digits * 10 ** exponent}, rounded to nearest even; nan where this way does not decide it.
     *
     * @param digits unsigned
     */
    static double of(long digits, int exponent) {
        if (digits >= 0 && digits <= 1L << 53 && Math.abs(exponent) < EXACT.length) {
            return exponent < 0 ? digits / EXACT[-exponent] : digits * EXACT[exponent];
        }
        return digits == 0 || Math.abs(exponent) > MOST ? Double.NaN : rounded(digits, exponent);
    }

    private static double rounded(long digits, int exponent) {
        int shift = Long.numberOfLeadingZeros(digits);
        long normal = digits << shift;
        int row = exponent + MOST;
        long high = Math.unsignedMultiplyHigh(normal, HIGH[row]);
        long low = normal * HIGH[row];
        if ((high & 0x1ff) == 0x1ff) {
            long more = Math.unsignedMultiplyHigh(normal, LOW[row]);
            low += more;
            if (Long.compareUnsigned(low, more) < 0) {
                high++;
            }
        }
        if (low == -1 && (exponent < -EXACT_RECIPROCALS || exponent > 55)) {
            return Double.NaN;
        }
        int top = (int) (high >>> 63);
        int cut = top + 9;
        long mantissa = high >>> cut;
        int power = (217706 * exponent >> 16) + 63 + top - shift + 1023;
        // Exactly between two doubles: to the even one.
        if (Long.compareUnsigned(low, 1) <= 0 && exponent >= -4 && exponent <= 23 && (mantissa & 3) == 1
                && mantissa << cut == high) {
            mantissa &= ~1L;
        }
        mantissa = mantissa + (mantissa & 1) >>> 1;
        if (mantissa == 1L << 53) {
            mantissa = 1L << 52;
            power++;
        }
        return Double.longBitsToDouble((long) power << 52 | mantissa & (1L << 52) - 1);
    }
}
