package tfl.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tfl.backend.Backend;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.primitive.Activation;
import tfl.primitive.Binary;
import tfl.primitive.Cast;
import tfl.primitive.ReduceSum;
import tfl.primitive.Select;
import tfl.primitive.ShapeProblem;
import tfl.primitive.StopGradient;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Memory;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;

class TapeTest {
    private static final EagerOps OPS = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());

    private static TensorValue op(BinaryOp op, TensorValue x, TensorValue y) {
        return OPS.call(new Binary(op), x, y);
    }

    private static TensorValue op(UnaryOp op, TensorValue x) {
        return OPS.call(new Unary(op), x);
    }

    private static TensorValue sum(TensorValue x) {
        var axes = java.util.stream.IntStream.range(0, x.type().shape().rank()).boxed().toList();
        return OPS.call(new ReduceSum(axes), x);
    }

    /** The gradient of the sum of a function's result; itself differentiable. */
    private static TensorValue gradient(UnaryOperator<TensorValue> function, TensorValue x) {
        var tape = new Tape(OPS);
        var y = sum(function.apply(tape.lift(x)));
        tape.stop();
        return tape.pull(List.of(y), List.of(Gradient.seed(OPS, y.type()))).getFirst();
    }

    private static double[] values(TensorValue value) {
        return ((Tensor) value).toDoubles();
    }

    private static Tensor vector(double... numbers) {
        return Tensor.of(numbers, numbers.length);
    }

    @Test
    void gradientsNest() {
        UnaryOperator<TensorValue> cube = x -> op(BinaryOp.MUL, x, op(BinaryOp.MUL, x, x));
        UnaryOperator<TensorValue> slope = x -> gradient(cube, x);
        UnaryOperator<TensorValue> curvature = x -> gradient(slope, x);
        assertArrayEquals(new double[] {12, 27}, values(slope.apply(vector(2, 3))), 1e-12);
        assertArrayEquals(new double[] {12, 18}, values(curvature.apply(vector(2, 3))), 1e-12);
        assertArrayEquals(new double[] {6, 6}, values(gradient(curvature, vector(2, 3))), 1e-12);
    }

    @Test
    void anInnerGradientSeesAnOuterValueAsAConstant() {
        // d/dx (x * d/dy (x + y)) = 1, the classic test for confused perturbations.
        var found = gradient(x -> op(BinaryOp.MUL, x, gradient(y -> op(BinaryOp.ADD, x, y), vector(1))), vector(1));
        assertArrayEquals(new double[] {1}, values(found), 0);
    }

    @Test
    void aBranchNotTakenHandsBackZero() {
        var found = gradient(x -> {
            var positive = op(BinaryOp.GT, x, OPS.full(x.type(), 0));
            return OPS.call(new Select(), positive, op(UnaryOp.SQRT, x), OPS.full(x.type(), 0));
        }, vector(4, 0, -1));
        assertArrayEquals(new double[] {0.25, 0, 0}, values(found), 1e-12);
    }

    @Test
    void aCotangentOfZeroStillHasADerivative() {
        // f(x) = (sqrt(x) - 1)^2 has f'(1) = 0 and f''(1) = 1/2.
        UnaryOperator<TensorValue> f = x -> OPS.call(new Activation(Activation.Function.SQUARE),
                op(BinaryOp.SUB, op(UnaryOp.SQRT, x), OPS.full(x.type(), 1)));
        assertArrayEquals(new double[] {0.5}, values(gradient(x -> gradient(f, x), vector(1))), 1e-12);
    }

    @Test
    void stoppedAndIntegerValuesHaveNoGradient() {
        assertNull(gradient(x -> OPS.call(new StopGradient(), x), vector(1)));
        var found = gradient(x -> op(BinaryOp.MUL, x, OPS.call(new Cast(DType.F64), OPS.call(new Cast(DType.I64), x))),
                vector(2.5));
        assertArrayEquals(new double[] {2}, values(found), 0);
    }

    @Test
    void aPullMayBeRepeated() {
        try (var tape = new Tape(OPS)) {
            var x = tape.lift(vector(1, 2));
            var y = op(UnaryOp.EXP, x);
            tape.stop();
            for (double scale : new double[] {1, 3}) {
                var found = tape.pull(List.of(y), List.of(vector(scale, 0))).getFirst();
                assertArrayEquals(new double[] {scale * Math.E, 0}, values(found), 1e-12);
            }
        }
    }

    @Test
    void problemsAreInTheUsersTerms() {
        assertEquals("TFL-E0320", assertThrows(ShapeProblem.class, () -> Gradient.seed(OPS,
                new TensorType(DType.F32, Shape.of(2)))).code());
        assertEquals("TFL-E0321", assertThrows(ShapeProblem.class, () -> Gradient.seed(OPS,
                new TensorType(DType.I64, Shape.SCALAR))).code());
        var escaped = new TensorValue[1];
        gradient(x -> escaped[0] = op(UnaryOp.EXP, x), vector(1));
        assertEquals("TFL-E0323",
                assertThrows(ShapeProblem.class, () -> op(UnaryOp.EXP, escaped[0])).code());
    }

    @Test
    void aCustomRuleReplacesTheDerivativeAtEveryLevel() {
        Gradient.Repeatable exp = args -> List.of(op(UnaryOp.EXP, args.getFirst()));
        Gradient.CustomRule rule = (cts, args) -> List.of(op(BinaryOp.MUL, cts.getFirst(), args.getFirst()));
        UnaryOperator<TensorValue> twice = x ->
                Gradient.custom(OPS, List.of(x), exp, rule, () -> Location.NONE).getFirst();
        assertArrayEquals(new double[] {5}, values(gradient(twice, vector(5))), 0);
        assertArrayEquals(new double[] {1}, values(gradient(x -> gradient(twice, x), vector(5))), 0);
    }

    @Test
    void aCheckpointRunsAgainAndGivesTheSame() {
        int[] runs = {0};
        UnaryOperator<TensorValue> kept = x -> Gradient.checkpoint(OPS, List.of(x), args -> {
            runs[0]++;
            return List.of(op(UnaryOp.SIN, op(UnaryOp.EXP, args.getFirst())));
        }, () -> Location.NONE).getFirst();
        UnaryOperator<TensorValue> plain = x -> op(UnaryOp.SIN, op(UnaryOp.EXP, x));
        assertArrayEquals(values(gradient(plain, vector(0.3))), values(gradient(kept, vector(0.3))), 1e-15);
        assertEquals(2, runs[0]);
        assertArrayEquals(values(gradient(x -> gradient(plain, x), vector(0.3))),
                values(gradient(x -> gradient(kept, x), vector(0.3))), 1e-12);
    }

    @Test
    void aTrainingStepLeavesNoMemoryBehind() {
        var step = new TrainingStep(OPS, 32, 16, 8);
        step.run();
        long before = Memory.inUse();
        for (int k = 0; k < 200; k++) {
            step.run();
        }
        // Less is no leak: the collector may free what earlier tests dropped.
        long after = Memory.inUse();
        assertTrue(after <= before, after + " bytes after, " + before + " before");
    }

    @Test
    void aTrainingStepLearns() {
        var step = new TrainingStep(OPS, 32, 16, 8);
        double first = step.run();
        double last = first;
        for (int k = 0; k < 300; k++) {
            last = step.run();
        }
        assertTrue(last < first / 2, first + " to " + last);
    }
}
