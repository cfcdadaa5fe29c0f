package tfl.stdlib.data;

/** The elements that a function says yes to. */
final class FilterStage extends Reader {
    private final Walk walk;
    private final Object keep;
    private final long key;
    private long index;

    FilterStage(Walk walk, StepMeter meter, Stage up, Object keep, long key, long index) {
        super(meter, up);
        this.walk = walk;
        this.keep = keep;
        this.key = key;
        this.index = index;
    }

    @Override
    Object advance() {
        for (Object element = up.next(); element != null; element = up.next()) {
            if (Items.holds(meter, walk.ask(meter, key, index++, keep, element))) {
                return element;
            }
            Items.drop(element);
        }
        return null;
    }

    @Override
    Place place() {
        return Place.of(up.place(), index);
    }
}
