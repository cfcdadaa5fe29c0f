package tfl.interpreter.builtin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import tfl.tensor.DType;
import tfl.tensor.Tensor;

class TensorTextTest {
    private static void shows(String expected, Tensor tensor) {
        assertEquals(expected, TensorText.of(tensor, 60));
    }

    private static Tensor floats(double... values) {
        return Tensor.of(DType.F32, values, values.length);
    }

    @Test
    void floatsShareTheirDecimals() {
        shows("[1.0, 2.0, 3.0]", floats(1, 2, 3));
        shows("[0.50, 0.25]", floats(0.5, 0.25));
        shows("[0.3333, 0.6667]", floats(1 / 3.0, 2 / 3.0));
        shows("[ 1.5, -2.0]", floats(1.5, -2));
    }

    @Test
    void largeAndSmallNumbersShareAnExponent() {
        shows("1e-6 * [1.0, 2.5]", floats(1e-6, 2.5e-6));
        shows("1e6 * [1.235, 2.000]", floats(1234567.8, 2e6));
        shows("[1.000e+00, 1.000e-09]", floats(1, 1e-9));
        shows("[1000000.0,       2.0]", floats(1e6, 2));
    }

    @Test
    void oddNumbersAreVisible() {
        shows("[ nan,  inf, -inf, -0.0,  1.0]", floats(Double.NaN, Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY, -0.0, 1));
    }

    @Test
    void otherDtypes() {
        shows("[  1, -10]", Tensor.of(new long[] {1, -10}, 2));
        shows("[ true, false]", Tensor.of(new boolean[] {true, false}, 2));
        shows("[1.0+2.0j, 0.0-1.0j]", Tensor.ofComplex(new float[] {1, 2, 0, -1}, 2));
        shows("[]", Tensor.of(new float[0], 0));
    }

    @Test
    void scalarsAreBare() {
        shows("0.1", Tensor.scalar(DType.F32, 0.1));
        shows("true", Tensor.scalar(DType.BOOL, 1L));
        shows("1e-20", Tensor.scalar(DType.F32, 1e-20));
    }

    @Test
    void axesNest() {
        shows("[[1, 2],\n [3, 4]]", Tensor.of(new long[] {1, 2, 3, 4}, 2, 2));
        shows("[[[1],\n  [2]],\n\n [[3],\n  [4]]]", Tensor.of(new long[] {1, 2, 3, 4}, 2, 2, 1));
        assertEquals("[[1, 2], [3, 4]]", TensorText.inline(Tensor.of(new long[] {1, 2, 3, 4}, 2, 2)));
    }

    @Test
    void longRowsWrap() {
        shows("[0.0, 1.0, 2.0,\n 3.0, 4.0]".replace("\n ", " "), floats(0, 1, 2, 3, 4));
        assertEquals("[0.0, 1.0,\n 2.0, 3.0,\n 4.0]", TensorText.of(floats(0, 1, 2, 3, 4), 12));
    }

    @Test
    void manyElementsShowTheirEdges() {
        shows("[   0.0,    1.0,    2.0, ..., 1998.0, 1999.0, 2000.0]",
                floats(DoubleStream.iterate(0, x -> x + 1).limit(2001).toArray()));
    }

    @Test
    void displayHasAHeaderAndASummary() {
        assertEquals("f32[2] cpu 8 B\n[1.0, 2.0]", Display.of(floats(1, 2), 60));
        var many = floats(DoubleStream.iterate(0, x -> x + 1).limit(2001).toArray());
        assertEquals("mean 1000, std 577.6, min 0, max 2000",
                Display.of(many, 60).lines().reduce((first, second) -> second).orElseThrow());
    }
}
