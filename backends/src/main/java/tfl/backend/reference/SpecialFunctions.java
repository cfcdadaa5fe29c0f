package tfl.backend.reference;

/** Functions that {@link Math} lacks, to about 1e-14. */
final class SpecialFunctions {
    /** Coefficients for g = 7, n = 9, as computed by Godfrey. */
    private static final double[] LANCZOS = {
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
    };
    /** Bernoulli numbers B(2k) / 2k of digamma's asymptotic series. */
    private static final double[] BERNOULLI = {
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12
    };

    private SpecialFunctions() {}

    /** The error function: its Taylor series near zero, a continued fraction (Lentz) for the complement elsewhere. */
    static double erf(double x) {
        double a = Math.abs(x);
        if (Double.isNaN(x) || a > 6) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        return a < 2.5 ? series(x) : Math.copySign(1 - complement(a), x);
    }

    /**
     * {@code 2 x exp(-x²) / sqrt(pi) * sum (2x²)^n / (1 * 3 * ... (2n + 1))}: all terms positive, so nothing cancels.
     */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double complement(double x) {
        double fraction = 0;
        for (int n = 100; n > 0; n--) {
            fraction = n / 2.0 / (x + fraction);
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
    }

    /** The logarithm of the absolute value of the gamma function (Lanczos, reflected below one half). */
    static double lgamma(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Double.isInfinite(x) || x <= 0 && x == Math.rint(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0.5) {
            return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
        }
        if (x == 1 || x == 2) {
            return 0;
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double t = x + 6.5;
        return (x - 0.5) * Math.log(t) - t + Math.log(Math.sqrt(2 * Math.PI) * sum);
    }

    /** The logarithmic derivative of the gamma function: recurrence up to 10, then the asymptotic series. */
    static double digamma(double x) {
        if (x <= 0 && x == Math.rint(x)) {
            return x == 0 ? Math.copySign(Double.POSITIVE_INFINITY, -x) : Double.NaN;
        }
        if (x < 0) {
            return digamma(1 - x) - Math.PI / Math.tan(Math.PI * x);
        }
        double shift = 0;
        double y = x;
        while (y < 10) {
            shift -= 1 / y;
            y += 1;
        }
        double square = 1 / (y * y);
        double tail = 0;
        for (int k = BERNOULLI.length - 1; k >= 0; k--) {
            tail = (tail + BERNOULLI[k]) * square;
        }
        return shift + Math.log(y) - 0.5 / y - tail;
    }
}
