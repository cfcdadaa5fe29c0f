package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.primitive.Derivatives.CPU;
import static tfl.primitive.Derivatives.directions;
import static tfl.primitive.Derivatives.inner;
import static tfl.primitive.Derivatives.isExact;
import static tfl.primitive.Derivatives.moved;
import static tfl.primitive.Derivatives.randoms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.kernel.BinaryOp;
import tfl.primitive.ForwardOps.Dual;
import tfl.primitive.ReverseOps.Noted;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** Holds the pushforward of every row of {@link PrimitiveTable} against differences, and against the pullback. */
class JvpTest {
    static Stream<Case> smooth() {
        return PrimitiveTable.rows().stream().filter(row -> row.tolerance() > 0);
    }

    static Stream<Case> smoothTwice() {
        return PrimitiveTable.rows().stream().filter(Case::twice);
    }

    static Stream<Case> flat() {
        return PrimitiveTable.rows().stream().filter(row -> row.tolerance() == 0 && !row.arguments().isEmpty());
    }

    /** A primitive with its inputs, outputs, and a tangent for each input that differentiates. */
    private record Point(Case row, List<TensorValue> inputs, List<TensorValue> outputs, List<TensorValue> tangents) {
        static Point of(Case row) {
            var inputs = List.<TensorValue>copyOf(row.inputs(3));
            var tangents = new ArrayList<TensorValue>(directions(row));
            for (int k = 0; k < inputs.size(); k++) {
                if (!inputs.get(k).type().dtype().isDifferentiable()) {
                    tangents.set(k, null);
                }
            }
            return new Point(row, inputs, CPU.apply(row.primitive(), inputs), tangents);
        }

        List<TensorValue> push(List<TensorValue> tangents) {
            return row.primitive().jvp(CPU, inputs, outputs, tangents);
        }

        double tolerance() {
            return isExact(inputs, outputs) ? row.tolerance() : Math.max(row.tolerance(), 2e-2);
        }

        /** How far two ways of computing the same may lie apart by rounding. */
        double rounding() {
            return isExact(inputs, outputs) ? 1e-9 : 1e-4;
        }
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void pushforwardsMatchFiniteDifferences(Case row) {
        var at = Point.of(row);
        var differences = differences(values -> CPU.apply(row.primitive(), values), at.inputs, at.tangents);
        close(row.toString(), at.outputs, differences, at.push(at.tangents), at.tolerance());
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void pushforwardsAreTheTransposeOfPullbacks(Case row) {
        var at = Point.of(row);
        var cotangents = new ArrayList<>(randoms(at.outputs, 21));
        for (int k = 0; k < cotangents.size(); k++) {
            if (!at.outputs.get(k).type().dtype().isDifferentiable()) {
                cotangents.set(k, null);
            }
        }
        var pulled = row.primitive().vjp(CPU, at.inputs, at.outputs, cotangents, input -> true);
        double forward = product(cotangents, at.push(at.tangents));
        double backward = product(pulled, at.tangents);
        assertEquals(forward, backward, at.rounding() * Math.max(1, Math.abs(forward)), row.toString());
    }

    private static double product(List<TensorValue> a, List<TensorValue> b) {
        double sum = 0;
        for (int k = 0; k < a.size(); k++) {
            sum += a.get(k) == null || b.get(k) == null ? 0 : inner(List.of(a.get(k)), List.of(b.get(k)));
        }
        return sum;
    }

    /** The pushforward is linear, and a missing tangent is zero: one tangent at a time adds up to all. */
    @ParameterizedTest
    @MethodSource("smooth")
    void tangentsOneAtATimeAddUp(Case row) {
        var at = Point.of(row);
        var sums = new ArrayList<TensorValue>(Collections.nCopies(at.outputs.size(), null));
        for (int k = 0; k < at.inputs.size(); k++) {
            if (at.tangents.get(k) != null) {
                var only = new ArrayList<TensorValue>(Collections.nCopies(at.inputs.size(), null));
                only.set(k, at.tangents.get(k));
                var pushed = at.push(only);
                for (int out = 0; out < sums.size(); out++) {
                    sums.set(out, Algebra.of(CPU).add(sums.get(out), pushed.get(out)));
                }
            }
        }
        close(row.toString(), at.outputs, at.push(at.tangents), sums, at.rounding());
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void forwardOpsPushTheSame(Case row) {
        var at = Point.of(row);
        var forward = new ForwardOps<>(CPU);
        var still = new ArrayList<Dual<TensorValue>>();
        at.inputs.forEach(input -> still.add(new Dual<>(input, null)));
        forward.apply(row.primitive(), still).forEach(output -> assertNull(output.tangent()));
        var pushed = pushed(values -> forward.apply(row.primitive(), values), at.inputs, at.tangents);
        close(row.toString(), at.outputs, at.push(at.tangents), pushed, 0);
    }

    /** What the other rows push, if anything, has the output's type. */
    @ParameterizedTest
    @MethodSource("flat")
    void flatPrimitivesPushNothingElse(Case row) {
        var at = Point.of(row);
        if (at.tangents.stream().allMatch(tangent -> tangent == null)) {
            return;
        }
        var pushed = at.push(at.tangents);
        assertEquals(at.outputs.size(), pushed.size());
        for (int k = 0; k < pushed.size(); k++) {
            var type = at.outputs.get(k).type();
            if (pushed.get(k) != null) {
                assertTrue(type.dtype().isDifferentiable(), row.toString());
                assertEquals(type, pushed.get(k).type());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("smoothTwice")
    void pushforwardsOfPushforwardsMatchFiniteDifferences(Case row) {
        var at = Tangent.of(row);
        var differences = differences(values -> at.program.apply(CPU, values), at.inputs, at.tangents);
        var forward = new ForwardOps<>(CPU);
        var pushed = pushed(values -> at.program.apply(forward, values), at.inputs, at.tangents);
        var outputs = at.program.apply(CPU, at.inputs);
        close("jvp of jvp of " + row, outputs, differences, pushed, 30 * Point.of(row).tolerance());
    }

    @ParameterizedTest
    @MethodSource("smoothTwice")
    void pullbacksOfPushforwardsMatchFiniteDifferences(Case row) {
        var at = Tangent.of(row);
        var cotangents = randoms(at.program.apply(CPU, at.inputs), 21);
        var differences = differences(values -> at.program.apply(CPU, values), at.inputs, at.tangents);
        var reverse = new ReverseOps<>(CPU);
        var leaves = new ArrayList<Noted<TensorValue>>();
        for (var input : at.inputs) {
            boolean smooth = input.type().dtype().isDifferentiable();
            leaves.add(smooth ? reverse.leaf(input) : reverse.constant(input));
        }
        var wanted = leaves.stream().filter(leaf -> leaf.entry() >= 0).toList();
        var pulled = reverse.pull(at.program.apply(reverse, leaves), cotangents, wanted);
        double expected = product(cotangents, differences);
        double actual = product(pulled, at.tangents.stream().filter(tangent -> tangent != null).toList());
        double error = Math.abs(expected - actual) / Math.max(1, Math.abs(expected));
        assertTrue(error <= 30 * Point.of(row).tolerance(),
                () -> "vjp of jvp of " + row + ": finite differences say " + expected + ", the pullback " + actual);
    }

    /**
     * The pushforward of a row as a program of its own.
     *
     * @param program from inputs, and a tangent for each that differentiates, to the tangents of the outputs
     * @param inputs of the program
     * @param tangents of those
     */
    private record Tangent(Region.Program program, List<TensorValue> inputs, List<TensorValue> tangents) {
        static Tangent of(Case row) {
            var at = Point.of(row);
            var inputs = new ArrayList<>(at.inputs);
            var tangents = new ArrayList<>(at.tangents);
            for (var tangent : at.tangents) {
                if (tangent != null) {
                    inputs.add(Derivatives.random(tangent.type(), 11));
                    tangents.add(tangent);
                }
            }
            var smooth = at.tangents.stream().map(tangent -> tangent != null).toList();
            return new Tangent(new Program(row.primitive(), smooth), inputs, tangents);
        }

        private record Program(Primitive primitive, List<Boolean> smooth) implements Region.Program {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> values) {
                int next = smooth.size();
                var inputs = values.subList(0, next);
                var tangents = new ArrayList<V>();
                for (boolean each : smooth) {
                    tangents.add(each ? values.get(next++) : null);
                }
                var outputs = ops.apply(primitive, inputs);
                return primitive.jvp(ops, inputs, outputs, tangents).stream().filter(t -> t != null).toList();
            }
        }
    }

    private interface Forward {
        List<Dual<TensorValue>> apply(List<Dual<TensorValue>> values);
    }

    private static List<TensorValue> pushed(Forward program, List<TensorValue> inputs, List<TensorValue> tangents) {
        var duals = new ArrayList<Dual<TensorValue>>();
        for (int k = 0; k < inputs.size(); k++) {
            duals.add(new Dual<>(inputs.get(k), tangents.get(k)));
        }
        var pushed = new ArrayList<TensorValue>();
        program.apply(duals).forEach(dual -> pushed.add(dual.tangent()));
        return pushed;
    }

    /** What each output changes along the tangents of the inputs, by central differences; null of no real number. */
    private static List<TensorValue> differences(Derivatives.Program program, List<TensorValue> inputs,
            List<TensorValue> tangents) {
        double step = isExact(inputs, program.apply(inputs)) ? 1e-6 : 1e-2;
        var ahead = program.apply(moved(tensors(inputs), tensors(tangents), step));
        var behind = program.apply(moved(tensors(inputs), tensors(tangents), -step));
        var differences = new ArrayList<TensorValue>();
        for (int k = 0; k < ahead.size(); k++) {
            var type = ahead.get(k).type();
            differences.add(type.dtype().isDifferentiable() ? CPU.call(new Binary(BinaryOp.DIV),
                    CPU.call(new Binary(BinaryOp.SUB), ahead.get(k), behind.get(k)), CPU.full(type, 2 * step)) : null);
        }
        return differences;
    }

    private static List<Tensor> tensors(List<TensorValue> values) {
        var tensors = new ArrayList<Tensor>();
        values.forEach(value -> tensors.add((Tensor) value));
        return tensors;
    }

    /** Holds tangents of outputs against expected ones; null is zero. */
    private static void close(String label, List<TensorValue> outputs, List<TensorValue> expected,
            List<TensorValue> actual, double tolerance) {
        assertEquals(outputs.size(), actual.size(), label);
        for (int k = 0; k < outputs.size(); k++) {
            var type = outputs.get(k).type();
            if (!type.dtype().isDifferentiable()) {
                assertNull(actual.get(k), label);
                continue;
            }
            var want = expected.get(k) == null ? CPU.full(type, 0) : (Tensor) expected.get(k);
            var got = actual.get(k) == null ? CPU.full(type, 0) : (Tensor) actual.get(k);
            assertEquals(type, want.type(), label);
            assertEquals(type, got.type(), label);
            double scale = 1;
            for (long at = 0; at < want.size(); at++) {
                scale = Math.max(scale, Math.hypot(want.readDouble(at), want.readImaginary(at)));
            }
            for (long at = 0; at < want.size(); at++) {
                assertEquals(want.readDouble(at), got.readDouble(at), tolerance * scale, label);
                assertEquals(want.readImaginary(at), got.readImaginary(at), tolerance * scale, label);
            }
        }
    }
}
