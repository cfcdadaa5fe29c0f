package tfl.stdlib.data;

import java.util.ArrayList;
import java.util.List;

/** Groups of elements, stacked. */
final class BatchStage extends Reader {
    private final int size;
    private final boolean dropLast;
    private final Joining joining;
    private long index;

    /** How a group becomes one element. */
    interface Joining {
        Object join(StepMeter step, long first, List<Object> elements);
    }

    BatchStage(StepMeter meter, Stage up, int size, boolean dropLast, Joining joining, long index) {
        super(meter, up);
        this.size = size;
        this.dropLast = dropLast;
        this.joining = joining;
        this.index = index;
    }

    @Override
    Object advance() {
        if (up instanceof RowsStage rows) {
            return rows.left() == 0 || dropLast && rows.left() < size ? null : rows.block(size);
        }
        var elements = new ArrayList<Object>(Math.min(size, 1024));
        while (elements.size() < size) {
            Object element = up.next();
            if (element == null) {
                break;
            }
            elements.add(element);
        }
        if (elements.isEmpty() || dropLast && elements.size() < size) {
            elements.forEach(Items::drop);
            return null;
        }
        Object batch = joining.join(meter, index, elements);
        index += elements.size();
        elements.forEach(Items::drop);
        return batch;
    }

    @Override
    Place place() {
        return Place.of(up.place(), index);
    }

    @Override
    long skip(long count) {
        long skipped = up.skip(count * size);
        index += skipped;
        return dropLast ? skipped / size : (skipped + size - 1) / size;
    }
}
