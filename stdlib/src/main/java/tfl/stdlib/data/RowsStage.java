package tfl.stdlib.data;

import java.util.Arrays;
import tfl.interpreter.builtin.ElementKey;

/** The rows of a tensor, or of a record or tuple of tensors. */
final class RowsStage extends Stage {
    private final Object rows;
    private final long count;
    /** The order of the rows; null as they are. */
    private final int[] order;
    private long at;

    RowsStage(StepMeter meter, Object rows, Object place) {
        this(meter, rows, Items.count(rows), null, place);
    }

    private RowsStage(StepMeter meter, Object rows, long count, int[] order, Object place) {
        super(meter);
        this.rows = rows;
        this.count = count;
        this.order = order;
        this.at = Parameters.number(place);
    }

    /** All rows in a random order, which the key decides. */
    static RowsStage shuffled(StepMeter meter, Object rows, long key, Object place) {
        int count = Math.toIntExact(Items.count(rows));
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            // Fisher and Yates, inside out.
            int other = ElementKey.draw(key, i, i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return new RowsStage(meter, rows, count, order, place);
    }

    @Override
    Object advance() {
        if (at >= count) {
            return null;
        }
        at++;
        return Items.row(rows, order == null ? at - 1 : order[(int) at - 1]);
    }

    @Override
    Object block(int most) {
        long taken = Math.min(most, count - at);
        if (taken == 0) {
            return null;
        }
        at += taken;
        return order == null ? Items.rows(rows, at - taken, taken)
                : Items.gather(rows, Arrays.copyOfRange(order, (int) (at - taken), (int) at));
    }

    /** Whether {@link #block} gives elements. */
    long left() {
        return count - at;
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
