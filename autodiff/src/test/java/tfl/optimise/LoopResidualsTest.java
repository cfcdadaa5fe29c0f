package tfl.optimise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.backend.reference.ReferenceBackend;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.primitive.Binary;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceSum;
import tfl.primitive.Scan;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;

/** What a loop keeps for the one backwards, and that the gradients stay what they are. */
class LoopResidualsTest {
    private static final EagerOps REFERENCE = new EagerOps(new ReferenceBackend());

    private static TensorType type(long... dims) {
        return new TensorType(DType.F64, Shape.of(dims));
    }

    /** A round of {@code h = f(h)} with an n × n matrix w and a row x. */
    private static Graph body(String f, long rows, long n) {
        var b = new GraphBuilder();
        var w = b.input(type(n, n));
        var h = b.input(type(rows, n));
        var x = b.input(type(rows, n));
        var next = switch (f) {
            case "tanh(h @ w + x)" -> tanh(b, add(b, b.call(new MatMul(), h, w), x));
            case "tanh(h @ w)" -> tanh(b, b.call(new MatMul(), h, w));
            case "tanh(x @ w + h)" -> tanh(b, add(b, b.call(new MatMul(), x, w), h));
            case "tanh(h + x)" -> tanh(b, add(b, h, x));
            case "tanh(tanh(h @ w) @ w)" ->
                tanh(b, b.call(new MatMul(), tanh(b, b.call(new MatMul(), h, w)), w));
            default -> throw new IllegalArgumentException(f);
        };
        return b.graph(List.of(next));
    }

    private static Atom tanh(GraphBuilder b, Atom x) {
        return b.call(new Unary(UnaryOp.TANH), x);
    }

    private static Atom add(GraphBuilder b, Atom x, Atom y) {
        return b.call(new Binary(BinaryOp.ADD), x, y);
    }

    /** The sum of the last h, and its gradients, through so many rounds. */
    private static Graph gradient(Graph body, long rounds, boolean reverse) {
        var b = new GraphBuilder();
        var types = new ArrayList<>(body.inputTypes());
        types.set(2, new Scan(body, rounds, 1, 1, reverse, 0).rows(types.get(2)));
        var inputs = types.stream().map(each -> (Atom) b.input(each)).toList();
        var loop = (Scan) new Scan(body, rounds, 1, 1, reverse, 0).forReverse();
        var out = b.apply(loop, inputs);
        var sum = b.call(new ReduceSum(List.of(0, 1)), out.getFirst());
        var cotangents = new ArrayList<Atom>(Collections.nCopies(out.size(), null));
        cotangents.set(0, b.full(out.getFirst().type(), 1));
        var results = new ArrayList<Atom>(List.of(sum));
        results.addAll(loop.vjp(b, inputs, out, cotangents, _ -> true));
        return b.graph(results);
    }

    private static List<Long> products(Graph graph) {
        return graph.equations().stream().map(each -> each.op()).filter(Scan.class::isInstance)
                .map(each -> ((Graph) ((Scan) each).body()).equations().stream()
                        .filter(inner -> inner.op() instanceof MatMul).count()).toList();
    }

    private static Graph optimised(Graph graph, boolean keeping) {
        var passes = Pipeline.STANDARD.passes().stream().filter(each -> keeping || each != LoopResiduals.PASS).toList();
        return new Pipeline(passes).run(graph).graph();
    }

    /** How many products a round backwards has, without what is kept and with it. */
    @ParameterizedTest
    @CsvSource({
        "tanh(h @ w + x),       5, false, 3, 2",
        "tanh(h @ w + x),       5, true,  3, 2",
        "tanh(h @ w),           2, false, 3, 2",
        "tanh(x @ w + h),       5, false, 3, 2",
        "tanh(h + x),           5, false, 0, 0",
        "tanh(tanh(h @ w) @ w), 5, false, 6, 4",
    })
    void keep(String f, long rounds, boolean reverse, long again, long kept) {
        var graph = gradient(body(f, 2, 3), rounds, reverse);
        var without = optimised(graph, false);
        var with = optimised(graph, true);
        assertEquals(again, products(without).getLast());
        assertEquals(kept, products(with).getLast());
        assertEquals(products(without).getFirst(), products(with).getFirst());

        var values = new ArrayList<TensorValue>();
        for (var each : graph.inputTypes()) {
            var numbers = new double[(int) each.shape().size()];
            Arrays.setAll(numbers, i -> Math.sin(1 + i + 10 * values.size()));
            values.add(Tensor.of(DType.F64, numbers, each.shape().dims()));
        }
        var expected = without.apply(REFERENCE, values);
        var actual = with.apply(REFERENCE, values);
        assertEquals(4, expected.size());
        for (int k = 0; k < expected.size(); k++) {
            assertArrayEquals(((Tensor) expected.get(k)).toDoubles(), ((Tensor) actual.get(k)).toDoubles(), 1e-12);
        }
    }

    /** 1,000 rounds of 1 MB are computed again. */
    @ParameterizedTest
    @CsvSource({"1000, 3", "50, 2"})
    void notMoreThanFits(long rounds, long products) {
        var graph = gradient(body("tanh(h @ w + x)", 512, 256), rounds, false);
        assertEquals(products, products(optimised(graph, true)).getLast());
    }
}
