package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Convolutions and pooling against the reference. */
class SpatialRoutinesTest {
    @ParameterizedTest(name = "{0} x[{1}] w[{2}] stride {3} pad {4}/{5} dilation {6} groups {7}")
    @CsvSource({
        "F32, '2 3 8 8', '4 3 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F32, '1 1 5 5', '1 1 5 5', '1 1', '0 0', '0 0', '1 1', 1",
        "F32, '2 4 9 7', '6 2 3 2', '2 3', '1 0', '0 2', '1 1', 2",
        "F32, '3 4 12 12', '4 1 3 3', '1 2', '2 2', '2 2', '2 2', 4",
        "F32, '2 5 6 6', '7 5 1 1', '1 1', '0 0', '0 0', '1 1', 1",
        "F32, '1 5 6 6', '7 5 1 1', '2 2', '0 0', '0 0', '1 1', 1",
        "F32, '3 2 20', '4 2 5', '2', '3', '1', '1', 1",
        "F32, '1 2 4 5 6', '3 2 2 3 2', '1 2 1', '1 0 1', '0 1 1', '1 1 2', 1",
        "F32, '4 8 40 40', '8 8 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F32, '1 16 33 33', '8 16 3 3', '1 1', '4 4', '4 4', '1 1', 1",
        "F32, '2 3 2 2', '4 3 3 3', '1 1', '0 0', '0 0', '1 1', 1",
        "F32, '0 3 8 8', '4 3 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F32, '2 0 8 8', '4 0 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F32, '2 3 8 8', '0 3 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F32, '5 32 20 20', '32 32 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F32, '9 32 19 21', '24 32 3 3', '1 1', '0 0', '0 0', '1 1', 1",
        "F32, '3 16 64 31', '40 16 3 3', '1 1', '2 0', '1 2', '1 1', 1",
        "F32, '17 40 15 15', '33 40 3 3', '1 1', '0 2', '2 1', '1 1', 1",
        "F32, '1 48 48 48', '48 48 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F16, '4 24 30 30', '24 24 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F32, '4 64 33 33', '64 64 3 3', '2 2', '1 1', '1 1', '1 1', 1",
        "F32, '4 64 32 32', '64 16 3 3', '1 1', '1 1', '1 1', '1 1', 4",
        "F32, '4 64 64 64', '64 1 5 5', '1 1', '2 2', '2 2', '1 1', 64",
        "F32, '4 32 24 24', '32 32 3 3', '1 1', '1 0', '2 3', '2 2', 1",
        "F32, '8 32 512', '32 32 5', '1', '2', '2', '1', 1",
        "F32, '2 16 12 12 12', '16 16 3 3 3', '1 1 1', '1 1 1', '1 1 1', '1 1 1', 1",
        "F64, '2 3 8 8', '4 3 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "F64, '1 2 4 5 6', '3 2 2 3 2', '1 2 1', '1 0 1', '0 1 1', '1 1 2', 1",
        "F64, '2 4 9 7', '6 2 3 2', '2 3', '1 0', '0 2', '1 1', 2",
        "F16, '2 3 8 8', '4 3 3 3', '1 1', '1 1', '1 1', '1 1', 1",
        "BF16, '2 3 8 8', '4 3 3 3', '2 1', '1 1', '1 1', '1 1', 1",
        "I32, '2 3 4 4', '4 3 3 3', '1 1', '1 1', '1 1', '1 1', 1",
    })
    void convolution(DType dtype, String x, String w, String stride, String low, String high,
    String dilation, long groups) {
        var input = Samples.tensor(dtype, 1, shape(x));
        var weights = Samples.tensor(dtype, 2, shape(w));
        var output = input.shape().dims();
        output[1] = weights.dim(0);
        for (int i = 2; i < output.length; i++) {
            long reach = (weights.dim(i) - 1) * numbers(dilation).get(i - 2) + 1;
            output[i] = places(input.dim(i), reach, numbers(low).get(i - 2), numbers(high).get(i - 2),
                    numbers(stride).get(i - 2));
        }
        var cotangent = Samples.tensor(dtype, 3, Shape.of(output));
        for (var pass : Routine.Pass.values()) {
            var result = pass == Routine.Pass.FORWARD ? cotangent : pass == Routine.Pass.INPUT ? input
                    : weights;
            var inputs = switch (pass) {
                case FORWARD -> List.of(input, weights);
                case INPUT -> List.of(cotangent, weights);
                case WEIGHT -> List.of(input, cotangent);
            };
            var size = Arrays.stream(result.shape().dims()).skip(2).boxed().toList();
            var routine = new Routine.Convolution(dtype, pass, numbers(stride), numbers(low), numbers(high),
                    numbers(dilation), groups, size);
            double tolerance = switch (dtype) {
                case F64 -> 1e-11;
                case F16 -> 0.05;
                case BF16 -> 0.4;
                default -> 2e-3;
            };
            agree(routine, inputs, result, tolerance);
            if (input.size() < 20_000) {
                agree(routine, inputs.stream().map(Samples::scattered).toList(), result, tolerance);
            }
        }
    }

    /** Tiles mix their elements, but what the window does not reach must not see a NaN or an infinity. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void notFinite(float special) {
        var type = new TensorType(DType.F32, Shape.of(2, 32, 32, 32));
        var values = new double[2 * 32 * 32 * 32];
        Arrays.setAll(values, i -> i % 7 - 3);
        values[(5 * 32 + 9) * 32 + 12] = special;
        var input = Tensor.of(DType.F32, values, type.shape().dims());
        var weights = Samples.tensor(DType.F32, 2, Shape.of(32, 32, 3, 3));
        for (var pass : Routine.Pass.values()) {
            var routine = new Routine.Convolution(DType.F32, pass, List.of(1L, 1L), List.of(1L, 1L), List.of(1L, 1L),
                    List.of(1L, 1L), 1, pass == Routine.Pass.WEIGHT ? List.of(3L, 3L) : List.of(32L, 32L));
            boolean weight = pass == Routine.Pass.WEIGHT;
            agree(routine, List.of(input, weight ? Samples.tensor(DType.F32, 3, type.shape()) : weights),
                    weight ? weights : input, 2e-3);
        }
    }

    @ParameterizedTest(name = "{0} x[{1}] window {2} stride {3} pad {4}/{5}")
    @CsvSource({
        "F32, '2 3 8 8', '2 2', '2 2', '0 0', '0 0'",
        "F32, '2 3 9 7', '3 2', '1 2', '1 0', '2 1'",
        "F32, '9', '3', '1', '1', '1'",
        "F32, '4 5 12', '4', '3', '2', '1'",
        "F32, '2 4 5 6', '2 2 2', '1 2 1', '1 0 1', '0 1 1'",
        "F32, '1 4 100 100', '3 3', '2 2', '1 1', '1 1'",
        "F32, '2 0 8 8', '2 2', '2 2', '0 0', '0 0'",
        "F32, '2 3 9 11', '2 2', '3 4', '0 0', '0 0'",
        "F32, '3 7', '3', '3', '0', '0'",
        "F32, '2 2 4 7 6', '2 3 2', '2 3 2', '0 0 0', '0 0 0'",
        "F32, '2 1 1 1', '2 2', '1 1', '0 0', '0 0'",
        "F64, '2 3 9 7', '3 2', '1 2', '1 0', '2 1'",
        "F16, '2 3 8 8', '2 2', '2 2', '0 0', '0 0'",
        "BF16, '2 3 8 8', '3 3', '1 1', '1 1', '1 1'",
    })
    void pooling(DType dtype, String x, String window, String stride, String low, String high) {
        var input = Samples.tensor(dtype, 1, shape(x));
        var output = input.shape().dims();
        int lead = output.length - numbers(window).size();
        for (int i = 0; i < output.length - lead; i++) {
            output[lead + i] = places(output[lead + i], numbers(window).get(i), numbers(low).get(i),
                    numbers(high).get(i), numbers(stride).get(i));
        }
        var cotangent = Samples.tensor(dtype, 3, Shape.of(output));
        for (boolean max : new boolean[] {true, false}) {
            var forward = new Routine.Pool(dtype, false, max, numbers(window), numbers(stride), numbers(low),
                    numbers(high));
            var backward = new Routine.Pool(dtype, true, max, numbers(window), numbers(stride), numbers(low),
                    numbers(high));
            double tolerance = dtype == DType.BF16 ? 0.02 : dtype == DType.F16 ? 2e-3 : 1e-5;
            var y = agree(forward, List.of(input), cotangent, tolerance);
            agree(forward, List.of(Samples.scattered(input)), cotangent, tolerance);
            agree(backward, max ? List.of(input, y, cotangent) : List.of(input, cotangent), input, tolerance);
        }
    }

    @ParameterizedTest(name = "windows of {0}, {1} apart")
    @CsvSource({"2, 2", "2, 3", "3, 2"})
    void theFirstOfTheLargestTakesTheCotangent(long window, long stride) {
        var values = new float[2 * 9 * 9];
        var special = new float[] {1, 1, 2, -0f, 0, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2, 1, Float.NaN};
        for (int i = 0; i < values.length; i++) {
            values[i] = special[i * 7 % (i < 81 ? 9 : 10)];
        }
        var input = Tensor.of(values, 2, 9, 9);
        long size = (9 - window) / stride + 1;
        var sizes = List.of(window, window);
        var steps = List.of(stride, stride);
        var none = List.of(0L, 0L);
        var cotangent = Samples.tensor(DType.F32, 5, Shape.of(2, size, size));
        var y = agree(new Routine.Pool(DType.F32, false, true, sizes, steps, none, none), List.of(input), cotangent,
                1e-9);
        agree(new Routine.Pool(DType.F32, true, true, sizes, steps, none, none), List.of(input, y, cotangent), input,
                1e-9);
    }

    private static Tensor agree(Routine routine, List<Tensor> inputs, Tensor like, double tolerance) {
        var expected = Samples.reference(routine, inputs, List.of(like.dtype()), List.of(like.shape()));
        var actual = Samples.run(routine, inputs, List.of(like.dtype()), List.of(like.shape()));
        assertArrayEquals(expected[0].toDoubles(), actual[0].toDoubles(), tolerance, routine.toString());
        return actual[0];
    }

    private static long places(long size, long window, long low, long high, long stride) {
        return Math.max(0, (size + low + high - window + stride) / stride);
    }

    private static Shape shape(String text) {
        return Shape.of(numbers(text).stream().mapToLong(size -> size).toArray());
    }

    private static List<Long> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
    }
}
