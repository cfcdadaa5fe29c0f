package tfl.stdlib.data;

/** One step of a stream at work. Used by one thread at a time. */
abstract class Stage {
    final StepMeter meter;

    Stage(StepMeter meter) {
        this.meter = meter;
    }

    /** The next element, which nobody holds yet; null at the end, and from then on. */
    final Object next() {
        long start = System.nanoTime();
        Object element = advance();
        meter.passed(System.nanoTime() - start, element != null);
        return element;
    }

    abstract Object advance();

    /** Where the next element will come from. */
    abstract Place place();

    /** Leaves out that many elements, or all that are left; says how many. */
    long skip(long count) {
        long skipped = 0;
        while (skipped < count) {
            Object element = next();
            if (element == null) {
                break;
            }
            Items.drop(element);
            skipped++;
        }
        return skipped;
    }

    /** That many elements as one, stacked, fewer at the end, without copying; null where only the elements exist. */
    Object block(@SuppressWarnings("unused") int count) {
        return null;
    }

    /** Ends the threads below; the stage is of no use afterwards. */
    void close() {}
}
