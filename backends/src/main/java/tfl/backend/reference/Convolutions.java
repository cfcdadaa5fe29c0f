package tfl.backend.reference;

import tfl.kernel.Routine;
import tfl.tensor.Tensor;

/**
 * The three products of a convolution from one walk: for each output element and window place, x, w and y are
 * multiplied
 * into whichever of the three is the result.
 */
final class Convolutions {
    private Convolutions() {}

    static void run(Routine.Convolution c, Tensor[] inputs, Tensor output) {
        var x = c.pass() == Routine.Pass.INPUT ? output : inputs[0];
        var w = c.pass() == Routine.Pass.WEIGHT ? output : inputs[1];
        var y = c.pass() == Routine.Pass.FORWARD ? output : c.pass() == Routine.Pass.INPUT ? inputs[0] : inputs[1];
        int axes = c.stride().size();
        var window = new Window(Window.last(x.shape(), axes), Window.last(y.shape(), axes), Window.last(w.shape(),
                axes),
                c.stride(), c.padLow(), c.dilation());
        var sums = new double[Math.toIntExact(output.size())];
        long perGroupIn = w.dim(1);
        long perGroupOut = w.dim(0) / c.groups();
        var xs = values(x, output);
        var ws = values(w, output);
        var ys = values(y, output);
        long places = window.output().size();
        long taps = window.window().size();
        for (long tap = 0; tap < taps; tap++) {
            for (long place = 0; place < places; place++) {
                long source = window.at(place, tap);
                for (long i = 0; source >= 0 && i < x.dim(0) * w.dim(0) * perGroupIn; i++) {
                    long n = i / (w.dim(0) * perGroupIn);
                    long channelOut = i / perGroupIn % w.dim(0);
                    long k = i % perGroupIn;
                    long channelIn = channelOut / perGroupOut * perGroupIn + k;
                    int xi = (int) ((n * x.dim(1) + channelIn) * window.input().size() + source);
                    int wi = (int) ((channelOut * perGroupIn + k) * taps + tap);
                    int yi = (int) ((n * w.dim(0) + channelOut) * places + place);
                    switch (c.pass()) {
                        case FORWARD -> sums[yi] += xs[xi] * ws[wi];
                        case INPUT -> sums[xi] += ys[yi] * ws[wi];
                        case WEIGHT -> sums[wi] += ys[yi] * xs[xi];
                    }
                }
            }
        }
        write(sums, output);
    }

    private static double[] values(Tensor tensor, Tensor output) {
        return tensor == output ? null : tensor.toDoubles();
    }

    static void write(double[] values, Tensor output) {
        for (int i = 0; i < values.length; i++) {
            Scalars.write(output.dtype(), output.address(i), values[i]);
        }
    }
}
