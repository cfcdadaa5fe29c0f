package tfl.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ViewsTest {
    private static Tensor grid() {
        return Tensor.of(new long[] {0, 1, 2, 3, 4, 5}, 2, 3);
    }

    static Arguments[] views() {
        return new Arguments[] {
            row("slice rows", t -> t.slice(0, 1, 1, 1), "i64[1, 3]", 3, 4, 5),
            row("every second column, backwards", t -> t.slice(1, 2, -2, 2), "i64[2, 2]", 2, 0, 5, 3),
            row("nothing", t -> t.slice(1, 3, 1, 0), "i64[2, 0]"),
            row("transposed", t -> t.permute(1, 0), "i64[3, 2]", 0, 3, 1, 4, 2, 5),
            row("reversed", t -> t.reverse(0), "i64[2, 3]", 3, 4, 5, 0, 1, 2),
            row("new axis", t -> t.expand(1), "i64[2, 1, 3]", 0, 1, 2, 3, 4, 5),
            row("squeezed", t -> t.slice(0, 1, 1, 1).squeeze(0), "i64[3]", 3, 4, 5),
            row("broadcast", t -> t.slice(1, 1, 1, 1).broadcastTo(Shape.of(2, 2, 2)), "i64[2, 2, 2]",
                    1, 1, 4, 4, 1, 1, 4, 4),
            row("reshaped", t -> t.reshapeView(Shape.of(3, 1, 2)), "i64[3, 1, 2]", 0, 1, 2, 3, 4, 5),
            row("joined of a broadcast", t -> t.broadcastTo(Shape.of(1, 2, 3)).reshapeView(Shape.of(6)), "i64[6]",
                    0, 1, 2, 3, 4, 5),
            row("split of a transposed", t -> t.permute(1, 0).reshapeView(Shape.of(3, 2, 1)), "i64[3, 2, 1]",
                    0, 3, 1, 4, 2, 5),
            row("split of a column step", t -> t.slice(1, 0, 2, 2).reshapeView(Shape.of(2, 1, 2)), "i64[2, 1, 2]",
                    0, 2, 3, 5),
            row("strided", t -> t.asStrided(new TensorType(DType.I64, Shape.of(2, 2)), new long[] {1, 1}, 2),
                    "i64[2, 2]", 2, 3, 3, 4)
        };
    }

    private static Arguments row(String name, Function<Tensor, Tensor> view, String type, long... elements) {
        return Arguments.of(name, view, type, elements);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void shows(String name, Function<Tensor, Tensor> view, String type, long[] elements) {
        var seen = view.apply(grid());
        assertEquals(type, seen.type().toString());
        assertArrayEquals(elements, seen.toLongs());
    }

    @Test
    void someReshapesNeedACopy() {
        assertNull(grid().permute(1, 0).reshapeView(Shape.of(6)));
        assertNull(grid().broadcastTo(Shape.of(2, 2, 3)).reshapeView(Shape.of(12)));
    }

    @Test
    void complexPartsAreViews() {
        var z = Tensor.ofComplex(new float[] {1, 2, 3, 4});
        assertArrayEquals(new double[] {1, 3}, z.part(false).toDoubles());
        assertArrayEquals(new double[] {2, 4}, z.part(true).toDoubles());
        assertEquals(4, z.readImaginary(1));
    }

    @Test
    void noViewLeavesItsStorage() {
        var t = grid();
        var type = new TensorType(DType.I64, Shape.of(2, 3));
        assertThrows(IllegalArgumentException.class, () -> t.asStrided(type, new long[] {3, 1}, 1));
        assertThrows(IllegalArgumentException.class, () -> t.asStrided(type, new long[] {-3, 1}, 0));
        assertThrows(IllegalArgumentException.class, () -> t.asStrided(type, new long[] {Long.MAX_VALUE, 1}, 0));
        assertThrows(IllegalArgumentException.class, () -> t.asStrided(type, new long[] {1}, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> t.slice(1, 1, 1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> t.readLong(6));
        assertThrows(IndexOutOfBoundsException.class, () -> t.position(0, 3));
        assertThrows(IllegalArgumentException.class, () -> t.reshapeView(Shape.of(5)));
        assertThrows(IllegalArgumentException.class, () -> t.permute(0, 0));
    }

    @Test
    void narrowFloatsRoundToEven() {
        assertEquals(2049.0 - 1, Tensor.scalar(DType.F16, 2049.0).readDouble(0));
        assertEquals(Double.POSITIVE_INFINITY, Tensor.scalar(DType.F16, 1e6).readDouble(0));
        assertEquals(1.0, Tensor.scalar(DType.BF16, 1.00390625).readDouble(0));
        assertEquals(1.015625, Tensor.scalar(DType.BF16, 1.01171875).readDouble(0));
        // Just above a tie: rounding through f32 first would lose the last bit and tie to even.
        assertEquals(1.0078125, Tensor.scalar(DType.BF16, 1.00390625 + 0x1p-40).readDouble(0));
        assertEquals(Double.NaN, Tensor.scalar(DType.BF16, Double.NaN).readDouble(0));
        assertEquals(255, Tensor.scalar(DType.U8, 300.0).readLong(0));
        assertEquals(44, Tensor.scalar(DType.U8, 300L).readLong(0));
    }
}
