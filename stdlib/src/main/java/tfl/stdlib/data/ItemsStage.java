package tfl.stdlib.data;

import tfl.interpreter.value.TupleValue;

/** The elements of a tuple, or whole numbers from 0. */
final class ItemsStage extends Stage {
    private final TupleValue tuple;
    private final long count;
    private long at;

    /** @param tuple null for numbers */
    ItemsStage(StepMeter meter, TupleValue tuple, long count, Object place) {
        super(meter);
        this.tuple = tuple;
        this.count = count;
        this.at = Parameters.number(place);
    }

    @Override
    Object advance() {
        if (at >= count) {
            return null;
        }
        at++;
        return tuple == null ? (Object) (at - 1) : tuple.get((int) at - 1);
    }

    @Override
    Place place() {
        return Place.of(at);
    }

    @Override
    long skip(long wanted) {
        long skipped = Math.min(wanted, count - at);
        at += skipped;
        return skipped;
    }
}
