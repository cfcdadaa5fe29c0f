package tfl.stdlib.data;

import java.util.function.BiFunction;

/** Several streams, one after the other. */
final class ConcatStage extends Stage {
    private final BiFunction<Integer, Object, Stage> parts;
    private final int count;
    private int at;
    private Stage now;

    /** @param parts opens one of them at a place */
    ConcatStage(StepMeter meter, BiFunction<Integer, Object, Stage> parts, int count, int at, Object place) {
        super(meter);
        this.parts = parts;
        this.count = count;
        this.at = at;
        this.now = parts.apply(at, place);
    }

    @Override
    Object advance() {
        while (true) {
            Object element = now.next();
            if (element != null || at == count - 1) {
                return element;
            }
            now.close();
            now = parts.apply(++at, null);
        }
    }

    @Override
    Place place() {
        return Place.of(now.place(), at);
    }

    @Override
    void close() {
        now.close();
    }
}
