package tfl.stdlib.data;

import java.util.concurrent.atomic.LongAdder;

/** What one step of a walk did: elements, time, and what it is at. */
final class StepMeter {
    final int number;
    final String name;
    private final LongAdder worked = new LongAdder();
    private volatile StepMeter source;
    private volatile long elements;
    private volatile long passed;
    private volatile long since;
    private volatile long element;
    private volatile boolean ahead;
    volatile int threads;
    volatile int buffer;
    volatile long bytes;

    StepMeter(int number, String name) {
        this.number = number;
        this.name = name;
    }

    /** How errors call the step. */
    @Override
    public String toString() {
        return "step " + number + " (" + name + ")";
    }

    /** Whose elements the step reads on its own thread. */
    void reads(StepMeter meter) {
        source = meter;
    }

    /** The step runs on threads of its own. */
    void runsAhead() {
        ahead = true;
    }

    // One thread at a time reads a stage, so these need not be atomic.
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void passed(long nanos, boolean any) {
        passed += nanos;
        elements += any ? 1 : 0;
    }

    /** A function of the user's starts on an element. */
    void begins(long index) {
        element = index;
        since = System.nanoTime();
    }

    /** It is done, and took so long. */
    void ends(long nanos) {
        since = 0;
        worked.add(nanos);
    }

    /** How long the element at hand has been worked on; 0 for none. */
    long busyFor() {
        long start = since;
        return start == 0 ? 0 : System.nanoTime() - start;
    }

    long element() {
        return element;
    }

    long elements() {
        return elements;
    }

    /** Nanoseconds of work: in the functions of a step with threads, else between asking and giving. */
    long work() {
        return ahead ? worked.sum() : Math.max(0, passed - (source == null ? 0 : source.passed));
    }

    /** Nanoseconds that who reads the step has waited for it; without threads it works meanwhile. */
    long waiting() {
        return ahead ? passed : 0;
    }
}
