package tfl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

class KernelTypesTest {
    private static final ScalarExpr X = new ScalarExpr.Input(0, DType.F32);
    private static final TensorType FLOATS = new TensorType(DType.F32, Shape.of(3));

    @Test
    void sharedPartsAreLookedAtOnce() {
        var shared = X;
        for (int k = 0; k < 64; k++) {
            shared = new ScalarExpr.Binary(BinaryOp.ADD, shared, shared);
        }
        var kernel = new Kernel.Loop(List.of(DType.F32), List.of(shared));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> KernelTypes.check(kernel, List.of(FLOATS), List.of(FLOATS)));
    }

    @Test
    void aStageReadsTheStagesBeforeItAlone() {
        var first = new Kernel.RowStage(X, Kernel.Fold.MAX);
        var own = new Kernel.RowStage(new ScalarExpr.Stage(1, DType.F32), Kernel.Fold.SUM);
        assertEquals("the types do not fit the kernel: Stage[index=1, dtype=f32] of [f32]",
                problem(new Kernel.Rows(List.of(DType.F32), List.of(first, own), List.of(X))));
        var before = new Kernel.RowStage(new ScalarExpr.Stage(0, DType.F32), Kernel.Fold.SUM);
        KernelTypes.check(new Kernel.Rows(List.of(DType.F32), List.of(first, before), List.of(X)), List.of(FLOATS),
                List.of(FLOATS));
    }

    @Test
    void problemsNameWhatDoesNotFit() {
        var truth = new ScalarExpr.Cast(DType.BOOL, X);
        assertEquals("the types do not fit the kernel: ADD of f32 and bool",
                problem(loop(new ScalarExpr.Binary(BinaryOp.ADD, X, truth))));
        assertEquals("the types do not fit the kernel: SIN of bool", problem(loop(new ScalarExpr.Unary(UnaryOp.SIN,
                truth))));
        assertEquals("the types do not fit the kernel: Index[axis=1] of 1 axes",
                problem(loop(new ScalarExpr.Cast(DType.F32, new ScalarExpr.Index(1)))));
        assertEquals("the types do not fit the kernel: expected [bool[3]], got [f32[3]]", problem(loop(truth)));
    }

    private static Kernel loop(ScalarExpr body) {
        return new Kernel.Loop(List.of(DType.F32), List.of(body));
    }

    private static String problem(Kernel kernel) {
        return assertThrows(IllegalArgumentException.class,
                () -> KernelTypes.check(kernel, List.of(FLOATS), List.of(FLOATS))).getMessage();
    }
}
