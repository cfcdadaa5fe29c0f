package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tfl.backend.Compiled;
import tfl.backend.Executable;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Kernels that differ in constants only, such as the number of elements of a mean, are compiled once. */
class OneCodeTest {
    private static final ScalarExpr X = new ScalarExpr.Input(0, DType.F32);
    private static final Tensor ROWS = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    private enum Form {
        LOOP(body -> new Kernel.Loop(List.of(DType.F32), List.of(body)), 2, 3),
        REDUCE(body -> new Kernel.Reduce(List.of(DType.F32), body, Kernel.Fold.SUM, List.of(1), DType.F32, DType.F32),
                2),
        ROWS(body -> new Kernel.Rows(List.of(DType.F32), List.of(new Kernel.RowStage(body, Kernel.Fold.SUM)),
                List.of(binary(BinaryOp.ADD, body, new ScalarExpr.Stage(0, DType.F32)))), 2, 3),
        ITERATE(body -> new Kernel.Iterate(List.of(DType.F32), 1, 0, List.of(body), 3, false), 2, 3);

        private final Function<ScalarExpr, Kernel> of;
        private final TensorType output;

        Form(Function<ScalarExpr, Kernel> of, long... dims) {
            this.of = of;
            this.output = new TensorType(DType.F32, Shape.of(dims));
        }
    }

    private static ScalarExpr binary(BinaryOp op, ScalarExpr x, ScalarExpr y) {
        return new ScalarExpr.Binary(op, x, y);
    }

    private static ScalarExpr over(double constant) {
        return binary(BinaryOp.DIV, X, new ScalarExpr.Constant(Double.doubleToRawLongBits(constant), DType.F32));
    }

    private static Executable compiled(Form form, ScalarExpr body) {
        return new CpuBackend(false).compile(form.of.apply(body), List.of(ROWS.type()), List.of(form.output));
    }

    /** Runs the kernel, holds the result against the reference, and gives the code. */
    private static Compiled code(Form form, ScalarExpr body) {
        var executable = compiled(form, body);
        var results = executable.run(new Tensor[] {ROWS}, 0);
        var expected = new ReferenceBackend().compile(form.of.apply(body), List.of(ROWS.type()), List.of(form.output))
                .run(new Tensor[] {ROWS}, 0);
        assertArrayEquals(expected[0].toFloats(), results[0].toFloats(), 1e-6f);
        return executable.compiled().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void anotherDivisorIsNoOtherCode(Form form) {
        var first = code(form, over(2664));
        assertSame(first, code(form, over(2672)));
        assertSame(first, code(form, over(0.3)));
    }

    @ParameterizedTest
    @EnumSource
    void powersOfTwoAreFactors(Form form) {
        assertSame(code(form, over(4)), code(form, over(256)));
        assertNotSame(code(form, over(4)), code(form, over(5)));
    }

    @Test
    void constantsThatAreEqualAreOneNumber() {
        var both = binary(BinaryOp.ADD, over(7), over(7));
        assertSame(code(Form.LOOP, both), code(Form.LOOP, binary(BinaryOp.ADD, over(9), over(9))));
        assertNotSame(code(Form.LOOP, both), code(Form.LOOP, binary(BinaryOp.ADD, over(7), over(9))));
    }

    @Test
    void exponentsStandInTheCode() {
        var power = Form.LOOP;
        assertNotSame(code(power, power(3)), code(power, power(5)));
    }

    private static ScalarExpr power(double exponent) {
        return binary(BinaryOp.POW, X, new ScalarExpr.Constant(Double.doubleToRawLongBits(exponent), DType.F32));
    }
}
