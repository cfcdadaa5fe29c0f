package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.Backend;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;
import tfl.transform.Tape;

/** Runs every check on every row of {@link PrimitiveTable}. */
class PrimitiveTest {
    private static final EagerOps CPU = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
    private static final EagerOps REFERENCE = new EagerOps(new ReferenceBackend());

    static Stream<Case> rows() {
        return PrimitiveTable.rows().stream();
    }

    static Stream<Case> smooth() {
        return rows().filter(row -> row.tolerance() > 0);
    }

    static Stream<Case> smoothTwice() {
        return rows().filter(Case::twice);
    }

    /**
     * Factorisations are unique up to signs and phases only; the backends' own tests multiply them together
     * again.
     */
    static Stream<Case> unique() {
        return rows().filter(row -> !(row.primitive() instanceof Qr || row.primitive() instanceof Svd
                || row.primitive() instanceof Eigh || row.primitive() instanceof Eig));
    }

    @Test
    void everyPrimitiveHasARow() {
        var covered = new HashSet<Class<?>>();
        rows().forEach(row -> covered.add(row.primitive().getClass()));
        for (var primitive : records(Primitive.class)) {
            assertTrue(covered.contains(primitive), "no row for " + primitive.getSimpleName());
        }
        var names = new HashSet<String>();
        rows().forEach(row -> names.add(row.primitive().name()));
        for (var op : UnaryOp.values()) {
            assertTrue(names.contains(new Unary(op).name()), op.name());
        }
        for (var op : BinaryOp.values()) {
            assertTrue(names.contains(new Binary(op).name()), op.name());
        }
    }

    private static List<Class<?>> records(Class<?> sealed) {
        var found = new ArrayList<Class<?>>();
        for (var each : sealed.getPermittedSubclasses()) {
            if (each.isSealed()) {
                found.addAll(records(each));
            } else {
                found.add(each);
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("unique")
    void backendsAgreeWithTheMeaning(Case row) {
        for (var inputs : List.of(row.inputs(1), row.singleInputs(2))) {
            if (row.primitive() instanceof Fused || row.primitive() instanceof Pullback) {
                inputs = row.inputs(1);
            }
            var types = inputs.stream().map(Tensor::type).toList();
            var expected = row.primitive().eval(inputs);
            assertEquals(row.primitive().shape(types), expected.stream().map(Tensor::type).toList());
            agree(row, expected, REFERENCE.apply(row.primitive(), List.copyOf(inputs)));
            agree(row, expected, CPU.apply(row.primitive(), List.copyOf(inputs)));
            agree(row, expected, CPU.apply(row.primitive(), inputs.stream().map(PrimitiveTest::scattered).toList()));
        }
    }

    /** The same elements, stored back to front with gaps. */
    private static TensorValue scattered(Tensor x) {
        int rank = x.rank();
        if (rank == 0 || x.size() == 0) {
            return x;
        }
        var order = java.util.stream.IntStream.range(0, rank).map(axis -> rank - 1 - axis).boxed().toList();
        var ops = new EagerOps(new ReferenceBackend());
        var turned = ops.call(new Transpose(order), x);
        var all = java.util.stream.IntStream.range(0, rank).boxed().toList();
        var reversed = (Tensor) ops.call(Slice.reversing(turned.type().shape(), all), turned);
        var ones = java.util.Collections.nCopies(rank, 1L);
        var none = java.util.Collections.nCopies(rank, 0L);
        var spaced = (Tensor) ops.call(new Pad(none, none, ones, 0), reversed);
        var twos = java.util.Collections.nCopies(rank, 2L);
        var dims = Arrays.stream(reversed.shape().dims()).boxed().toList();
        var kept = ops.call(new Slice(none, dims, twos), spaced);
        var back = ops.call(Slice.reversing(kept.type().shape(), all), kept);
        return ops.call(new Transpose(order), back);
    }

    private static void agree(Case row, List<Tensor> expected, List<TensorValue> actual) {
        assertEquals(expected.size(), actual.size());
        for (int k = 0; k < expected.size(); k++) {
            var want = expected.get(k);
            var got = (Tensor) actual.get(k);
            assertEquals(want.type(), got.type());
            double tolerance = want.dtype() == DType.F64 ? 1e-10 : want.dtype().isDifferentiable() ? 2e-4 : 0;
            for (long at = 0; at < want.size(); at++) {
                close(row.toString(), want.readDouble(at), got.readDouble(at), tolerance);
                close(row.toString(), want.readImaginary(at), got.readImaginary(at), tolerance);
            }
        }
    }

    private static void close(String label, double expected, double actual, double tolerance) {
        if (Double.compare(expected, actual) != 0 && !(expected == actual)) {
            double error = Math.abs(expected - actual) / Math.max(1, Math.abs(expected));
            assertTrue(error <= tolerance, () -> label + ": expected " + expected + ", got " + actual);
        }
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void pullbacksMatchFiniteDifferences(Case row) {
        var inputs = row.inputs(3);
        Function function = values -> CPU.apply(row.primitive(), values);
        derivative(row.toString(), function, inputs, directions(row), row.tolerance());
    }

    @ParameterizedTest
    @MethodSource("smoothTwice")
    void pullbacksOfPullbacksMatchFiniteDifferences(Case row) {
        var inputs = row.inputs(3);
        var outputs = CPU.apply(row.primitive(), List.copyOf(inputs));
        var arguments = new ArrayList<>(inputs);
        var directions = new ArrayList<>(directions(row));
        for (var output : outputs) {
            arguments.add(random(output.type(), 11));
            directions.add(random(output.type(), 12));
        }
        Function pullback = values -> pulled(values1 -> CPU.apply(row.primitive(), values1),
                values.subList(0, inputs.size()), values.subList(inputs.size(), values.size()));
        derivative("second of " + row, pullback, arguments, directions, 30 * row.tolerance());
    }

    private interface Function {
        List<TensorValue> apply(List<TensorValue> inputs);
    }

    /** Differences of two inputs of the row: they stay within the row's kind, such as symmetric matrices. */
    private static List<Tensor> directions(Case row) {
        var directions = new ArrayList<Tensor>();
        var first = row.inputs(4);
        var second = row.inputs(5);
        for (int k = 0; k < first.size(); k++) {
            boolean fixed = row.arguments().get(k).fixed() != null;
            boolean real = first.get(k).dtype().isDifferentiable();
            directions.add(!real || fixed ? random(first.get(k).type(), 6 + k)
                    : (Tensor) CPU.call(new Binary(BinaryOp.SUB), first.get(k), second.get(k)));
        }
        return directions;
    }

    private static Tensor random(TensorType type, long seed) {
        return new Case.Argument(type, -1, 1, data -> data, null).make(new java.util.Random(seed), type.dtype());
    }

    /** The cotangents of the differentiable inputs. */
    private static List<TensorValue> pulled(Function function, List<TensorValue> inputs,
            List<TensorValue> cotangents) {
        var tape = new Tape(CPU);
        var lifted = new ArrayList<TensorValue>();
        inputs.forEach(input -> lifted.add(input.type().dtype().isDifferentiable() ? tape.lift(input) : input));
        var outputs = function.apply(lifted);
        tape.stop();
        return tape.pull(outputs, cotangents).stream().map(value -> value == null
                ? Tensor.scalar(DType.F64, 0.0) : value).map(TensorValue.class::cast).toList();
    }

    private static void derivative(String label, Function function, List<Tensor> inputs, List<Tensor> directions,
            double tolerance) {
        var outputs = function.apply(List.copyOf(inputs));
        var cotangents = new ArrayList<TensorValue>();
        outputs.forEach(output -> cotangents.add(random(output.type(), 21)));
        boolean exact = Stream.concat(inputs.stream(), outputs.stream()).map(TensorValue::type).map(TensorType::dtype)
                .noneMatch(dtype -> dtype == DType.F32 || dtype == DType.C64);
        double step = exact ? 1e-6 : 1e-2;
        var ahead = function.apply(moved(inputs, directions, step));
        var behind = function.apply(moved(inputs, directions, -step));
        double expected = (inner(cotangents, ahead) - inner(cotangents, behind)) / (2 * step);
        double scale = 1;
        double actual = 0;
        var gradients = pulled(function, List.copyOf(inputs), cotangents).iterator();
        for (int k = 0; k < inputs.size(); k++) {
            if (inputs.get(k).dtype().isDifferentiable()) {
                var gradient = gradients.next();
                if (gradient.type().shape().rank() > 0 || inputs.get(k).rank() == 0) {
                    assertEquals(inputs.get(k).type(), gradient.type(), label);
                    double part = inner(List.of(gradient), List.of(directions.get(k)));
                    actual += part;
                    scale = Math.max(scale, Math.abs(part));
                }
            }
        }
        double error = Math.abs(expected - actual) / Math.max(scale, Math.abs(expected));
        double found = actual;
        assertTrue(error <= Math.max(tolerance, exact ? 0 : 2e-2),
                () -> label + ": finite differences say " + expected + ", the pullback " + found);
    }

    private static List<TensorValue> moved(List<Tensor> inputs, List<Tensor> directions, double step) {
        var moved = new ArrayList<TensorValue>();
        for (int k = 0; k < inputs.size(); k++) {
            var x = inputs.get(k);
            if (!x.dtype().isDifferentiable()) {
                moved.add(x);
                continue;
            }
            var by = CPU.call(new Binary(BinaryOp.MUL), directions.get(k), CPU.full(x.type(), step));
            moved.add(CPU.call(new Binary(BinaryOp.ADD), x, by));
        }
        return moved;
    }

    private static double inner(List<? extends TensorValue> a, List<? extends TensorValue> b) {
        double sum = 0;
        for (int k = 0; k < a.size(); k++) {
            if (a.get(k).type().dtype().isDifferentiable() && a.get(k).type().equals(b.get(k).type())) {
                var x = (Tensor) a.get(k);
                var y = (Tensor) b.get(k);
                for (long at = 0; at < x.size(); at++) {
                    sum += x.readDouble(at) * y.readDouble(at) + x.readImaginary(at) * y.readImaginary(at);
                }
            }
        }
        return sum;
    }
}
