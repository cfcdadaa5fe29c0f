package tfl.stdlib.data;

/** One element of each {@code stride}, after some that are left out; with a stride of 1 that is {@code skip}. */
final class ShardStage extends Reader {
    private final int stride;
    private long ahead;

    /** @param ahead how many elements to leave out before the next one */
    ShardStage(StepMeter meter, Stage up, int stride, long ahead) {
        super(meter, up);
        this.stride = stride;
        this.ahead = ahead;
    }

    @Override
    Object advance() {
        if (ahead > 0 && up.skip(ahead) < ahead) {
            return null;
        }
        ahead = stride - 1;
        return up.next();
    }

    @Override
    Place place() {
        return Place.of(up.place(), ahead);
    }

    @Override
    long skip(long count) {
        if (stride > 1 || count == 0) {
            return super.skip(count);
        }
        long skipped = up.skip(ahead) < ahead ? 0 : up.skip(count);
        ahead = 0;
        return skipped;
    }
}
