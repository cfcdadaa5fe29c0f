package tfl.backend.cpu;

import java.util.Arrays;
import java.util.List;
import tfl.kernel.Routine;
import tfl.tensor.TensorType;

/**
 * The sizes of a convolution, always with three spatial axes: missing ones are added in front, of size 1.
 * Channels are those of one group.
 */
record ConvolutionShape(long images, long groups, long channelsIn, long channelsOut, long[] input,
        long[] output, long[] window, long[] stride, long[] pad, long[] dilation) {
    static ConvolutionShape of(Routine.Convolution c, List<TensorType> inputs, TensorType result) {
        var x = c.pass() == Routine.Pass.INPUT ? result : inputs.get(0);
        var w = c.pass() == Routine.Pass.WEIGHT ? result : inputs.get(1);
        var y = switch (c.pass()) {
            case FORWARD -> result;
            case INPUT -> inputs.get(0);
            case WEIGHT -> inputs.get(1);
        };
        return new ConvolutionShape(x.shape().dim(0), c.groups(), w.shape().dim(1),
                w.shape().dim(0) / c.groups(), spatial(x), spatial(y), spatial(w), three(c.stride(), 1),
                three(c.padLow(), 0), three(c.dilation(), 1));
    }

    private static long[] spatial(TensorType type) {
        var dims = type.shape().dims();
        return three(Arrays.stream(dims, 2, dims.length).boxed().toList(), 1);
    }

    /** The values behind as many defaults as are missing. */
    static long[] three(List<Long> values, long missing) {
        var three = new long[] {missing, missing, missing};
        for (int i = 0; i < values.size(); i++) {
            three[3 - values.size() + i] = values.get(i);
        }
        return three;
    }

    /** Elements of one channel of the input. */
    long inputPlaces() {
        return input[0] * input[1] * input[2];
    }

    /** Elements of one channel of the output. */
    long outputPlaces() {
        return output[0] * output[1] * output[2];
    }

    /** Lines along the last axis in one channel of the output. */
    long outputLines() {
        return output[0] * output[1];
    }

    /** Elements of one channel of the window. */
    long taps() {
        return window[0] * window[1] * window[2];
    }

    /** Rows of the matrix of columns: a channel and a tap each. */
    long columnRows() {
        return channelsIn * taps();
    }

    boolean isEmpty() {
        return images * groups * channelsIn * channelsOut * inputPlaces() * outputPlaces() * taps() == 0;
    }

    /**
     * Whether every window is one place of the input, in order, so that the input is its own matrix of
     * columns.
     */
    boolean isPointwise() {
        return taps() == 1 && Arrays.equals(input, output) && Arrays.equals(stride, new long[] {1, 1, 1})
                && Arrays.equals(pad, new long[3]);
    }
}
