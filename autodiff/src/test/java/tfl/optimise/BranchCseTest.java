package tfl.optimise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.graph.GraphCheck;
import tfl.kernel.UnaryOp;
import tfl.primitive.Cond;
import tfl.primitive.MatMul;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Branches get what is computed before them. */
class BranchCseTest {
    private static final TensorType MATRIX = new TensorType(DType.F32, Shape.of(3, 3));

    private interface Side {
        Atom of(GraphBuilder b, Atom x, Atom w);
    }

    private static Graph side(Side side) {
        var b = new GraphBuilder();
        return b.graph(List.of(side.of(b, b.input(MATRIX), b.input(MATRIX))));
    }

    private static Atom layer(GraphBuilder b, Atom x, Atom w) {
        return b.call(new Unary(UnaryOp.TANH), b.call(new MatMul(), x, w));
    }

    /** The operands of a choice after two layers, and the equations of both sides. */
    private static List<Integer> shared(Side yes, Side no) {
        var b = new GraphBuilder();
        var truth = b.input(TensorType.scalar(DType.BOOL));
        var x = b.input(MATRIX);
        var w = b.input(MATRIX);
        var second = layer(b, layer(b, x, w), w);
        var chosen = b.apply(new Cond(side(yes), side(no)), List.of(truth, x, w)).getFirst();
        var graph = Cse.PASS.on(b.graph(List.of(second, chosen)));
        GraphCheck.check(graph, "cse");
        var choice = graph.equations().getLast();
        var sides = choice.op().regions().stream().map(Graph.class::cast).map(each -> DeadCode.PASS.on(each)).toList();
        return List.of(choice.in().size(), sides.getFirst().equations().size(), sides.getLast().equations().size());
    }

    @Test
    void aProductComesFromOutsideAndWhatIsElementwiseIsComputedAgain() {
        assertEquals(List.of(4, 1, 1), shared(BranchCseTest::layer, (b, x, w) -> b.call(new Unary(UnaryOp.NEG), x)));
    }

    @Test
    void onlyTheLastOfAChainIsHandedIn() {
        Side two = (b, x, w) -> layer(b, layer(b, x, w), w);
        assertEquals(List.of(4, 1, 2), shared(two, (b, x, w) -> b.call(new MatMul(), two.of(b, x, w), w)));
    }

    @Test
    void otherOperandsAreOthers() {
        assertEquals(List.of(3, 1, 3), shared((b, x, w) -> b.call(new MatMul(), w, x),
                (b, x, w) -> layer(b, b.call(new Unary(UnaryOp.NEG), x), w)));
    }
}
