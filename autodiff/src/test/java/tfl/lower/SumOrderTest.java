package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tfl.backend.reference.ReferenceBackend;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.primitive.MatMul;
import tfl.primitive.Reshape;
import tfl.primitive.Transpose;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.transform.EagerOps;

/** Which operand of a product that sums over two axes is copied. */
class SumOrderTest {
    private static final List<Integer> SWAPPED = List.of(1, 0, 2);

    /** {@code rows(x)ᵀ @ rows(y)} of [4, 5, left] and [4, 5, right], of which each may be a transposed one. */
    private static Graph product(long left, boolean leftSwapped, long right, boolean rightSwapped) {
        var b = new GraphBuilder();
        var x = rows(b, left, leftSwapped);
        var y = rows(b, right, rightSwapped);
        return b.graph(List.of(b.call(new MatMul(), b.call(Transpose.matrices(2), x), y)));
    }

    private static Atom rows(GraphBuilder b, long columns, boolean swapped) {
        var input = b.input(new TensorType(DType.F64, swapped ? Shape.of(5, 4, columns) : Shape.of(4, 5, columns)));
        var matrices = swapped ? b.call(new Transpose(SWAPPED), input) : input;
        return b.call(new Reshape(Shape.of(20, columns)), matrices);
    }

    /** Which of the operands that the product reads then are transposed, by their columns. */
    private static List<Long> copied(Graph graph) {
        var product = graph.equations().getLast();
        return Stream.of(maker(graph, product.in().get(0)).in().getFirst(), product.in().get(1))
                .map(rows -> maker(graph, rows).in().getFirst())
                .filter(matrices -> graph.equations().stream().anyMatch(each -> each.out().contains(matrices)))
                .map(matrices -> matrices.type().shape().dim(2)).toList();
    }

    private static tfl.graph.Equation maker(Graph graph, Atom atom) {
        return graph.equations().stream().filter(each -> each.out().contains(atom)).findFirst().orElseThrow();
    }

    @Test
    void theSmallerOneIsCopied() {
        assertEquals(List.of(2L), copied(SumOrder.of(product(2, false, 3, true))));
        assertEquals(List.of(2L), copied(SumOrder.of(product(3, true, 2, false))));
        assertEquals(List.of(2L), copied(SumOrder.of(product(2, true, 3, false))));
        assertEquals(List.of(), copied(SumOrder.of(product(2, true, 3, true))));
        assertEquals(List.of(), copied(SumOrder.of(product(2, false, 3, false))));
    }

    @Test
    void theProductStaysWhatItIs() {
        var ops = new EagerOps(new ReferenceBackend());
        for (var graph : List.of(product(2, false, 3, true), product(3, true, 2, false), product(2, true, 3, true))) {
            var inputs = RandomGraphs.inputs(graph, 7).toArray(Tensor[]::new);
            var wanted = Lower.unfused(graph, ops).run(inputs, 0)[0];
            var given = Lower.unfused(SumOrder.of(graph), ops).run(inputs, 0)[0];
            for (int k = 0; k < wanted.size(); k++) {
                assertEquals(wanted.readDouble(k), given.readDouble(k), 1e-12);
            }
        }
    }
}
