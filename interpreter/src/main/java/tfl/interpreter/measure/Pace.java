package tfl.interpreter.measure;

/**
 * How long to time calls, beside the warm-up.
 *
 * @param seconds of calls, at least
 * @param samples that are taken, at least
 * @param shortest seconds of a sample, which is of as many calls as that takes
 * @param patience how many seconds to wait for an idle machine; with 0 a disturbed measurement is not repeated either
 */
record Pace(double seconds, int samples, double shortest, double patience) {
    /** Each call is a sample. */
    static Pace ofCalls(double seconds, double patience) {
        return new Pace(seconds, 15, 0, patience);
    }

    /** Samples are so long that the clock is no part of them, and few where a call takes long: somebody waits. */
    static Pace ofSamples(double seconds) {
        return new Pace(seconds, 5, 1e-3, 0);
    }
}
