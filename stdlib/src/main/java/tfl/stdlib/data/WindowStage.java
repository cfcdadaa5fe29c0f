package tfl.stdlib.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Groups of consecutive elements that may overlap, stacked. */
final class WindowStage extends Reader {
    private final int size;
    private final int shift;
    private final Deque<Object> elements = new ArrayDeque<>();
    private final Deque<Place> places = new ArrayDeque<>();
    private long index;

    WindowStage(StepMeter meter, Stage up, int size, int shift, long index) {
        super(meter, up);
        this.size = size;
        this.shift = shift;
        this.index = index;
    }

    @Override
    Object advance() {
        while (elements.size() < size) {
            var before = up.place();
            Object element = up.next();
            if (element == null) {
                return null;
            }
            elements.add(element);
            places.add(before);
        }
        Object window = Stacking.stack(meter, index, List.copyOf(elements));
        for (int i = 0; i < shift && !elements.isEmpty(); i++) {
            Items.drop(elements.remove());
            places.remove();
        }
        up.skip(Math.max(0, shift - size));
        index += shift;
        return window;
    }

    @Override
    Place place() {
        return Place.of(places.isEmpty() ? up.place() : places.getFirst(), index);
    }

    @Override
    void close() {
        new ArrayList<>(elements).forEach(Items::drop);
        super.close();
    }
}
