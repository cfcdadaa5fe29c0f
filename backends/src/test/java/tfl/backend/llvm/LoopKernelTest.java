package tfl.backend.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

class LoopKernelTest {
    private static final ScalarExpr TRIAD = binary(BinaryOp.ADD, binary(BinaryOp.MUL, input(0), input(1)),
            input(2));

    private static ScalarExpr input(int index) {
        return new ScalarExpr.Input(index, DType.F32);
    }

    private static ScalarExpr binary(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new ScalarExpr.Binary(op, x, y);
    }

    private static String text(ScalarExpr body, int inputs) {
        return text(body, inputs, 1);
    }

    private static String text(ScalarExpr body, int inputs, int rank) {
        var loop = new Kernel.Loop(Collections.nCopies(inputs, DType.F32), List.of(body));
        return new LoopKernel(loop, rank, Collections.nCopies(inputs, InnerStride.DENSE), false).text();
    }

    @ParameterizedTest
    @EnumSource(names = {"NEG", "SQRT", "EXP", "LOG", "TANH", "SIGMOID", "ERF", "SIN", "COS", "EXPM1",
            "LOG1P", "FLOOR"})
    void functionsOfFloatsVectorise(UnaryOp op) {
        assertTrue(LlvmCompiler.optimised(text(new ScalarExpr.Unary(op, input(0)), 1)).contains(" x float>"));
    }

    @Test
    void aLoopReadsAsLlvmIr() {
        assertEquals("""
                define void @kernel(ptr nocapture %args, i64 %begin, i64 %end) #0 {
                entry:
                  %v0 = load ptr, ptr %args
                  %v1 = getelementptr inbounds i64, ptr %args, i64 1
                  %v2 = load ptr, ptr %v1
                  %v3 = getelementptr inbounds i64, ptr %args, i64 2
                  %v4 = load i64, ptr %v3
                  %v5 = getelementptr inbounds i64, ptr %args, i64 3
                  %v6 = load i64, ptr %v5
                  %v7 = sub i64 %end, %begin
                  %v8 = getelementptr inbounds float, ptr %v2, i64 %begin
                  %v11 = icmp slt i64 0, %v7
                  br i1 %v11, label %loop9, label %after10
                loop9:
                  %v12 = phi i64 [ 0, %entry ], [ %v18, %loop9 ]
                  %v13 = add nsw i64 %begin, %v12
                  %v14 = getelementptr inbounds float, ptr %v8, i64 %v12
                  %v15 = load float, ptr %v14, !llvm.access.group !0
                  %v16 = fneg float %v15
                  %v17 = getelementptr inbounds float, ptr %v0, i64 %v13
                  store float %v16, ptr %v17, !llvm.access.group !0
                  %v18 = add nsw i64 %v12, 1
                  %v19 = icmp slt i64 %v18, %v7
                  br i1 %v19, label %loop9, label %after10, !llvm.loop !1
                after10:
                  ret void
                }

                attributes #0 = { nounwind "prefer-vector-width"="512" "reciprocal-estimates"="vec-divf" }
                !0 = distinct !{}
                !1 = distinct !{!1, !2}
                !2 = !{!"llvm.loop.parallel_accesses", !0}
                !3 = !{i32 1}
                !4 = distinct !{!4, !2, !5}
                !5 = !{!"llvm.loop.interleave.count", i32 2}
                !6 = distinct !{!6, !2, !7}
                !7 = !{!"llvm.loop.vectorize.predicate.enable", i1 true}
                !8 = distinct !{!8, !2, !9}
                !9 = !{!"llvm.loop.unroll.disable"}
                """, text(new ScalarExpr.Unary(UnaryOp.NEG, input(0)), 1));
    }

    @Test
    void aTriadIsNotContracted() {
        assertTrue(LlvmCompiler.optimised(text(TRIAD, 3)).contains("fmul <"));
    }

    @ParameterizedTest
    @CsvSource({"40, 1, true", "2, 1, false", "40, 2, false"})
    void longRoundsOfDenseLoopsAreDoneTwoAtOnce(int operations, int rank, boolean two) {
        ScalarExpr body = input(0);
        for (int k = 0; k < operations; k++) {
            body = new ScalarExpr.Unary(UnaryOp.SQRT, body);
        }
        assertEquals(two, text(body, 1, rank).contains("!llvm.loop !4\n"));
    }
}
