package tfl.backend.llvm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.Kernel.Fold;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/** A mask does not keep LLVM from folding by vectors. */
class FoldingTest {
    @ParameterizedTest(name = "{1} of {0}, masked by {2}: {3}")
    @CsvSource({
        "F32, MAX, -Infinity, float> @llvm.maximum",
        "F32, MIN, Infinity, float> @llvm.minimum",
        "F64, MAX, -Infinity, double> @llvm.maximum",
        "F32, SUM, 0, fadd reassoc <.. x float>",
        "I32, MAX, -2147483648, i32> @llvm.smax",
        "I32, MIN, 2147483647, i32> @llvm.smin",
    })
    void maskedFoldsVectorise(DType dtype, Fold fold, double mask, String expected) {
        long bits = dtype.isFloat() ? Double.doubleToRawLongBits(mask) : (long) mask;
        var below = new ScalarExpr.Binary(BinaryOp.GE, new ScalarExpr.Index(0), new ScalarExpr.Index(1));
        var body = new ScalarExpr.Select(below, new ScalarExpr.Input(0, dtype), new ScalarExpr.Constant(bits, dtype));
        var rows = new Kernel.Rows(List.of(dtype), List.of(new Kernel.RowStage(body, fold)), List.of(),
                List.of(new ScalarExpr.Stage(0, dtype)));
        assertFound(expected, new RowsKernel(rows, 1, 1, List.of(InnerStride.DENSE)).text());
        var reduce = new Kernel.Reduce(List.of(dtype), body, fold, List.of(1), dtype, dtype);
        assertFound(expected, new ReduceKernel(reduce, 1, 1, false, List.of(InnerStride.STRIDED),
                List.of(InnerStride.DENSE)).text());
    }

    private static void assertFound(String expected, String module) {
        var code = LlvmCompiler.optimised(module);
        assertTrue(Pattern.compile(expected).matcher(code).find(), () -> expected + " in\n" + code);
    }
}
