package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.primitive.Derivatives.CPU;
import static tfl.primitive.Derivatives.derivative;
import static tfl.primitive.Derivatives.directions;
import static tfl.primitive.Derivatives.pulled;
import static tfl.primitive.Derivatives.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;

/** Runs every check on every row of {@link PrimitiveTable}. */
class PrimitiveTest {
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
            if (row.primitive() instanceof Fused || row.primitive() instanceof Pullback
                    || row.primitive() instanceof Pushforward) {
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
        Derivatives.Program function = values -> CPU.apply(row.primitive(), values);
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
        Derivatives.Program pullback = values -> pulled(values1 -> CPU.apply(row.primitive(), values1),
                values.subList(0, inputs.size()), values.subList(inputs.size(), values.size()));
        derivative("second of " + row, pullback, arguments, directions, 30 * row.tolerance());
    }
}
