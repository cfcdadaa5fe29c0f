package tfl.interpreter.transform;

import tfl.lower.SizedPlans;

/**
 * How a graph is made.
 *
 * @param waits whether its first call waits for the kernels, so that all calls add in the same order
 * @param isDynamic whether graphs of other sizes may tell what one of a new size becomes
 */
record GraphOptions(boolean waits, boolean isDynamic) {
    static final GraphOptions DEFAULT = new GraphOptions(false, true);

    /** What both ask for. */
    GraphOptions and(GraphOptions other) {
        return new GraphOptions(waits || other.waits, isDynamic && other.isDynamic);
    }

    /** Which sizes came before must not show in the bits where those are to be the same in each run. */
    SizedPlans sizes() {
        return isDynamic && !waits ? SizedPlans.ofFunction() : SizedPlans.none();
    }
}
