package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tfl.lower.RandomGraphTest.CPU;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.optimise.Pipeline;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Call;
import tfl.primitive.Cond;
import tfl.primitive.CustomCall;
import tfl.primitive.Ops;
import tfl.primitive.RandomBits;
import tfl.primitive.Region;
import tfl.primitive.Scan;
import tfl.primitive.Unary;
import tfl.primitive.While;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;

/** Control flow runs its regions as programs; effects happen once, in the order of the graph. */
class ControlTest {
    private static final TensorType VECTOR = new TensorType(DType.F64, Shape.of(3));
    private static final TensorType TRUTH = TensorType.scalar(DType.BOOL);

    static Stream<BiFunction<Graph, EagerOps, Program>> ways() {
        return Stream.of(Lower::of, Lower::unfused, PlanTest::throughDisk);
    }

    private static Graph graph(List<TensorType> types, Region.Program program) {
        return GraphBuilder.build(types, program);
    }

    private static Graph binary(BinaryOp op) {
        var b = new GraphBuilder();
        return b.graph(List.of(b.call(new Binary(op), b.input(VECTOR), b.input(VECTOR))));
    }

    private static Tensor vector(double... values) {
        var tensor = Tensor.allocate(VECTOR);
        for (int k = 0; k < values.length; k++) {
            tensor.storage().segment().setAtIndex(ValueLayout.JAVA_DOUBLE, k, values[k]);
        }
        return tensor;
    }

    private static double[] values(Tensor tensor) {
        return LongStream.range(0, tensor.size()).mapToDouble(tensor::readDouble).toArray();
    }

    /** Doubles a number until it reaches a bound, with another number kept beside it. */
    private static Graph doubling() {
        var b = new GraphBuilder();
        var bound = b.input(TensorType.scalar(DType.F64));
        var x = b.input(TensorType.scalar(DType.F64));
        b.input(TensorType.scalar(DType.F64));
        var condition = b.graph(List.of(b.call(new Binary(BinaryOp.LT), x, bound)));
        var c = new GraphBuilder();
        c.input(TensorType.scalar(DType.F64));
        var y = c.input(TensorType.scalar(DType.F64));
        var first = c.input(TensorType.scalar(DType.F64));
        var body = c.graph(List.of(c.call(new Binary(BinaryOp.ADD), y, y), first));
        var all = new GraphBuilder();
        var scalar = TensorType.scalar(DType.F64);
        return all.graph(all.apply(new While(condition, body, 1),
                List.of(all.input(scalar), all.input(scalar), all.input(scalar))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aBranchRuns(BiFunction<Graph, EagerOps, Program> lower) {
        var b = new GraphBuilder();
        var truth = b.input(TRUTH);
        var x = b.input(VECTOR);
        var y = b.input(VECTOR);
        var chosen = b.apply(new Cond(binary(BinaryOp.ADD), binary(BinaryOp.MUL)), List.of(truth, x, y)).getFirst();
        var program = lower.apply(b.graph(List.of(b.call(new Unary(UnaryOp.NEG), chosen))), CPU);
        var operands = List.of(vector(1, 2, 3), vector(4, 5, 6));
        for (int taken = 0; taken < 2; taken++) {
            var result = program.run(new Tensor[] {Tensor.scalar(DType.BOOL, taken), operands.getFirst(),
                operands.getLast()}, 0)[0];
            assertArrayEquals(taken == 1 ? new double[] {-5, -7, -9} : new double[] {-4, -10, -18}, values(result));
        }
        var inner = program.report().of("cond").orElseThrow().inner();
        assertEquals(List.of("yes", "no"), inner.stream().map(Report.Inner::name).toList());
        assertEquals("loop(x0: f64, x1: f64) -> x0 + x1", inner.getFirst().report().toString());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aLoopRunsUntilItsConditionFails(BiFunction<Graph, EagerOps, Program> lower) {
        var program = lower.apply(doubling(), CPU);
        var inputs = new Tensor[] {Tensor.scalar(DType.F64, 100.0), Tensor.scalar(DType.F64, 3.0),
            Tensor.scalar(DType.F64, 7.0)};
        for (int again = 0; again < 2; again++) {
            var results = program.run(inputs, 0);
            assertEquals(192, results[0].readDouble(0));
            assertEquals(7, results[1].readDouble(0));
            assertNotSame(inputs[2], results[1]);
            Stream.of(results).forEach(Tensor::discard);
        }
        assertEquals(3, inputs[1].readDouble(0));
        assertEquals(7, inputs[2].readDouble(0));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aScanCarriesAndStacks(BiFunction<Graph, EagerOps, Program> lower) {
        var scalar = TensorType.scalar(DType.F64);
        var b = new GraphBuilder();
        var sum = b.call(new Binary(BinaryOp.ADD), b.input(scalar), b.input(scalar));
        var body = b.graph(List.of(sum, sum));
        var all = new GraphBuilder();
        var scan = new Scan(body, 3, 0, 1, false, 0);
        var program = lower.apply(all.graph(all.apply(scan, List.of(all.input(scalar), all.input(VECTOR)))), CPU);
        var results = program.run(new Tensor[] {Tensor.scalar(DType.F64, 1.0), vector(1, 2, 3)}, 0);
        assertEquals(7, results[0].readDouble(0));
        assertArrayEquals(new double[] {2, 4, 7}, values(results[1]));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatARegionHandsThroughIsNoInputItself(BiFunction<Graph, EagerOps, Program> lower) {
        var same = graph(List.of(VECTOR), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                return List.of(inputs.getFirst(), inputs.getFirst(), ops.full(VECTOR, 2));
            }
        });
        var b = new GraphBuilder();
        var program = lower.apply(b.graph(b.apply(new Call(same), List.of(b.input(VECTOR)))), CPU);
        var x = vector(1, 2, 3);
        for (long donated = 0; donated < 2; donated++) {
            var results = program.run(new Tensor[] {x}, donated);
            assertNotSame(x, results[0]);
            assertNotSame(results[0], results[1]);
            assertArrayEquals(new double[] {2, 2, 2}, values(results[2]));
            Stream.of(results).forEach(Tensor::discard);
            assertArrayEquals(new double[] {1, 2, 3}, values(x));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void randomBitsAreThoseOfTheirKeys(BiFunction<Graph, EagerOps, Program> lower) {
        var keys = new TensorType(DType.I64, Shape.of(2));
        var b = new GraphBuilder();
        var drawn = b.graph(b.apply(new RandomBits(Shape.of(4)), List.of(b.input(keys), b.input(keys))));
        var inputs = new Tensor[] {Tensor.allocate(keys), Tensor.allocate(keys)};
        for (int k = 0; k < 2; k++) {
            inputs[0].storage().segment().setAtIndex(ValueLayout.JAVA_LONG, k, 17 + k);
            inputs[1].storage().segment().setAtIndex(ValueLayout.JAVA_LONG, k, k);
        }
        var result = lower.apply(drawn, CPU).run(inputs, 0)[0];
        var expected = new RandomBits(Shape.of(4)).eval(List.of(inputs)).getFirst();
        assertArrayEquals(values(expected), values(result));
    }

    /** Does nothing but say that it ran. */
    private record Noting(List<TensorType> inputTypes, Runnable ran) implements Region {
        @Override
        public List<TensorType> outputTypes() {
            return List.of();
        }

        @Override
        public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
            ran.run();
            return List.of();
        }

        @Override
        public int passed(int output) {
            return -1;
        }

        @Override
        public boolean isGuarded() {
            return true;
        }

        @Override
        public boolean hasEffect() {
            return true;
        }

        @Override
        public Region derive(List<TensorType> types, Program program) {
            return GraphBuilder.build(types, program);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void effectsHappenInTheOrderOfTheGraph(BiFunction<Graph, EagerOps, Program> lower) {
        var notes = new ArrayList<String>();
        var b = new GraphBuilder();
        var x = b.input(VECTOR);
        var truth = b.input(TRUTH);
        // The fuser would like to join the two chains, but one effect lies between them.
        var early = b.call(new Unary(UnaryOp.TANH), x);
        note(b, "first", notes, early);
        var counted = b.apply(new Cond(counting(notes, "yes"), counting(notes, "no")), List.of(truth, x)).getFirst();
        note(b, "second", notes, counted);
        note(b, "third", notes, x);
        note(b, "first", notes, b.call(new Unary(UnaryOp.TANH), counted));
        var optimised = Pipeline.STANDARD.run(b.graph(List.of(b.call(new Binary(BinaryOp.ADD), early, counted))));
        var program = lower.apply(optimised.graph(), CPU);
        program.run(new Tensor[] {vector(1, 2, 3), Tensor.scalar(DType.BOOL, 1)}, 0);
        assertEquals(List.of("first", "yes", "second", "third", "first"), notes);
    }

    private static void note(GraphBuilder b, String name, List<String> notes, Atom value) {
        b.apply(new Call(new Noting(List.of(value.type()), () -> notes.add(name))), List.of(value));
    }

    private static Graph counting(List<String> notes, String name) {
        var b = new GraphBuilder();
        var x = b.input(VECTOR);
        note(b, name, notes, x);
        return b.graph(List.of(b.call(new Binary(BinaryOp.MUL), x, b.full(VECTOR, 2))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void onlyTheFirstSixtyFourInputsAreDonated(BiFunction<Graph, EagerOps, Program> lower) {
        var b = new GraphBuilder();
        var inputs = new ArrayList<Tensor>();
        Atom last = null;
        for (int k = 0; k < 70; k++) {
            last = b.input(VECTOR);
            inputs.add(vector(k, k, k));
        }
        var program = lower.apply(b.graph(List.of(b.call(new Unary(UnaryOp.NEG), last))), CPU);
        program.run(inputs.toArray(Tensor[]::new), -1);
        assertArrayEquals(new double[] {69, 69, 69}, values(inputs.getLast()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aFunctionWithItsOwnDerivativeFusesWithWhatIsAround(BiFunction<Graph, EagerOps, Program> lower) {
        var b = new GraphBuilder();
        var x = b.input(VECTOR);
        var squared = b.apply(new CustomCall(square(), binary(BinaryOp.MUL), 1, List.of()),
                List.of(b.call(new Unary(UnaryOp.NEG), x))).getFirst();
        var spread = b.call(new BroadcastTo(Shape.of(2, 3)), b.call(new Unary(UnaryOp.NEG), squared));
        var optimised = Pipeline.STANDARD.run(b.graph(List.of(spread))).graph();
        assertTrue(optimised.equations().stream().noneMatch(each -> each.op() instanceof CustomCall));
        var result = lower.apply(optimised, CPU).run(new Tensor[] {vector(1, 2, 3)}, 0)[0];
        assertArrayEquals(new double[] {-1, -4, -9, -1, -4, -9}, values(result));
    }

    private static Graph square() {
        var b = new GraphBuilder();
        var x = b.input(VECTOR);
        return b.graph(List.of(b.call(new Binary(BinaryOp.MUL), x, x)));
    }
}
