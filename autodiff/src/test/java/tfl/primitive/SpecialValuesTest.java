package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.Backend;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation.Function;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;
import tfl.transform.Tape;

/** Values and slopes where formulas break: zeros, infinities, NaN and ties. */
class SpecialValuesTest {
    private static final EagerOps OPS = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private record Row(Primitive primitive, double[][] inputs, double[] value, double[]... slopes) {
        @Override
        public String toString() {
            return primitive + " of " + Arrays.deepToString(inputs);
        }
    }

    private static double[] of(double... numbers) {
        return numbers;
    }

    private static double[][] in(double[]... inputs) {
        return inputs;
    }

    static Stream<Row> rows() {
        return Stream.of(
            new Row(new Activation(Function.RELU), in(of(0, -0.0, NAN, INF)), of(0, 0, NAN, INF), of(0, 0, 1, 1)),
            new Row(new Activation(Function.SOFTPLUS), in(of(-1000, 1000, 0)), of(0, 1000, Math.log(2)), of(0, 1, 0.5)),
            new Row(new Activation(Function.LOG_SIGMOID), in(of(-1000, 1000)), of(-1000, 0), of(1, 0)),
            new Row(new Activation(Function.SILU), in(of(0)), of(0), of(0.5)),
            new Row(new Activation(Function.ELU), in(of(-INF, 1000)), of(-1, 1000), of(0, 1)),
            new Row(new Unary(UnaryOp.ABS), in(of(0, -2)), of(0, 2), of(0, -1)),
            new Row(new Unary(UnaryOp.SQRT), in(of(0, INF)), of(0, INF), of(INF, 0)),
            new Row(new Unary(UnaryOp.LOG), in(of(0)), of(-INF), of(INF)),
            new Row(new Unary(UnaryOp.TANH), in(of(-INF, 1000)), of(-1, 1), of(0, 0)),
            new Row(new Unary(UnaryOp.SIGMOID), in(of(-1000, 1000)), of(0, 1), of(0, 0)),
            new Row(new Clip(-1, 1), in(of(-1, 1, -2, NAN)), of(-1, 1, -1, NAN), of(1, 1, 0, 1)),
            new Row(new Binary(BinaryOp.MAX), in(of(1, NAN), of(1, 0)), of(1, NAN), of(0.5, 0), of(0.5, 0)),
            new Row(new Binary(BinaryOp.MIN), in(of(1, 3), of(1, 2)), of(1, 2), of(0.5, 0), of(0.5, 1)),
            new Row(new Binary(BinaryOp.POW), in(of(0, 0, -2), of(0, 2, 3)), of(1, 0, -8), of(0, 0, 12), of(0, 0, NAN)),
            new Row(new Binary(BinaryOp.HYPOT), in(of(0), of(0)), of(0), of(0), of(0)),
            new Row(new Binary(BinaryOp.LOGADDEXP), in(of(-INF, 1000), of(-INF, 1000)), of(-INF, 1000 + Math.log(2)),
                    of(1, 0.5), of(1, 0.5)),
            new Row(new Softmax(), in(of(1000, 1000, -INF)), of(0.5, 0.5, 0), of(0, 0, 0)),
            new Row(new LogSoftmax(), in(of(1000, 1000)), of(-Math.log(2), -Math.log(2)), of(0, 0)),
            new Row(new ReduceExtreme(true, List.of(0)), in(of(3, 1, 3)), of(3), of(0.5, 0, 0.5)),
            new Row(new ReduceExtreme(true, List.of(0)), in(of(3, NAN)), of(NAN), of(0, 0)),
            new Row(new ReduceProd(List.of(0)), in(of(0, 2, 3)), of(0), of(6, 0, 0)),
            new Row(new ReduceProd(List.of(0)), in(of(0, 2, 0)), of(0), of(0, 0, 0)),
            new Row(new Cumulative(Fold.PROD, 0, false, false), in(of(2, 0, 3)), of(2, 0, 0), of(1, 8, 0)),
            new Row(new Cumulative(Fold.MAX, 0, false, false), in(of(NAN, 1)), of(NAN, NAN), of(1, 1)),
            new Row(new Sort(false, false), in(of(2, NAN, 1)), of(1, 2, NAN), of(1, 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void valuesAndSlopes(Row row) {
        try (var tape = new Tape(OPS)) {
            var lifted = new ArrayList<TensorValue>();
            for (var input : row.inputs) {
                lifted.add(tape.lift(Tensor.of(input, input.length)));
            }
            var output = OPS.apply(row.primitive, lifted).getFirst();
            tape.stop();
            assertArrayEquals(row.value, values(tape.unlift(output)), 1e-12);
            var slopes = tape.pull(List.of(output), List.of(OPS.full(output.type(), 1)));
            for (int k = 0; k < row.slopes.length; k++) {
                assertArrayEquals(row.slopes[k], values(slopes.get(k)), 1e-12);
            }
        }
    }

    /** Tangents of 1 push as much forward as cotangents of 1 pull back, each element by itself where it can. */
    @ParameterizedTest
    @MethodSource("rows")
    void slopesForwards(Row row) {
        var inputs = Arrays.stream(row.inputs).<TensorValue>map(input -> Tensor.of(input, input.length)).toList();
        var outputs = OPS.apply(row.primitive, inputs);
        for (int k = 0; k < row.slopes.length; k++) {
            var tangents = new ArrayList<TensorValue>(Collections.nCopies(inputs.size(), null));
            tangents.set(k, OPS.full(inputs.get(k).type(), 1));
            var pushed = values(row.primitive.jvp(OPS, inputs, outputs, tangents).getFirst());
            if (row.primitive instanceof Elementwise) {
                assertArrayEquals(row.slopes[k], pushed, 1e-12);
            } else {
                assertEquals(Arrays.stream(row.slopes[k]).sum(), Arrays.stream(pushed).sum(), 1e-12);
            }
        }
    }

    @Test
    void aTangentOfZeroStaysZeroUnderAnInfiniteSlope() {
        var zero = (TensorValue) Tensor.of(of(0), 1);
        var one = (TensorValue) Tensor.of(of(1), 1);
        var sqrt = new Unary(UnaryOp.SQRT);
        assertArrayEquals(of(0), values(push(sqrt, List.of(zero), zero)));
        assertArrayEquals(of(INF), values(push(sqrt, List.of(zero), one)));
        // The same for the slope of a slope, forwards over forwards and over backwards: both read the change first.
        var still = new Pushforward(sqrt, List.of(DType.F64), List.of(true));
        assertArrayEquals(of(0), values(push(still, List.of(zero, zero), null, one)));
        var back = new Pullback(sqrt, List.of(DType.F64), 1, 1);
        assertArrayEquals(of(0), values(push(back, List.of(zero, zero), null, one)));
    }

    private static TensorValue push(Primitive primitive, List<TensorValue> inputs, TensorValue... tangents) {
        return primitive.jvp(OPS, inputs, OPS.apply(primitive, inputs), Arrays.asList(tangents)).getFirst();
    }

    private static double[] values(TensorValue value) {
        return ((Tensor) value).toDoubles();
    }
}
