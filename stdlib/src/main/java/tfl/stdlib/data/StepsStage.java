package tfl.stdlib.data;

import tfl.interpreter.value.TupleValue;

/** Each element with the place behind it. */
final class StepsStage extends Reader {
    private final long key;
    private final String stream;

    StepsStage(StepMeter meter, Stage up, long key, String stream) {
        super(meter, up);
        this.key = key;
        this.stream = stream;
    }

    @Override
    Object advance() {
        Object element = up.next();
        return element == null ? null : TupleValue.of(element, new Spot(stream, key, up.place(), null));
    }

    @Override
    Place place() {
        return Place.of(up.place(), 0);
    }

    @Override
    long skip(long count) {
        return up.skip(count);
    }
}
