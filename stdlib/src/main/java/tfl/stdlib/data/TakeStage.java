package tfl.stdlib.data;

/** The first elements only. */
final class TakeStage extends Reader {
    private long left;

    TakeStage(StepMeter meter, Stage up, long left) {
        super(meter, up);
        this.left = left;
    }

    @Override
    Object advance() {
        if (left == 0) {
            return null;
        }
        left--;
        return up.next();
    }

    @Override
    Place place() {
        return Place.of(up.place(), left);
    }

    @Override
    long skip(long count) {
        long skipped = up.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }
}
