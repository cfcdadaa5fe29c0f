package tfl.backend.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.of;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Combine;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.Kernel.RowStage;
import tfl.kernel.Kernel.Window;
import tfl.kernel.Routine;
import tfl.kernel.ScalarExpr.Binary;
import tfl.kernel.ScalarExpr.Cast;
import tfl.kernel.ScalarExpr.Constant;
import tfl.kernel.ScalarExpr.Index;
import tfl.kernel.ScalarExpr.Input;
import tfl.kernel.ScalarExpr.Stage;
import tfl.kernel.ScalarExpr.Unary;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The definition against numbers written by hand, or known from elsewhere. */
class ReferenceTest {
    /** Expected values: Wolfram Alpha and the C standard's special cases. */
    @ParameterizedTest
    @CsvSource({
        "ERF, 0.5, 0.5204998778130465", "ERF, -3, -0.9999779095030014", "ERF, 2.5, 0.999593047982555",
        "ERF, Infinity, 1",
        "LGAMMA, 0.1, 2.252712651734206", "LGAMMA, 10.5, 13.940625219403763", "LGAMMA, -0.5, 1.2655121234846454",
        "LGAMMA, -2, Infinity", "DIGAMMA, 1, -0.5772156649015329", "DIGAMMA, -1.5, 0.7031566406452432",
        "DIGAMMA, 0.001, -1000.5755719318103", "ASINH, 1e-5, 9.999999999833333e-6", "ASINH, -2, -1.4436354751788103",
        "ASINH, 1e200, 461.2101657793691", "ACOSH, 1.000001, 0.00141421344446382", "ATANH, 0.5, 0.5493061443340549",
        "ATANH, 1, Infinity", "LOG2, 8, 3", "LOG2, 1e-3, -9.965784284662087", "EXPM1, 1e-10, 1.00000000005e-10",
        "SIGMOID, -800, 0", "SIGMOID, 0.3, 0.574442516811659", "ROUND, 2.5, 2", "ROUND, -0.5, -0.0", "TRUNC, -1.7, -1",
        "SIGN, -0.0, 0", "SIGN, NaN, NaN", "ABS, -Infinity, Infinity", "RSQRT, 4, 0.5", "SQRT, -1, NaN"})
    void unary(UnaryOp op, double x, double expected) {
        double actual = (Double) Scalars.unary(op, DType.F64, x);
        close(expected, actual, 2e-14);
    }

    private static void close(double expected, double actual, double relative) {
        double most = relative * Math.abs(expected);
        assertEquals(expected, actual, most > 0 && Double.isFinite(most) ? most : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "MOD, 7, 3, 1", "MOD, -7, 3, 2", "MOD, 7, -3, -2", "MOD, 5, Infinity, 5", "MOD, -5, Infinity, Infinity",
        "MOD, 5, 0, NaN", "FLOOR_DIV, -7, 2, -4", "FLOOR_DIV, 7, -2, -4", "FLOOR_DIV, 1, 0, Infinity",
        "FLOOR_DIV, 1, 0.1, 9",
        "POW, 1, NaN, 1", "POW, -1, Infinity, 1", "POW, -8, 2, 64", "POW, 0, 0, 1", "MAX, NaN, 1, NaN",
        "MIN, 1, NaN, NaN",
        "LOGADDEXP, 1000, 1000, 1000.6931471805599", "LOGADDEXP, -Infinity, 3, 3", "HYPOT, 3e200, 4e200, 5e200",
        "COPYSIGN, 2, -0.0, -2", "NEXTAFTER, 1, 2, 1.0000000000000002", "ATAN2, 0.0, -1, 3.141592653589793"})
    void floats(BinaryOp op, double x, double y, double expected) {
        close(expected, (Double) Scalars.binary(op, DType.F64, x, y), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({
        "I32, ADD, 2147483647, 1, -2147483648", "U8, SUB, 3, 5, 254", "I8, MUL, 100, 2, -56",
        "I64, FLOOR_DIV, -7, 2, -4",
        "I32, FLOOR_DIV, 5, 0, 0", "I32, FLOOR_DIV, -2147483648, -1, -2147483648", "I32, MOD, -7, 3, 2",
        "I32, MOD, 7, 0, 0",
        "I32, POW, 3, 4, 81", "I32, POW, -1, -3, -1", "I32, POW, 2, -1, 0", "I8, POW, 2, 7, -128",
        "U8, SHIFT_LEFT, 255, 1, 254",
        "I32, SHIFT_LEFT, 1, 32, 0", "I16, SHIFT_RIGHT, -5, 16, -1", "I64, SHIFT_RIGHT, 5, -1, 0", "BOOL, XOR, 1, 1, 0",
        "U8, LT, 3, 200, 1", "I32, MAX, -3, 2, 2"})
    void integers(DType dtype, BinaryOp op, long x, long y, long expected) {
        assertEquals(expected, Scalars.binary(op, dtype, x, y));
    }

    @ParameterizedTest
    @CsvSource({
        "I32, 3e9, 2147483647", "U8, -1, 0", "U8, 300, 255", "I8, -128.9, -128", "I64, NaN, 0", "BOOL, NaN, 1",
        "BOOL, -0.0, 0",
        "I16, Infinity, 32767"})
    void floatsToIntegers(DType to, double x, long expected) {
        assertEquals(expected, Scalars.cast(to, x));
    }

    @ParameterizedTest
    @CsvSource({"I8, 300, 44", "U8, -1, 255", "BOOL, 256, 1", "I32, 4294967297, 1"})
    void integersWrap(DType to, long x, long expected) {
        assertEquals(expected, Scalars.cast(to, x));
    }

    /** The known answers of Random123's distribution, kat_vectors. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"})
    void philox(String counter, String key, String expected) {
        assertArrayEquals(words(expected), Philox.block(words(counter), words(key)));
    }

    private static int[] words(String text) {
        return Stream.of(text.split(" ")).mapToInt(word -> Integer.parseUnsignedInt(word, 16)).toArray();
    }

    private static final Input X = new Input(0, DType.F32);
    private static final Tensor GRID = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    static Stream<Arguments> kernels() {
        var f32 = DType.F32;
        var ones = List.of(1L, 1L);
        var zeros = List.of(0L, 0L);
        var image = GRID.reshapeView(Shape.of(1, 1, 2, 3));
        var taps = Tensor.of(new float[] {1, 10}, 1, 1, 1, 2);
        var nan = Tensor.of(new float[] {2, Float.NaN, 1, 2}, 4);
        var power = new Unary(UnaryOp.EXP, new Binary(BinaryOp.SUB, X, new Stage(0, f32)));
        return Stream.of(
                of("index", new Kernel.Loop(List.of(f32), List.of(new Binary(BinaryOp.ADD, X,
                        new Cast(f32, new Index(1))))), List.of(GRID), "f32[2, 3]", new double[] {1, 3, 5, 4, 6, 8}),
                of("sum rows", reduce(Fold.SUM, 0), List.of(GRID), "f32[3]", new double[] {5, 7, 9}),
                of("sum columns", reduce(Fold.SUM, 1), List.of(GRID), "f32[2]", new double[] {6, 15}),
                of("product of all", reduce(Fold.PROD, 0, 1), List.of(GRID), "f32[]", new double[] {720}),
                of("largest of NaN", reduce(Fold.MAX, 0), List.of(nan), "f32[]", new double[] {Double.NaN}),
                of("first NaN", reduce(Fold.ARG_MAX, 0), List.of(nan), "i64[]", new double[] {1}),
                of("first of equals", reduce(Fold.ARG_MIN, 0), List.of(Tensor.of(new float[] {2, 1, 1})), "i64[]",
                        new double[] {1}),
                of("sum of none", reduce(Fold.SUM, 0), List.of(Tensor.of(new float[0])), "f32[]", new double[] {0}),
                of("softmax", new Kernel.Rows(List.of(f32), List.of(new RowStage(X, Fold.MAX), new RowStage(power,
                        Fold.SUM)),
                        List.of(new Binary(BinaryOp.DIV, power, new Stage(1, f32)))),
                                List.of(Tensor.of(new float[] {0, 0}, 1, 2)),
                        "f32[1, 2]", new double[] {0.5, 0.5}),
                of("running sum", new Kernel.Scan(f32, Fold.SUM, 1, false, false, f32), List.of(GRID), "f32[2, 3]",
                        new double[] {1, 3, 6, 4, 9, 15}),
                of("running, back, before", new Kernel.Scan(f32, Fold.SUM, 1, true, true, f32), List.of(GRID),
                        "f32[2, 3]",
                        new double[] {5, 3, 0, 11, 6, 0}),
                of("product", new Kernel.Contract(f32), List.of(GRID, GRID.permute(1, 0)), "f32[2, 2]",
                        new double[] {14, 32, 32, 77}),
                of("gather", new Kernel.Gather(f32, 1), List.of(GRID, Tensor.of(new long[] {1, 0, 1})), "f32[3, 3]",
                        new double[] {4, 5, 6, 1, 2, 3, 4, 5, 6}),
                of("scatter", new Kernel.Scatter(f32, 2, Combine.ADD), List.of(GRID, Tensor.of(new float[] {10, 20}),
                        Tensor.of(new long[] {1, 1}), Tensor.of(new long[] {2, 2})), "f32[2, 3]",
                        new double[] {1, 2, 3, 4, 5, 36}),
                of("window", new Kernel.Assemble(f32, new Constant(0, f32), List.of(new Window(List.of(1L, 4L),
                        List.of(1L, -2L)))), List.of(GRID), "f32[3, 5]",
                        new double[] {0, 0, 0, 0, 0, 3, 0, 2, 0, 1, 6, 0, 5, 0, 4}),
                of("copy", new Kernel.Copy(f32), List.of(GRID.permute(1, 0)), "f32[3, 2]", new double[] {1, 4, 2, 5,
                        3, 6}),
                of("fft", new Kernel.LibraryCall(new Routine.Fft(false)), List.of(Tensor.ofComplex(
                        new float[] {1, 0, 2, 0, 4, 0}, 1, 3)), "c64[1, 3]", new double[] {7, -2, -2}),
                of("convolution", new Kernel.LibraryCall(new Routine.Convolution(f32, Routine.Pass.FORWARD, ones,
                        zeros, zeros,
                        ones, 1, List.of(2L, 3L))), List.of(image, taps), "f32[1, 1, 2, 2]", new double[] {21, 32,
                                54, 65}),
                of("pooling", new Kernel.LibraryCall(new Routine.Pool(f32, false, false, List.of(2L), List.of(2L),
                        List.of(0L),
                        List.of(1L))), List.of(GRID), "f32[2, 2]", new double[] {1.5, 3, 4.5, 6}),
                of("pooling, back", new Kernel.LibraryCall(new Routine.Pool(f32, true, true, List.of(2L), List.of(1L),
                        List.of(0L), List.of(0L))), List.of(GRID, GRID.slice(1, 1, 1, 2), Tensor.of(new float[] {1,
                                2, 3, 4}, 2, 2)),
                        "f32[2, 3]", new double[] {0, 1, 2, 0, 3, 4}));
    }

    private static Kernel reduce(Fold fold, Integer... axes) {
        boolean where = fold == Fold.ARG_MAX || fold == Fold.ARG_MIN;
        return new Kernel.Reduce(List.of(DType.F32), X, fold, List.of(axes), DType.F32, where ? DType.I64 : DType.F32);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernels")
    void kernel(String name, Kernel kernel, List<Tensor> inputs, String type, double[] expected) {
        var dims = Stream.of(type.substring(type.indexOf('[') + 1, type.length() - 1).split(", "))
                .filter(dim -> !dim.isEmpty()).mapToLong(Long::parseLong).toArray();
        var output = new TensorType(DType.of(type.substring(0, type.indexOf('['))), Shape.of(dims));
        var result = new ReferenceBackend().compile(kernel, inputs.stream().map(Tensor::type).toList(), List.of(output))
                .run(inputs.toArray(Tensor[]::new), 0)[0];
        assertEquals(type, result.type().toString());
        assertArrayEquals(expected, result.toDoubles(), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"SQRT, -1, 0, 0, 1", "EXP, 0, 3.141592653589793, -1, 0", "LOG, -1, 0, 0, 3.141592653589793",
        "TANH, 0.5, 1, 1.0428, 0.8069", "ASIN, 2, 1, 1.0634, 1.4694", "ATANH, 0.5, 0.5, 0.4024, 0.5536",
        "SIGN, 3, 4, 0.6, 0.8"})
    void complex(UnaryOp op, double re, double im, double expectedRe, double expectedIm) {
        var result = (Complex) new Complex(re, im).unary(op);
        assertEquals(expectedRe, result.re(), 1e-4);
        assertEquals(expectedIm, result.im(), 1e-4);
    }
}
