package tfl.stdlib.plot;

/** The data of SVG paths, in hundredths of a pixel. */
final class PathData {
    private PathData() {}

    /** Lines through the points; where one is not finite, the next one begins anew. */
    static String of(double[] x, double[] y) {
        var text = new StringBuilder(12 * x.length);
        boolean open = false;
        for (int k = 0; k < x.length; k++) {
            boolean drawn = Double.isFinite(x[k]) && Double.isFinite(y[k]);
            if (drawn) {
                boolean alone = !open && (k + 1 == x.length || !Double.isFinite(x[k + 1])
                        || !Double.isFinite(y[k + 1]));
                text.append(open ? 'L' : 'M');
                number(text, x[k]);
                text.append(' ');
                number(text, y[k]);
                // A point between two gaps: a line without length, which round ends make a dot.
                text.append(alone ? "h0.01" : "");
            }
            open = drawn;
        }
        return text.toString();
    }

    private static void number(StringBuilder text, double value) {
        long hundredths = Math.round(Math.clamp(value, -1e6, 1e6) * 100);
        long whole = Math.abs(hundredths) / 100;
        long rest = Math.abs(hundredths) % 100;
        text.append(hundredths < 0 ? "-" : "").append(whole);
        if (rest != 0) {
            text.append('.').append(rest / 10);
            if (rest % 10 != 0) {
                text.append(rest % 10);
            }
        }
    }
}
