package tfl.stdlib.data;

import tfl.interpreter.value.Holding;

/** The rows of each element, one after the other. */
final class UnbatchStage extends Reader {
    private Object whole;
    private long count;
    private long at;
    private Place before;

    UnbatchStage(StepMeter meter, Stage up, long row) {
        super(meter, up);
        this.before = up.place();
        if (row > 0) {
            take();
            at = row;
        }
    }

    private boolean take() {
        before = up.place();
        Object next = up.next();
        if (whole != null) {
            Holding.release(whole);
        }
        whole = next;
        at = 0;
        if (next != null) {
            Holding.retain(next);
            count = Items.count(next);
        }
        return next != null;
    }

    @Override
    Object advance() {
        while (whole == null || at >= count) {
            if (!take()) {
                return null;
            }
        }
        return Items.row(whole, at++);
    }

    @Override
    Place place() {
        return whole == null || at >= count ? Place.of(up.place(), 0) : Place.of(before, at);
    }
}
