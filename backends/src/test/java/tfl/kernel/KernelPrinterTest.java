package tfl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.kernel.Kernel.Fold;
import tfl.tensor.DType;

class KernelPrinterTest {
    private static final ScalarExpr X0 = new ScalarExpr.Input(0, DType.F32);
    private static final ScalarExpr X1 = new ScalarExpr.Input(1, DType.F32);
    private static final ScalarExpr S0 = new ScalarExpr.Stage(0, DType.F32);
    private static final ScalarExpr ONE = new ScalarExpr.Constant(Double.doubleToRawLongBits(1), DType.F32);

    private static ScalarExpr binary(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new ScalarExpr.Binary(op, x, y);
    }

    static List<Arguments> kernels() {
        var power = new ScalarExpr.Unary(UnaryOp.EXP, binary(BinaryOp.SUB, X0,
                new ScalarExpr.Stage(0, DType.F32)));
        var sum = binary(BinaryOp.ADD, binary(BinaryOp.MUL, X0, X1), ONE);
        return List.of(
                Arguments.of("loop(x0: f32, x1: f32) -> (x0 * x1) + 1.0",
                        new Kernel.Loop(List.of(DType.F32, DType.F32), List.of(sum))),
                Arguments.of("loop() -> f32(i0)",
                        new Kernel.Loop(List.of(), List.of(new ScalarExpr.Cast(DType.F32,
                                new ScalarExpr.Index(0))))),
                Arguments.of("loop(x0: f32) -> where(x0 < 1.0, -x0, max(x0, 1.0)), tanh(x0)",
                        new Kernel.Loop(List.of(DType.F32), List.of(
                                new ScalarExpr.Select(binary(BinaryOp.LT, X0, ONE),
                                        new ScalarExpr.Unary(UnaryOp.NEG, X0),
                                        binary(BinaryOp.MAX, X0, ONE)),
                                new ScalarExpr.Unary(UnaryOp.TANH, X0)))),
                Arguments.of("sum[0, 2](x0: f16) -> f32(x0) : f32 as f16",
                        new Kernel.Reduce(List.of(DType.F16), new ScalarExpr.Cast(DType.F32,
                                new ScalarExpr.Input(0, DType.F16)), Fold.SUM, List.of(0, 2), DType.F32,
                                        DType.F16)),
                Arguments.of("rows(x0: f32) s0 = max x0; s1 = sum exp(x0 - s0); -> exp(x0 - s0) / s1",
                        new Kernel.Rows(List.of(DType.F32), List.of(new Kernel.RowStage(X0, Fold.MAX),
                                new Kernel.RowStage(power, Fold.SUM)),
                                List.of(binary(BinaryOp.DIV, power, new ScalarExpr.Stage(1, DType.F32))))),
                Arguments.of("rows(x0: f32) s0 = sum x0; s1 = -s0; -> x0 + s1 and for each row -> s0, s1",
                        new Kernel.Rows(List.of(DType.F32), List.of(new Kernel.RowStage(X0, Fold.SUM),
                                new Kernel.RowStage(new ScalarExpr.Unary(UnaryOp.NEG, S0), null)),
                                List.of(binary(BinaryOp.ADD, X0, new ScalarExpr.Stage(1, DType.F32))),
                                List.of(S0, new ScalarExpr.Stage(1, DType.F32)))),
                Arguments.of("scan sum[1](i32) reverse exclusive -> i64",
                        new Kernel.Scan(DType.I32, Fold.SUM, 1, true, true, DType.I64)),
                Arguments.of("contract(f64)", new Kernel.Contract(DType.F64)),
                Arguments.of("gather(f32, 2 indexed)", new Kernel.Gather(DType.F32, 2)),
                Arguments.of("scatter add(f32, 1 indexed)", new Kernel.Scatter(DType.F32, 1,
                        Kernel.Combine.ADD)),
                Arguments.of("assemble(f32, into x0, at [1] by [2])",
                        new Kernel.Assemble(DType.F32, null, List.of(new Kernel.Window(List.of(1L),
                                List.of(2L))))),
                Arguments.of("copy(c64)", new Kernel.Copy(DType.C64)),
                Arguments.of("call Cholesky[dtype=f32]",
                        new Kernel.LibraryCall(new Routine.Cholesky(DType.F32))));
    }

    @ParameterizedTest
    @MethodSource
    void kernels(String expected, Kernel kernel) {
        assertEquals(expected, KernelPrinter.print(kernel));
    }
}
