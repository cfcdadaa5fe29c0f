package tfl.primitive;

/** The arithmetic of sliding windows. */
final class Windows {
    private Windows() {}

    /** How many windows fit along an axis. */
    static long size(String name, int axis, long size, long window, long stride, long padding, long dilation) {
        long reach = (window - 1) * dilation + 1;
        if (stride < 1 || dilation < 1 || window < 1 || size + padding < reach) {
            throw new ShapeProblem("TFL-E0309", name + ": a window of " + reach + " does not fit spatial axis " + axis
                    + ", which has " + size + (padding == 0 ? "" : " and " + padding + " of padding"), null);
        }
        return (size + padding - reach) / stride + 1;
    }
}
