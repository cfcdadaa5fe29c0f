package tfl.backend.cpu;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Every scalar operation on every dtype, at edges and in between, against the reference. */
class LoopAgreementTest {
    /** The vector mathematics library promises 4. */
    private static final double ULPS = 6;
    /** The reference's own lgamma is less exact than the C library's, most of all near its zeros. */
    private static final double LGAMMA_ULPS = 1e8;
    private static final ScalarExpr LGAMMA = new ScalarExpr.Unary(UnaryOp.LGAMMA, input(0, DType.F64));
    private static final double[] EDGES = {0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 3.7, -3.7, 100, -100, 88.5,
            -88.5, 104, 1e-3, -1e-3,
            1e-20, 1e-40, 1e30, -1e30, 65504, 3e38, -3e38, Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY, Double.NaN,
            2.5, 3.5, -2.5, 255, 256, -128, 127, 32767, 2147483647, -2147483648.0, 9.3e18, 0.9999999,
                    1.0000001, 7, 64};

    private static final double[] CONSTANTS = {0, -0.0, 1, -2, 0.5, 0.75, 3, -8, 1024, 0x1p-20, -0x1p13,
            Double.POSITIVE_INFINITY, Double.NaN};

    private static Tensor sample(DType dtype, int step) {
        int size = EDGES.length * EDGES.length;
        var values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = EDGES[step == 0 ? i / EDGES.length : i % EDGES.length];
        }
        return Tensor.of(dtype, values, size);
    }

    @TestFactory
    Stream<DynamicTest> unary() {
        return Stream.of(UnaryOp.values()).flatMap(op -> Stream.of(DType.values()).map(dtype ->
                DynamicTest.dynamicTest(op + " " + dtype, () -> check(dtype, 1,
                        new ScalarExpr.Unary(op, input(0, dtype))))));
    }

    /** Those written out as polynomials: one float in each 2003, of any sign and size, in the ulps promised. */
    @ParameterizedTest
    @CsvSource({"EXP, 2", "TANH, 5"})
    void ownFunctionsAreAsExactAsTheySay(UnaryOp op, double ulps) {
        var values = IntStream.range(0, (int) ((1L << 32) / 2003)).mapToObj(i -> Float.intBitsToFloat(i * 2003))
                .mapToDouble(Float::doubleValue).toArray();
        var x = Tensor.of(DType.F32, values, values.length);
        var kernel = new Kernel.Loop(List.of(DType.F32), List.of(new ScalarExpr.Unary(op, input(0, DType.F32))));
        Agreement.check(kernel, ulps, List.of(x.type()), x);
    }

    @TestFactory
    Stream<DynamicTest> binary() {
        return Stream.of(BinaryOp.values()).flatMap(op -> Stream.of(DType.values()).map(dtype ->
                DynamicTest.dynamicTest(op + " " + dtype, () -> check(dtype, 2,
                        new ScalarExpr.Binary(op, input(0, dtype), input(1, dtype))))));
    }

    /** Constants on either side, of which some are numbers of the call and some stand in the code. */
    @TestFactory
    Stream<DynamicTest> constants() {
        return Stream.of(BinaryOp.values()).flatMap(op -> Stream.of(DType.values()).map(dtype ->
                DynamicTest.dynamicTest(op + " " + dtype, () -> {
                    var x = input(0, dtype);
                    for (double value : dtype.isFloat() ? CONSTANTS : new double[] {0, 1, 3, 100}) {
                        var constant = new ScalarExpr.Constant(dtype.isDifferentiable()
                                ? Double.doubleToRawLongBits(value) : (long) value, dtype);
                        if (dtype != DType.BOOL && !dtype.isComplex()) {
                            check(dtype, 1, new ScalarExpr.Binary(op, x, constant));
                            check(dtype, 1, new ScalarExpr.Binary(op, constant, x));
                        }
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> cast() {
        return Stream.of(DType.values()).flatMap(to -> Stream.of(DType.values()).map(dtype ->
                DynamicTest.dynamicTest(dtype + " to " + to, () ->
                        check(dtype, 1, new ScalarExpr.Cast(to, input(0, dtype))))));
    }

    private static ScalarExpr input(int index, DType dtype) {
        return new ScalarExpr.Input(index, dtype);
    }

    private static void check(DType dtype, int arity, ScalarExpr body) {
        var inputs = Stream.of(0, 1).limit(arity).map(step -> sample(dtype, step)).toArray(Tensor[]::new);
        var shape = Shape.of(EDGES.length * (long) EDGES.length);
        var kernel = new Kernel.Loop(Stream.of(inputs).map(Tensor::dtype).toList(), List.of(body));
        var outputs = List.of(new TensorType(body.dtype(), shape));
        try {
            new ReferenceBackend().compile(kernel, Stream.of(inputs).map(Tensor::type).toList(), outputs)
                    .run(inputs, 0);
        } catch (IllegalArgumentException noSuchOperation) {
            return;
        }
        Agreement.check(kernel, body.equals(LGAMMA) ? LGAMMA_ULPS : ULPS, outputs, inputs);
    }
}
