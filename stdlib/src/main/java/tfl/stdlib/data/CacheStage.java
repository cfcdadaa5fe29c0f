package tfl.stdlib.data;

import java.util.function.Supplier;

/** Elements are computed in the first walk that reaches the end, and kept for the others. */
final class CacheStage extends Stage {
    private final Store store;
    private final Stage up;
    private Filling filling;
    private long at;

    /** Where elements are kept. */
    interface Store {
        /** The number of elements, or -1 if they are not all there. */
        long count();

        Object get(long index);

        /** A way to keep all elements. */
        Filling fill();
    }

    /** Elements on their way to a store. */
    interface Filling {
        void add(Object element);

        /** All are there. */
        void finish();

        /** The walk ended early: nothing is kept. */
        void abandon();
    }

    /** @param source opens what is above, where it is needed */
    CacheStage(StepMeter meter, Supplier<Stage> source, Store store, long at) {
        super(meter);
        this.store = store;
        this.at = at;
        this.up = store.count() < 0 ? source.get() : null;
        if (up != null) {
            meter.reads(up.meter);
            // From the middle on there is only a part to keep.
            filling = at == 0 ? store.fill() : null;
            up.skip(at);
        }
    }

    @Override
    Object advance() {
        if (up == null) {
            return at < store.count() ? store.get(at++) : null;
        }
        Object element = up.next();
        if (element == null) {
            if (filling != null) {
                filling.finish();
                filling = null;
            }
            return null;
        }
        at++;
        if (filling != null) {
            filling.add(element);
        }
        return element;
    }

    @Override
    Place place() {
        return Place.of(at);
    }

    @Override
    long skip(long count) {
        if (up != null) {
            return super.skip(count);
        }
        long skipped = Math.min(count, store.count() - at);
        at += skipped;
        return skipped;
    }

    @Override
    void close() {
        if (up != null) {
            up.close();
        }
        if (filling != null) {
            filling.abandon();
            filling = null;
        }
    }
}
