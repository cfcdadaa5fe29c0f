package tfl.stdlib.data;

/** A function of each element, on the thread of who reads. */
final class MapStage extends Reader {
    private final Walk walk;
    private final Object function;
    private final long key;
    private long index;

    /** @param function null for the elements as they are */
    MapStage(Walk walk, StepMeter meter, Stage up, Object function, long key, long index) {
        super(meter, up);
        this.walk = walk;
        this.function = function;
        this.key = key;
        this.index = index;
    }

    @Override
    Object advance() {
        Object element = up.next();
        if (element == null) {
            return null;
        }
        long number = index++;
        return function == null ? element : walk.call(meter, key, number, function, element);
    }

    @Override
    Place place() {
        return Place.of(up.place(), index);
    }

    @Override
    long skip(long count) {
        long skipped = up.skip(count);
        index += skipped;
        return skipped;
    }
}
