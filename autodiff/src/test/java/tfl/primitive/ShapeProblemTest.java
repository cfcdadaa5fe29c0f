package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Broadcasting, promotion, and what users read when shapes or dtypes do not fit. */
class ShapeProblemTest {
    private static TensorType f32(long... dims) {
        return new TensorType(DType.F32, Shape.of(dims));
    }

    private record Row(Primitive primitive, List<TensorType> inputs, String message, String help) {}

    static Stream<Row> rows() {
        return Stream.of(
            new Row(new MatMul(), List.of(f32(128, 784), f32(785, 512)),
                    "x @ w: the inner dimensions differ: x has 784 columns, w has 785 rows", null),
            new Row(new MatMul(), List.of(f32(128, 784), f32(512, 784)),
                    "x @ w: the inner dimensions differ: x has 784 columns, w has 512 rows",
                    "transpose the right operand: x @ w.mT"),
            new Row(new MatMul(), List.of(f32(5, 2), f32(3, 5)),
                    "x @ w: the inner dimensions differ: x has 2 columns, w has 3 rows", "swap the operands: w @ x"),
            new Row(new Unary(UnaryOp.SIN), List.of(new TensorType(DType.I64, Shape.of(3))), "sin takes floats or"
                    + " complex numbers, x is i64", "convert it first: x.astype(f32)"),
            new Row(new Binary(BinaryOp.ADD), List.of(f32(2), f32(3)),
                    "add: the shapes differ: x is f32[2], w is f32[3]", null),
            new Row(new Reshape(Shape.of(4)), List.of(f32(2, 3)),
                    "reshape: x of shape (2, 3) has 6 elements, (4) has 4",
                    "one size may be -1 and is then worked out"),
            new Row(new Concat(0), List.of(f32(2, 3), f32(2, 4)),
                    "concat on axis 0: the first is f32[2, 3], number 2 is f32[2, 4]",
                    "all sizes but that of axis 0 must agree"),
            new Row(new ReduceExtreme(true, List.of(0)), List.of(f32(0)),
                    "max of nothing: axis 0 of x has size 0", null),
            new Row(new Cholesky(), List.of(f32(2, 3)), "cholesky takes square matrices, x is f32[2, 3]", null));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void messages(Row row) {
        var problem = assertThrows(ShapeProblem.class, () -> row.primitive.shape(row.inputs));
        assertEquals(row.message, problem.message(List.of("x", "w")));
        assertEquals(row.help, problem.help(List.of("x", "w")));
    }

    @Test
    void operandsWithoutNamesHavePlainWords() {
        var problem = assertThrows(ShapeProblem.class, () -> new MatMul().shape(List.of(f32(2, 3), f32(4, 5))));
        assertEquals("left @ right: the inner dimensions differ: left has 3 columns, right has 4 rows",
                problem.getMessage());
    }

    @Test
    void broadcasting() {
        assertEquals(Shape.of(4, 2, 3), Broadcasting.of(Shape.of(4, 1, 3), Shape.of(2, 1)));
        assertEquals(Shape.of(0, 3), Broadcasting.of(Shape.of(1, 3), Shape.of(0, 1)));
        var problem = assertThrows(ShapeProblem.class, () -> Broadcasting.of(Shape.of(2, 3), Shape.of(4)));
        assertEquals("shapes (2, 3) and (4,) do not broadcast: axis 1 is 3 on the left and 4 on the right",
                problem.getMessage());
        var missing = assertThrows(ShapeProblem.class, () -> Broadcasting.of(Shape.of(5, 3), Shape.of(5)));
        assertEquals("add an axis: b[:, none]", missing.help(List.of("a", "b")));
    }

    @ParameterizedTest
    @CsvSource({
        "bool, i8, i8", "u8, i8, i16", "u8, i16, i16", "i8, i32, i32", "i64, u8, i64", "f16, bf16, f32",
        "f16, f32, f32", "f32, f64, f64", "i64, f32, f32", "i32, f64, f64", "i32, f16, f32", "bool, f16, f16",
        "f64, c64, c64",
        "i32, c64, c64"})
    void promotion(String a, String b, String common) {
        assertEquals(DType.of(common), Promotion.of(DType.of(a), DType.of(b)));
        assertEquals(DType.of(common), Promotion.of(DType.of(b), DType.of(a)));
    }
}
