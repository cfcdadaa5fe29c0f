package tfl.primitive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.backend.Backend;
import tfl.kernel.BinaryOp;
import tfl.primitive.BatchOps.Mapped;
import tfl.primitive.ForwardOps.Dual;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;

/** Runs each row of {@link PrimitiveTable} along a mapped axis, and compares with a loop over the elements. */
class BatchTest {
    private static final EagerOps OPS = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
    private static final int SIZE = 3;
    private static final int OUTER = 2;

    static Stream<Case> rows() {
        return PrimitiveTable.rows().stream().filter(row -> !row.arguments().isEmpty());
    }

    static Stream<Case> smooth() {
        return rows().filter(row -> row.tolerance() > 0);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void batchIsALoop(Case row) {
        var elements = elements(SIZE, k -> inputs(row, k));
        for (var mapped : combinations(row.arguments().size())) {
            compare(row, new Applied(row.primitive()), elements, mapped);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void batchOfABatchIsALoopInALoop(Case row) {
        int count = row.arguments().size();
        var elements = elements(OUTER * SIZE, k -> inputs(row, k));
        compareNested(row, elements, input -> true, input -> true);
        if (count > 1) {
            compareNested(row, elements, input -> input % 2 == 0, input -> input % 2 == 1);
            compareNested(row, elements, input -> input % 2 == 1, input -> input % 2 == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void batchOfNothingKeepsItsTypes(Case row) {
        var inputs = inputs(row, 0);
        var types = row.primitive().shape(inputs.stream().map(TensorValue::type).toList());
        for (var mapped : combinations(inputs.size())) {
            var values = new ArrayList<Mapped<TensorValue>>();
            for (int input = 0; input < inputs.size(); input++) {
                var nothing = BatchOps.mapped(inputs.get(input).type(), 0);
                values.add(new Mapped<>(mapped.test(input) ? OPS.full(nothing, 0) : inputs.get(input),
                        mapped.test(input)));
            }
            var outputs = BatchOps.spread(OPS, 0, new BatchOps<>(OPS, 0).apply(row.primitive(), values));
            assertEquals(types.stream().map(type -> BatchOps.mapped(type, 0)).toList(),
                    outputs.stream().map(TensorValue::type).toList(), row.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void batchOfAPushforwardIsALoop(Case row) {
        var program = new Pushed(row.primitive(), row.arguments().size());
        compareParts(row, program, elements(SIZE, k -> with(inputs(row, k), tangents(row, k))));
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void batchOfAPullbackIsALoop(Case row) {
        var program = new Pulled(row.primitive(), row.arguments().size());
        compareParts(row, program, elements(SIZE, k -> with(inputs(row, k), cotangents(row, k))));
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void pushforwardOfABatchIsALoop(Case row) {
        int count = row.arguments().size();
        var program = new Pushed(row.primitive(), count);
        var elements = elements(SIZE, k -> with(inputs(row, k), tangents(row, k)));
        for (var mapped : combinations(count)) {
            var chosen = chosen(elements, input -> mapped.test(input % count));
            var forward = new ForwardOps<>(OPS);
            var duals = new ArrayList<Mapped<Dual<TensorValue>>>();
            for (int input = 0; input < count; input++) {
                var x = mapped.test(input) ? stacked(chosen, input) : chosen.getFirst().get(input);
                var tangent = mapped.test(input) ? stacked(chosen, count + input)
                        : chosen.getFirst().get(count + input);
                boolean moves = x.type().dtype().isDifferentiable();
                duals.add(new Mapped<>(new Dual<>(x, moves ? tangent : null), mapped.test(input)));
            }
            var outputs = BatchOps.spread(forward, SIZE, new BatchOps<>(forward, SIZE).apply(row.primitive(), duals));
            var actual = new ArrayList<TensorValue>();
            outputs.forEach(output -> actual.add(output.primal()));
            outputs.forEach(output -> actual.add(orZero(OPS, output.tangent(), output.primal())));
            assertLoop(row + " of " + names(mapped, count), program, chosen, actual);
        }
    }

    /** Just the primitive. */
    private record Applied(Primitive primitive) implements Region.Program {
        @Override
        public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
            return ops.apply(primitive, inputs);
        }
    }

    /** Inputs and tangents to outputs and tangents. */
    private record Pushed(Primitive primitive, int inputs) implements Region.Program {
        @Override
        public <V> List<V> apply(Ops<V> ops, List<V> values) {
            var duals = new ArrayList<Dual<V>>();
            for (int k = 0; k < inputs; k++) {
                boolean moves = ops.type(values.get(k)).dtype().isDifferentiable();
                duals.add(new Dual<>(values.get(k), moves ? values.get(inputs + k) : null));
            }
            var outputs = new ForwardOps<>(ops).apply(primitive, duals);
            var results = new ArrayList<V>();
            outputs.forEach(output -> results.add(output.primal()));
            outputs.forEach(output -> results.add(orZero(ops, output.tangent(), output.primal())));
            return results;
        }
    }

    /** Inputs and cotangents of the outputs to cotangents of the inputs. */
    private record Pulled(Primitive primitive, int inputs) implements Region.Program {
        @Override
        public <V> List<V> apply(Ops<V> ops, List<V> values) {
            var reverse = new ReverseOps<>(ops);
            var noted = new ArrayList<ReverseOps.Noted<V>>();
            for (var value : values.subList(0, inputs)) {
                boolean moves = ops.type(value).dtype().isDifferentiable();
                noted.add(moves ? reverse.leaf(value) : reverse.constant(value));
            }
            var leaves = noted.stream().filter(value -> value.entry() >= 0).toList();
            var outputs = reverse.apply(primitive, noted);
            var pulled = reverse.pull(outputs, values.subList(inputs, values.size()), leaves);
            var results = new ArrayList<V>();
            for (int k = 0; k < leaves.size(); k++) {
                results.add(orZero(ops, pulled.get(k), leaves.get(k).value()));
            }
            return results;
        }
    }

    private static <V> V orZero(Ops<V> ops, V value, V like) {
        return value != null ? value : ops.full(ops.type(like), 0);
    }

    /** What a row is given for one element; fixed data, such as indices, turns from element to element. */
    private static List<TensorValue> inputs(Case row, int element) {
        var random = new Random(100 + element);
        var inputs = new ArrayList<TensorValue>();
        for (var argument : row.arguments()) {
            var fixed = argument.fixed();
            var turned = fixed == null ? argument : Case.fixed(argument.type().dtype(), IntStream.range(0, fixed.length)
                    .mapToDouble(k -> fixed[(k + element) % fixed.length]).toArray(), argument.type().shape().dims());
            inputs.add(turned.make(random, argument.type().dtype()));
        }
        return inputs;
    }

    /** Differences of two inputs stay within the row's kind, such as symmetric matrices. */
    private static List<TensorValue> tangents(Case row, int element) {
        var tangents = new ArrayList<TensorValue>();
        var first = inputs(row, 200 + element);
        var second = inputs(row, 300 + element);
        for (int k = 0; k < first.size(); k++) {
            var type = first.get(k).type();
            boolean free = !type.dtype().isDifferentiable() || row.arguments().get(k).fixed() != null;
            tangents.add(free ? random(type, 400 + element)
                    : OPS.call(new Binary(BinaryOp.SUB), first.get(k), second.get(k)));
        }
        return tangents;
    }

    private static List<TensorValue> cotangents(Case row, int element) {
        var types = row.primitive().shape(row.arguments().stream().map(Case.Argument::type).toList());
        return types.stream().map(type -> random(type, 500 + element)).toList();
    }

    private static TensorValue random(TensorType type, long seed) {
        return new Case.Argument(type, -1, 1, data -> data, null).make(new Random(seed), type.dtype());
    }

    private static List<List<TensorValue>> elements(int size, IntFunction<List<TensorValue>> make) {
        return IntStream.range(0, size).mapToObj(make).toList();
    }

    private static List<TensorValue> with(List<TensorValue> inputs, List<TensorValue> directions) {
        return Stream.concat(inputs.stream(), directions.stream()).toList();
    }

    /** Which inputs are mapped: every non-empty choice of few inputs; of many, all and each alone. */
    private static List<IntPredicate> combinations(int inputs) {
        int all = (1 << inputs) - 1;
        return IntStream.rangeClosed(1, all).filter(bits -> inputs <= 3 || bits == all || Integer.bitCount(bits) == 1)
                .<IntPredicate>mapToObj(bits -> input -> (bits & 1 << input) != 0).toList();
    }

    /** All mapped, only the inputs, and only the directions. */
    private static void compareParts(Case row, Region.Program program, List<List<TensorValue>> elements) {
        int count = row.arguments().size();
        for (var mapped : List.<IntPredicate>of(input -> true, input -> input < count, input -> input >= count)) {
            compare(row, program, elements, mapped);
        }
    }

    private static void compare(Case row, Region.Program program, List<List<TensorValue>> elements,
            IntPredicate mapped) {
        var chosen = chosen(elements, mapped);
        var values = new ArrayList<Mapped<TensorValue>>();
        for (int input = 0; input < elements.getFirst().size(); input++) {
            values.add(new Mapped<>(mapped.test(input) ? stacked(chosen, input) : chosen.getFirst().get(input),
                    mapped.test(input)));
        }
        var results = program.apply(new BatchOps<>(OPS, SIZE), values);
        var actual = new ArrayList<TensorValue>();
        actual.addAll(BatchOps.spread(OPS, SIZE, results));
        assertLoop(row + ", mapped " + names(mapped, values.size()), program, chosen, actual);
    }

    private static void compareNested(Case row, List<List<TensorValue>> elements, IntPredicate outer,
            IntPredicate inner) {
        var chosen = IntStream.range(0, OUTER * SIZE).mapToObj(k -> IntStream.range(0, row.arguments().size())
                .mapToObj(input -> elements.get((outer.test(input) ? k / SIZE * SIZE : 0)
                        + (inner.test(input) ? k % SIZE : 0)).get(input)).toList()).toList();
        var values = new ArrayList<Mapped<Mapped<TensorValue>>>();
        for (int input = 0; input < row.arguments().size(); input++) {
            var slabs = new ArrayList<List<TensorValue>>();
            for (int k = 0; k < OUTER * SIZE; k += SIZE) {
                slabs.add(List.of(inner.test(input) ? stacked(chosen.subList(k, k + SIZE), input)
                        : chosen.get(k).get(input)));
            }
            var value = outer.test(input) ? stacked(slabs, 0) : slabs.getFirst().getFirst();
            values.add(new Mapped<>(new Mapped<>(value, outer.test(input)), inner.test(input)));
        }
        var outside = new BatchOps<>(OPS, OUTER);
        var actual = new ArrayList<TensorValue>();
        var inside = BatchOps.spread(outside, SIZE, new BatchOps<>(outside, SIZE).apply(row.primitive(), values));
        for (var result : BatchOps.spread(OPS, OUTER, inside)) {
            var dims = result.type().shape().dims();
            var flat = java.util.Arrays.copyOfRange(dims, 1, dims.length);
            flat[0] *= dims[0];
            actual.add(OPS.call(new Reshape(Shape.of(flat)), result));
        }
        assertLoop(row + ", nested", new Applied(row.primitive()), chosen, actual);
    }

    /** What each element is given: mapped inputs of its own, the others those of the first. */
    private static List<List<TensorValue>> chosen(List<List<TensorValue>> elements, IntPredicate mapped) {
        return elements.stream().map(element -> IntStream.range(0, element.size())
                .mapToObj(input -> (mapped.test(input) ? element : elements.getFirst()).get(input)).toList()).toList();
    }

    private static TensorValue stacked(List<List<TensorValue>> elements, int input) {
        var parts = elements.stream().map(element -> OPS.call(new Reshape(
                BatchOps.mapped(element.get(input).type().shape(), 1)), element.get(input))).toList();
        return OPS.apply(new Concat(0), parts).getFirst();
    }

    private static void assertLoop(String label, Region.Program program, List<List<TensorValue>> elements,
            List<TensorValue> actual) {
        for (int k = 0; k < elements.size(); k++) {
            var expected = program.apply(OPS, elements.get(k));
            assertEquals(expected.size(), actual.size(), label);
            for (int output = 0; output < expected.size(); output++) {
                var type = expected.get(output).type();
                var all = actual.get(output);
                assertEquals(BatchOps.mapped(type, elements.size()), all.type(), label);
                var one = OPS.call(Slice.along(all.type().shape(), 0, k, k + 1), all);
                close(label + ", output " + output, (Tensor) expected.get(output),
                        (Tensor) OPS.call(new Reshape(type.shape()), one));
            }
        }
    }

    private static void close(String label, Tensor expected, Tensor actual) {
        var dtype = expected.dtype();
        double tolerance = dtype == DType.F64 ? 1e-9 : dtype.isDifferentiable() ? 2e-4 : 0;
        for (long at = 0; at < expected.size(); at++) {
            close(label, expected.readDouble(at), actual.readDouble(at), tolerance);
            close(label, expected.readImaginary(at), actual.readImaginary(at), tolerance);
        }
    }

    private static void close(String label, double expected, double actual, double tolerance) {
        boolean same = expected == actual || Double.compare(expected, actual) == 0;
        double error = Math.abs(expected - actual) / Math.max(1, Math.abs(expected));
        assertTrue(same || error <= tolerance, () -> label + ": the loop says " + expected + ", the batch " + actual);
    }

    private static List<Integer> names(IntPredicate mapped, int count) {
        return IntStream.range(0, count).filter(mapped).boxed().toList();
    }
}
