package tfl.interpreter.builtin.tensor;

import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.value.SliceValue;

/** The elements that {@code start:stop:step} selects of a sequence: {@code count} of them, from start on. */
record SliceBounds(long start, long step, long count) {
    /** Clamped to the sequence, as Python does. */
    static SliceBounds of(SliceValue slice, long size) {
        long step = slice.step() == null ? 1 : slice.step();
        if (step == 0) {
            throw TflException.of(ErrorKind.INDEX, "TFL-E0329", "the step of a slice is zero");
        }
        long least = step > 0 ? 0 : -1;
        long most = step > 0 ? size : size - 1;
        long start = slice.start() == null ? (step > 0 ? least : most)
                : clamp(slice.start(), size, least, most);
        long stop = slice.stop() == null ? (step > 0 ? most : least) : clamp(slice.stop(), size, least, most);
        long distance = step > 0 ? stop - start : start - stop;
        // A step larger than any sequence selects its first element only.
        long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
        long count = distance <= 0 ? 0 : (distance - 1) / stride + 1;
        return new SliceBounds(start, count <= 1 ? 1 : step, count);
    }

    private static long clamp(long bound, long size, long least, long most) {
        return Math.clamp(bound < 0 ? bound + size : bound, least, most);
    }
}
