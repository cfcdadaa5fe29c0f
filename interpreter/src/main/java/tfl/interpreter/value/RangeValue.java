package tfl.interpreter.value;

/**
 * The ints from {@code start} in steps, {@code size} of them.
 *
 * @param step not zero
 */
public record RangeValue(long start, long step, long size) {
    /** The range from start to end. */
    public static RangeValue of(long start, long end, boolean inclusive, long step) {
        // Two bounds that lie further apart than a long can say give more elements than any loop can walk.
        long distance = step > 0 ? Math.subtractExact(end, start) : Math.subtractExact(start, end);
        long stride = Math.absExact(step);
        long size = distance < 0 ? 0 : inclusive ? distance / stride + 1 : distance / stride
                + (distance % stride == 0 ? 0 : 1);
        return new RangeValue(start, step, size);
    }

    /** The element at {@code 0 <= index < size}. */
    public long get(long index) {
        return start + index * step;
    }
}
