package tfl.interpreter.builtin.text;

/**
 * How the floats of one tensor are written, so that their columns align: with a shared number of decimals
 * that shows four significant digits, with a shared power of ten in front ({@code 1e6 * [...]}), or each with
 * its own exponent. No number other than zero is ever shown as zero.
 */
record FloatLayout(int scale, int decimals, boolean scientific) {
    private static final int DIGITS = 4;
    private static final int MOST_DECIMALS = 4;

    /** A layout for these numbers; those that are not finite do not matter. */
    static FloatLayout of(double[] values) {
        double largest = 0;
        boolean whole = true;
        for (double value : values) {
            if (Double.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
                whole &= value == Math.rint(value);
            }
        }
        if (whole && largest < 1e8) {
            return new FloatLayout(0, 1, false);
        }
        boolean scaled = largest >= 1e5 || largest < 1e-3;
        int scale = scaled ? (int) Math.floor(Math.log10(largest)) : 0;
        int decimals = 1;
        for (double value : values) {
            double shown = Math.abs(scaled(value, scale));
            if (shown != 0 && Double.isFinite(shown)) {
                if (shown < 0.5 * Math.pow(10, -MOST_DECIMALS)) {
                    return new FloatLayout(0, DIGITS - 1, true);
                }
                decimals = Math.max(decimals, FloatText.decimalsNeeded(shown, DIGITS));
            }
        }
        return new FloatLayout(scale, Math.min(decimals, MOST_DECIMALS), false);
    }

    String text(double value) {
        if (!Double.isFinite(value)) {
            return FloatText.special(value);
        }
        double magnitude = Math.abs(scaled(value, scale));
        String digits = scientific ? FloatText.scientific(magnitude, decimals)
                : FloatText.fixed(magnitude, decimals);
        return FloatText.isNegative(value) ? "-" + digits : digits;
    }

    /** What stands before the tensor: empty, or a product such as {@code 1e6 * }. */
    String factor() {
        return scale == 0 ? "" : "1e" + scale + " * ";
    }

    // Powers of ten up to 22 are exact, so dividing rounds once; multiplying by 1e-6 would round twice.
    private static double scaled(double value, int scale) {
        return scale >= 0 ? value / Math.pow(10, scale) : value * Math.pow(10, -scale);
    }
}
