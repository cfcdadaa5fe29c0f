package tfl.backend.reference;

import java.util.Collections;
import tfl.kernel.Routine;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Pooling; in the backward pass of MAX the first of equal elements takes the cotangent, and NaN wins as it does
 * forward.
 */
final class Pools {
    private final boolean max;
    private final Window window;
    private final double[] x;

    private Pools(boolean max, Window window, double[] x) {
        this.max = max;
        this.window = window;
        this.x = x;
    }

    static void run(Routine.Pool pool, Tensor[] inputs, Tensor output) {
        int axes = pool.window().size();
        var y = pool.backward() ? inputs[inputs.length - 1] : output;
        var window = new Window(Window.last(inputs[0].shape(), axes), Window.last(y.shape(), axes),
                Shape.of(pool.window().stream().mapToLong(size -> size).toArray()), pool.stride(), pool.padLow(),
                Collections.nCopies(axes, 1L));
        var pools = new Pools(pool.max(), window, inputs[0].toDoubles());
        var values = new double[Math.toIntExact(output.size())];
        var cotangents = pool.backward() ? y.toDoubles() : null;
        for (int i = 0; i < y.size(); i++) {
            int places = (int) window.output().size();
            int start = (int) (i / places * window.input().size());
            if (pool.backward()) {
                pools.back(values, start, i % places, cotangents[i]);
            } else {
                values[i] = pools.value(start, i % places);
            }
        }
        Convolutions.write(values, output);
    }

    private double value(int start, long place) {
        if (max) {
            int winner = winner(start, place);
            return winner < 0 ? Double.NEGATIVE_INFINITY : x[winner];
        }
        double sum = 0;
        int count = 0;
        for (long tap = 0; tap < window.window().size(); tap++) {
            int at = (int) window.at(place, tap);
            sum += at < 0 ? 0 : x[start + at];
            count += at < 0 ? 0 : 1;
        }
        return sum / count;
    }

    private int winner(int start, long place) {
        int winner = -1;
        for (long tap = 0; tap < window.window().size(); tap++) {
            int at = (int) window.at(place, tap);
            if (at >= 0 && (winner < 0 || x[start + at] > x[winner] || Double.isNaN(x[start + at])
                    && !Double.isNaN(x[winner]))) {
                winner = start + at;
            }
        }
        return winner;
    }

    private void back(double[] gradient, int start, long place, double cotangent) {
        if (max) {
            int winner = winner(start, place);
            if (winner >= 0) {
                gradient[winner] += cotangent;
            }
            return;
        }
        int count = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (long tap = 0; tap < window.window().size(); tap++) {
                int at = (int) window.at(place, tap);
                if (at >= 0 && pass == 1) {
                    gradient[start + at] += cotangent / count;
                }
                count += at >= 0 && pass == 0 ? 1 : 0;
            }
        }
    }
}
