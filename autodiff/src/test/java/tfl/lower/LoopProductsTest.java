package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.backend.reference.ReferenceBackend;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.primitive.Binary;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceSum;
import tfl.primitive.Reshape;
import tfl.primitive.Scan;
import tfl.primitive.Transpose;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;

/** Which products leave a loop, and that its results stay what they are. */
class LoopProductsTest {
    private static final EagerOps REFERENCE = new EagerOps(new ReferenceBackend());
    private static final int ROUNDS = 5;

    private static TensorType type(long... dims) {
        return new TensorType(DType.F64, Shape.of(dims));
    }

    private static Atom call(GraphBuilder b, BinaryOp op, Atom x, Atom y) {
        return b.call(new Binary(op), x, y);
    }

    /**
     * A recurrence {@code s = s * p, p = row @ w} that sums up {@code rowᵀ @ s}, or its transpose, and the columns of
     * s.
     *
     * @param sum {@code plain}, {@code turned}, or {@code read}: the round reads what was summed so far
     */
    private static Graph body(String sum) {
        var b = new GraphBuilder();
        var w = b.input(type(3, 4));
        var s = b.input(type(2, 4));
        boolean turned = sum.equals("turned");
        var total = b.input(turned ? type(4, 3) : type(3, 4));
        var columns = b.input(type(4));
        var row = b.input(type(2, 3));
        var next = call(b, BinaryOp.MUL, s, b.call(new MatMul(), row, w));
        var added = b.call(new MatMul(), b.call(Transpose.matrices(2), row), next);
        added = turned ? b.call(Transpose.matrices(2), added) : added;
        added = sum.equals("read") ? call(b, BinaryOp.MUL, added, total) : added;
        return b.graph(List.of(next, call(b, BinaryOp.ADD, total, added),
                call(b, BinaryOp.ADD, columns, b.call(new ReduceSum(List.of(0)), next))));
    }

    /** Products around the loop and in it, and values that still go round. */
    @ParameterizedTest
    @CsvSource({"plain, false, 2, 0, 1", "turned, false, 2, 0, 1", "plain, true, 2, 0, 1", "read, false, 1, 1, 2"})
    void leave(String sum, boolean reverse, int around, int inside, int carries) {
        var b = new GraphBuilder();
        var types = new ArrayList<>(body(sum).inputTypes());
        types.set(4, type(ROUNDS, 2, 3));
        var inputs = types.stream().map(each -> (Atom) b.input(each)).toList();
        var graph = b.graph(b.apply(new Scan(body(sum), ROUNDS, 1, 3, reverse, 0), inputs));
        var after = LoopProducts.of(graph);

        var scan = (Scan) after.equations().stream().map(each -> each.op()).filter(Scan.class::isInstance).findFirst()
                .orElseThrow();
        assertEquals(around, count(after, MatMul.class));
        assertEquals(inside, count((Graph) scan.body(), MatMul.class));
        assertEquals(carries, scan.carries());

        same(graph, after);
    }

    /** {@code s = s @ wᵀ} in each round: w is turned around once, before the loop. */
    @Test
    void matricesAreTurnedAroundOnce() {
        var round = new GraphBuilder();
        var w = round.input(type(4, 4));
        var state = round.input(type(2, 4));
        var next = round.call(new MatMul(), state, round.call(Transpose.matrices(2), w));
        var b = new GraphBuilder();
        var scan = new Scan(round.graph(List.of(next, next)), ROUNDS, 1, 1, false, 0);
        var graph = b.graph(b.apply(scan, List.of(b.input(type(4, 4)), b.input(type(2, 4)))));
        var after = LoopProducts.of(graph);
        assertEquals(1, count((Graph) scan.body(), Transpose.class));
        var without = (Scan) after.equations().getLast().op();
        assertEquals(0, count((Graph) without.body(), Transpose.class));
        assertEquals(1, count(after, Transpose.class));
        assertEquals(2, count(after, Reshape.class));
        same(graph, after);
    }

    /** The gradient of a second bias is the sum that there is already, of rows in another order. */
    @ParameterizedTest
    @CsvSource({"'0,1', 1", "'0', 2", "'0,2', 2"})
    void sumsThatAreThereAreNotComputedAgain(String axes, int sums) {
        var round = new GraphBuilder();
        var total = round.input(type(4));
        var row = round.input(type(2, 4));
        var twice = call(round, BinaryOp.ADD, row, row);
        var body = round.graph(List.of(call(round, BinaryOp.ADD, total, round.call(new ReduceSum(List.of(0)), twice)),
                twice));
        var b = new GraphBuilder();
        var loop = b.apply(new Scan(body, ROUNDS, 0, 1, false, 0),
                List.of(b.input(type(4)), b.input(type(ROUNDS, 2, 4))));
        var turned = b.call(new Transpose(List.of(1, 0, 2)), loop.get(1));
        var folded = Stream.of(axes.split(",")).map(Integer::valueOf).toList();
        var graph = b.graph(List.of(loop.get(0), b.call(new ReduceSum(folded), turned)));
        var after = LoopProducts.of(graph);
        assertEquals(sums, count(after, ReduceSum.class));
        same(graph, after);
    }

    private static long count(Graph graph, Class<?> op) {
        return new Flow(graph, Set.of()).nodes().stream().filter(node -> op.isInstance(node.equation.op())).count();
    }

    private static void same(Graph graph, Graph after) {
        var types = graph.inputTypes();
        var values = new ArrayList<TensorValue>();
        for (int k = 0; k < types.size(); k++) {
            var numbers = new double[(int) types.get(k).shape().size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Math.sin(1 + i + 10 * k);
            }
            values.add(Tensor.of(DType.F64, numbers, types.get(k).shape().dims()));
        }
        var expected = graph.apply(REFERENCE, values);
        var actual = after.apply(REFERENCE, values);
        for (int k = 0; k < expected.size(); k++) {
            var one = ((Tensor) expected.get(k)).toDoubles();
            var other = ((Tensor) actual.get(k)).toDoubles();
            for (int i = 0; i < one.length; i++) {
                assertTrue(Math.abs(one[i] - other[i]) <= 1e-12 * (1 + Math.abs(one[i])), k + ": " + one[i] + " "
                        + other[i]);
            }
        }
    }

}
