package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.backend.Executable;
import tfl.backend.KernelCancelled;
import tfl.backend.llvm.GemmKernel;
import tfl.backend.llvm.InnerStride;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.PanelStep;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Products by code of our own, with what a loop makes of them: the same bits as one kernel after the other. */
class DirectProductTest {
    /** What is done with the product p of two inputs x and y. */
    enum Loop { BIAS, POSITION, TWO }

    /** How an operand lies in memory. */
    enum Layout { DENSE, TRANSPOSED, SPARSE, REVERSED, SHARED, ROW, COLUMN, ONE }

    @BeforeEach
    void isThere() {
        assumeTrue(Tiles.HOST.bits() > 0, "the processor does not multiply and add in one step");
    }

    @ParameterizedTest(name = "{0} {1} x {2}x{4} {5} @ {4}x{3} {6}, {9} of {7}, {8}")
    @CsvSource({
        "F32, 1, 64, 64, 64, DENSE, DENSE, ROW, DENSE, BIAS",
        "F32, 1, 64, 64, 64, DENSE, TRANSPOSED, ROW, DENSE, BIAS",
        "F32, 1, 64, 512, 128, DENSE, DENSE, DENSE, DENSE, TWO",
        "F32, 1, 64, 512, 128, DENSE, TRANSPOSED, COLUMN, ONE, TWO",
        "F32, 1, 65, 33, 100, DENSE, DENSE, ROW, COLUMN, TWO",
        "F32, 1, 65, 33, 101, DENSE, TRANSPOSED, ROW, COLUMN, TWO",
        "F32, 1, 71, 49, 77, TRANSPOSED, SPARSE, SPARSE, REVERSED, BIAS",
        "F32, 1, 71, 47, 78, REVERSED, REVERSED, TRANSPOSED, DENSE, BIAS",
        "F32, 1, 17, 1000, 20, DENSE, TRANSPOSED, DENSE, DENSE, POSITION",
        "F32, 1, 1000, 17, 20, SPARSE, DENSE, DENSE, DENSE, POSITION",
        "F32, 1, 2000, 96, 3, DENSE, TRANSPOSED, ROW, ONE, BIAS",
        "F32, 1, 16, 16, 1000, DENSE, TRANSPOSED, ROW, ONE, BIAS",
        "F32, 6, 32, 64, 64, DENSE, SHARED, ROW, ONE, BIAS",
        "F32, 6, 33, 65, 66, DENSE, SHARED, TRANSPOSED, ONE, BIAS",
        "F32, 6, 33, 65, 66, TRANSPOSED, DENSE, COLUMN, DENSE, TWO",
        "F32, 2, 100, 90, 80, DENSE, TRANSPOSED, REVERSED, DENSE, TWO",
        "F64, 1, 64, 64, 64, DENSE, DENSE, ROW, DENSE, BIAS",
        "F64, 1, 65, 33, 101, DENSE, TRANSPOSED, ROW, COLUMN, TWO",
        "F64, 3, 71, 47, 78, REVERSED, SPARSE, TRANSPOSED, SHARED, BIAS",
        "F64, 1, 100, 17, 200, DENSE, TRANSPOSED, DENSE, DENSE, POSITION",
    })
    void isWhatTheKernelsAreOneByOne(DType dtype, long batch, long m, long n, long k, Layout left, Layout right,
            Layout x, Layout y, Loop kind) {
        var operands = new Tensor[] {operand(dtype, batch, m, k, left, 1), operand(dtype, batch, k, n, right, 2),
            operand(dtype, batch, m, n, x, 3), operand(dtype, batch, m, n, y, 4)};
        var loop = loop(kind, dtype);
        var executable = compile(loop, operands);
        assertEquals(kind != Loop.POSITION || batch == 1, executable instanceof DirectExecutable);

        var types = List.of(new TensorType(dtype, shape(batch, m, n)));
        var product = new CpuBackend().compile(new Kernel.Contract(dtype), types(operands[0], operands[1]), types)
                .run(new Tensor[] {operands[0], operands[1]}, 0)[0];
        var wanted = new CpuBackend(false).compile(loop, types(operands[2], product, operands[3]),
                loop.bodies().stream().map(body -> new TensorType(body.dtype(), shape(batch, m, n))).toList())
                .run(new Tensor[] {operands[2], product, operands[3]}, 0);
        var given = executable.run(operands, 0);
        for (int result = 0; result < wanted.length; result++) {
            assertArrayEquals(wanted[result].toDoubles(), given[result].toDoubles(), "result " + result);
        }
    }

    @Test
    void aResultTakesThePlaceOfAnInputThatOnlyTheLoopReads() {
        var dtype = DType.F32;
        var square = Samples.tensor(dtype, 1, Shape.of(64, 64));
        var operands = new Tensor[] {square, Samples.tensor(dtype, 2, Shape.of(64, 64)),
            Samples.tensor(dtype, 3, Shape.of(64, 64)), Samples.tensor(dtype, 4, Shape.of(64, 64))};
        var executable = compile(loop(Loop.BIAS, dtype), operands);
        var wanted = executable.run(operands, 0)[0].toDoubles();
        assertArrayEquals(wanted, executable.run(operands, 0b0011)[0].toDoubles());
        var result = executable.run(operands, 0b0100)[0];
        assertEquals(operands[2].address(), result.address());
        assertArrayEquals(wanted, result.toDoubles());
    }

    @Test
    void aProductOfSomeRowsHasTheBitsOfThoseOfAll() {
        for (boolean turned : List.of(false, true)) {
            var a = Samples.tensor(DType.F32, 1, Shape.of(300, 70));
            var b = turned ? Samples.tensor(DType.F32, 2, Shape.of(130, 70)).permute(1, 0)
                    : Samples.tensor(DType.F32, 2, Shape.of(70, 130));
            var all = product(a, b).toDoubles();
            var some = product(a.slice(0, 101, 1, 50), b).toDoubles();
            assertArrayEquals(Arrays.copyOfRange(all, 101 * 130, 151 * 130), some);
        }
    }

    @ParameterizedTest(name = "{0} rows of {1} lanes")
    @CsvSource({"6, 8", "8, 4", "8, 16"})
    void tilesOfOtherProcessorsGiveTheSameBits(int rows, int lanes) {
        var loop = new Kernel.Loop(List.of(DType.F32), List.of(new ScalarExpr.Input(0, DType.F32)));
        for (boolean turned : List.of(false, true)) {
            for (long n : List.of(64L, 65L, 77L, 95L)) {
                var a = Samples.tensor(DType.F32, 1, Shape.of(100, 70));
                var b = turned ? Samples.tensor(DType.F32, 2, Shape.of(n, 70)).permute(1, 0)
                        : Samples.tensor(DType.F32, 2, Shape.of(70, n));
                var kernel = new GemmKernel(loop, 0, rows, lanes, n == 64, turned, List.of(InnerStride.DENSE));
                var result = Tensor.allocate(DType.F32, 100, n);
                DirectProduct.run(new ProductSizes(1, 100, n, 70), KernelStore.get(kernel).get("kernel"), 0, a, b,
                        new Tensor[1], new Tensor[] {result}, new long[0]);
                assertArrayEquals(product(a, b).toDoubles(), result.toDoubles());
            }
        }
    }

    @Test
    void infinitiesAndNansStayInTheirRowAndColumn() {
        var a = new double[64 * 64];
        var b = new double[64 * 64];
        Arrays.fill(b, 1);
        a[5 * 64 + 3] = Double.NaN;
        b[7 * 64 + 9] = Double.POSITIVE_INFINITY;
        var c = product(Tensor.of(DType.F32, a, 64, 64), Tensor.of(DType.F32, b, 64, 64)).toDoubles();
        for (int i = 0; i < 64; i++) {
            for (int j = 0; j < 64; j++) {
                assertEquals(i == 5 || j == 9 ? Double.NaN : 0, c[i * 64 + j], "element " + i + ", " + j);
            }
        }
    }

    @Test
    void anInterruptEndsIt() {
        var operands = new Tensor[] {Tensor.allocate(DType.F32, 4096, 64), Tensor.allocate(DType.F32, 64, 64),
            Tensor.allocate(DType.F32, 4096, 64), Tensor.allocate(DType.F32, 4096, 64)};
        var executable = compile(loop(Loop.BIAS, DType.F32), operands);
        assertInstanceOf(DirectExecutable.class, executable);
        executable.run(operands, 0);
        Thread.currentThread().interrupt();
        try {
            assertThrows(KernelCancelled.class, () -> executable.run(operands, 0));
        } finally {
            Thread.interrupted();
        }
    }

    private static Tensor product(Tensor a, Tensor b) {
        var type = new TensorType(a.dtype(), Shape.of(a.dim(0), b.dim(1)));
        return new CpuBackend().compile(new Kernel.Contract(a.dtype()), types(a, b), List.of(type))
                .run(new Tensor[] {a, b}, 0)[0];
    }

    private static Executable compile(Kernel.Loop loop, Tensor... operands) {
        var kernel = new Kernel.Product(4, List.of(new PanelStep.Multiply(0, 1),
                new PanelStep.Apply(loop, List.of(2, 4, 3))), loop.bodies().size() == 1 ? List.of(5) : List.of(5, 6));
        var values = kernel.values(types(operands));
        return new CpuBackend(false).compile(kernel, types(operands), values.subList(5, values.size()));
    }

    private static List<TensorType> types(Tensor... tensors) {
        return Arrays.stream(tensors).map(Tensor::type).toList();
    }

    private static Kernel.Loop loop(Loop kind, DType dtype) {
        var x = new ScalarExpr.Input(0, dtype);
        var p = new ScalarExpr.Input(1, dtype);
        var y = new ScalarExpr.Input(2, dtype);
        var sum = new ScalarExpr.Binary(BinaryOp.ADD, p, x);
        var three = new ScalarExpr.Constant(Double.doubleToRawLongBits(3), dtype);
        return new Kernel.Loop(List.of(dtype, dtype, dtype), switch (kind) {
            case BIAS -> List.of(new ScalarExpr.Binary(BinaryOp.MAX, new ScalarExpr.Binary(BinaryOp.MUL, sum, three),
                    y));
            case POSITION -> List.of(new ScalarExpr.Select(new ScalarExpr.Binary(BinaryOp.LE, new ScalarExpr.Index(0),
                    new ScalarExpr.Index(1)), sum, y));
            case TWO -> List.of(new ScalarExpr.Binary(BinaryOp.MUL, new ScalarExpr.Unary(UnaryOp.ABS, sum), y),
                    new ScalarExpr.Binary(BinaryOp.GT, p, y));
        });
    }

    private static Shape shape(long batch, long rows, long columns) {
        return batch == 1 ? Shape.of(rows, columns) : Shape.of(batch, rows, columns);
    }

    private static Tensor operand(DType dtype, long batch, long rows, long columns, Layout layout, int seed) {
        var shape = shape(batch, rows, columns);
        int last = shape.rank() - 1;
        return switch (layout) {
            case DENSE -> Samples.tensor(dtype, seed, shape);
            case TRANSPOSED -> Samples.tensor(dtype, seed, shape(batch, columns, rows))
                    .permute(batch == 1 ? new int[] {1, 0} : new int[] {0, 2, 1});
            case SPARSE -> Samples.tensor(dtype, seed, shape(batch, 2 * rows, 3 * columns))
                    .slice(last - 1, 0, 2, rows).slice(last, 0, 3, columns);
            case REVERSED -> Samples.tensor(dtype, seed, shape).reverse(last);
            case SHARED -> Samples.tensor(dtype, seed, Shape.of(rows, columns)).broadcastTo(shape);
            case ROW -> Samples.tensor(dtype, seed, Shape.of(columns)).broadcastTo(shape);
            case COLUMN -> Samples.tensor(dtype, seed, Shape.of(rows, 1)).broadcastTo(shape);
            case ONE -> Samples.tensor(dtype, seed, Shape.of()).broadcastTo(shape);
        };
    }
}
