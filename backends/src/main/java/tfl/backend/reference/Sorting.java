package tfl.backend.reference;

import java.util.Comparator;
import java.util.stream.IntStream;
import tfl.tensor.Tensor;

/** Stable order along the last axis. NaN comes last, whichever the direction. */
final class Sorting {
    private Sorting() {}

    /** Writes as many of each lane's first elements, and where they were, as the outputs hold. */
    static void run(Tensor input, Tensor[] outputs, boolean descending) {
        int length = (int) input.dim(input.rank() - 1);
        int kept = (int) outputs[0].dim(input.rank() - 1);
        long lanes = kept == 0 ? 0 : outputs[0].size() / kept;
        for (long lane = 0; lane < lanes; lane++) {
            long start = lane * length;
            var values = IntStream.range(0, length)
                    .mapToObj(i -> Scalars.read(input.dtype(), input.address(start + i))).toArray();
            var order = IntStream.range(0, length).boxed()
                    .sorted((i, j) -> compare(values[i], values[j], descending)).toList();
            for (int i = 0; i < kept; i++) {
                Scalars.write(input.dtype(), outputs[0].address(lane * kept + i), values[order.get(i)]);
                if (outputs.length > 1) {
                    Scalars.write(outputs[1].dtype(), outputs[1].address(lane * kept + i), (long) order.get(i));
                }
            }
        }
    }

    private static int compare(Object x, Object y, boolean descending) {
        if (x instanceof Complex(double re, double im) && y instanceof Complex(double otherRe, double otherIm)) {
            var lexical = Comparator.<double[]>comparingDouble(z -> z[0]).thenComparingDouble(z -> z[1]);
            int order = lexical.compare(new double[] {re, im}, new double[] {otherRe, otherIm});
            return descending ? -order : order;
        }
        if (x instanceof Double left && y instanceof Double right) {
            if (left.isNaN() || right.isNaN()) {
                return Boolean.compare(left.isNaN(), right.isNaN());
            }
            int order = left < right ? -1 : left > right ? 1 : 0;
            return descending ? -order : order;
        }
        int order = Long.compare((Long) x, (Long) y);
        return descending ? -order : order;
    }
}
