package tfl.interpreter.measure;

import java.util.Arrays;

/** The times of some calls, in milliseconds: samples, each the mean of as many calls. */
final class Times {
    private static final double NOISY = 1.5;
    private static final double DRIFTING = 1.1;
    private static final int FEW = 20;

    private final double[] sorted;
    private final int loops;
    private final double drift;
    private final double otherCores;
    private final int attempts;
    private final double warmup;

    private Times(double[] sorted, int loops, double drift, double otherCores, int attempts, double warmup) {
        this.sorted = sorted;
        this.loops = loops;
        this.drift = drift;
        this.otherCores = otherCores;
        this.attempts = attempts;
        this.warmup = warmup;
    }

    /**
     * @param millis of a call by each sample, in their order
     * @param loops the calls of a sample
     */
    static Times of(double[] millis, int loops, double otherCores, double warmup) {
        int quarter = millis.length / 4;
        double drift = millis.length < FEW ? 1 : median(sorted(millis, 0, quarter))
                / median(sorted(millis, millis.length - quarter, millis.length));
        return new Times(sorted(millis, 0, millis.length), loops, drift, otherCores, 1, warmup);
    }

    Times afterAttempts(int count) {
        return new Times(sorted, loops, drift, otherCores, count, warmup);
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

    double most() {
        return sorted[sorted.length - 1];
    }

    /** What that part of the samples stays below. */
    double quantile(double part) {
        return sorted[(int) (part * (sorted.length - 1) + 0.5)];
    }

    int count() {
        return sorted.length;
    }

    /** The calls of a sample. */
    int loops() {
        return loops;
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
        return Math.max(Math.max(quantile(0.9) / median() / NOISY, drift / DRIFTING), others);
    }
}
