package tfl.interpreter.builtin.text;

import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

/** The line below a tensor of which only the edges are shown. It reads each element once and keeps none. */
final class TensorSummary {
    private static final long BETWEEN_POLLS = 1 << 16;
    private long nans;
    private long infinities;
    private long finite;
    private long trues;
    private double origin;
    private double sum;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    private TensorSummary() {}

    static String of(Tensor tensor) {
        var summary = new TensorSummary();
        summary.read(tensor);
        return tensor.dtype() == DType.BOOL ? whole(summary.trues) + " of " + whole(tensor.size()) + " true"
                : summary.text();
    }

    private void read(Tensor tensor) {
        boolean whole = !tensor.dtype().isFloat();
        for (long i = 0; i < tensor.size(); i++) {
            double value = whole ? tensor.readLong(i) : tensor.readDouble(i);
            trues += value == 1 ? 1 : 0;
            add(value);
            if (i % BETWEEN_POLLS == 0) {
                TruffleSafepoint.poll(EncapsulatingNodeReference.getCurrent().get());
            }
        }
    }

    private void add(double value) {
        if (Double.isNaN(value)) {
            nans++;
        } else if (Double.isInfinite(value)) {
            infinities++;
        } else {
            // Sums of differences from one of the values keep their digits where all lie far from zero.
            origin = finite++ == 0 ? value : origin;
            double apart = value - origin;
            sum += apart;
            squares += apart * apart;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
    }

    private String text() {
        if (finite == 0) {
            return "no finite elements: " + whole(nans) + " nan, " + whole(infinities) + " inf";
        }
        double mean = sum / finite;
        double variance = Math.max(0, squares / finite - mean * mean);
        return "mean " + short4(origin + mean) + ", std " + short4(Math.sqrt(variance)) + ", min " + short4(min)
                + ", max " + short4(max) + (nans > 0 ? ", " + whole(nans) + " nan" : "")
                + (infinities > 0 ? ", " + whole(infinities) + " inf" : "");
    }

    private static String whole(long number) {
        return NumberFormat.format(number, FormatSpec.parse(","));
    }

    private static String short4(double value) {
        return NumberFormat.format(value, FormatSpec.parse(".4g"));
    }
}
