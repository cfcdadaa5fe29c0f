package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.value.Holding;

/** What {@code cache()} has kept, for every walk of the stream; the first walk that ends fills it. */
final class Memo implements CacheStage.Store {
    private volatile List<Object> elements;

    @Override
    public long count() {
        return elements == null ? -1 : elements.size();
    }

    @Override
    public Object get(long index) {
        return elements.get((int) index);
    }

    @Override
    public CacheStage.Filling fill() {
        var kept = new ArrayList<Object>();
        return new CacheStage.Filling() {
            @Override
            public void add(Object element) {
                Holding.retain(element);
                kept.add(element);
            }

            @Override
            public void finish() {
                elements = kept;
            }

            @Override
            public void abandon() {
                kept.forEach(Holding::release);
            }
        };
    }
}
