package tfl.interpreter.measure;

import java.util.Arrays;

/** The times of some calls, in milliseconds. */
final class Times {
    private static final double NOISY = 1.5;
    private static final double DRIFTING = 1.1;
    private static final int FEW = 20;

    private final double[] sorted;
    private final double drift;
    private final double otherCores;
    private final int attempts;
    private final double warmup;

    private Times(double[] sorted, double drift, double otherCores, int attempts, double warmup) {
        this.sorted = sorted;
        this.drift = drift;
        this.otherCores = otherCores;
        this.attempts = attempts;
        this.warmup = warmup;
    }

    /** @param millis in the order of the calls */
    static Times of(double[] millis, double otherCores, double warmup) {
        int quarter = millis.length / 4;
        double drift = millis.length < FEW ? 1 : median(sorted(millis, 0, quarter))
                / median(sorted(millis, millis.length - quarter, millis.length));
        return new Times(sorted(millis, 0, millis.length), drift, otherCores, 1, warmup);
    }

    Times afterAttempts(int count) {
        return new Times(sorted, drift, otherCores, count, warmup);
    }

    private static double[] sorted(double[] values, int from, int to) {
        var part = Arrays.copyOfRange(values, from, to);
        Arrays.sort(part);
        return part;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double median() {
        return median(sorted);
    }

    double least() {
        return sorted[0];
    }

    /** What nine of ten calls stay below. */
    double p90() {
        return sorted[(int) (0.9 * (sorted.length - 1) + 0.5)];
    }

    int count() {
        return sorted.length;
    }

    double otherCores() {
        return otherCores;
    }

    int attempts() {
        return attempts;
    }

    double warmup() {
        return warmup;
    }

    /** Above 1 where calls differ much, became faster all the while, or others were at work. */
    double disturbance() {
        double others = Double.isNaN(otherCores) ? 0 : otherCores / 0.1;
        return Math.max(Math.max(p90() / median() / NOISY, drift / DRIFTING), others);
    }
}
