package tfl.stdlib.data;

import java.util.List;
import tfl.interpreter.value.TupleValue;

/** One element of each of several streams, as a tuple; ends with the shortest. */
final class ZipStage extends Stage {
    private final List<Stage> parts;

    ZipStage(StepMeter meter, List<Stage> parts) {
        super(meter);
        this.parts = parts;
    }

    @Override
    Object advance() {
        var elements = new Object[parts.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = parts.get(i).next();
            if (elements[i] == null) {
                for (int k = 0; k < i; k++) {
                    Items.drop(elements[k]);
                }
                return null;
            }
        }
        return new TupleValue(elements);
    }

    @Override
    Place place() {
        var places = parts.stream().map(Stage::place).toList();
        return () -> new TupleValue(places.stream().map(Place::plain).toArray());
    }

    @Override
    void close() {
        parts.forEach(Stage::close);
    }
}
