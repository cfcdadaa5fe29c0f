package tfl.backend.llvm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;

class LoopKernelTest {
    private static ScalarExpr in(int i) {
        return new ScalarExpr.Input(i, DType.F32);
    }

    private static ScalarExpr op(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new ScalarExpr.Binary(op, x, y);
    }

    static final ScalarExpr TRIAD = op(BinaryOp.ADD, op(BinaryOp.MUL, in(0), in(1)), in(2));

    private static String text(ScalarExpr body, int inputs) {
        var loop = new Kernel.Loop(Collections.nCopies(inputs, DType.F32), List.of(body));
        return new LoopKernel(loop, 1, Collections.nCopies(inputs, InnerStride.DENSE)).text();
    }

    @Test
    void everyFloatFunctionVectorises() {
        for (var op : UnaryOp.values()) {
            String text;
            try {
                text = text(new ScalarExpr.Unary(op, in(0)), 1);
            } catch (Scalars.Unsupported left) {
                System.out.println("unsupported " + op);
                continue;
            }
            long start = System.nanoTime();
            var optimised = LlvmCompiler.optimised(text);
            System.out.println(op + " " + (System.nanoTime() - start) / 1000000 + " ms " + optimised.contains(" x float>"));
        }
    }

    @Test
    void triad() {
        System.out.println(text(TRIAD, 3));
        System.out.println(LlvmCompiler.optimised(text(TRIAD, 3)));
        assertTrue(LlvmCompiler.optimised(text(TRIAD, 3)).contains(" x float>"));
    }
}
