package tfl.tests.inside;

import java.util.List;
import tfl.graph.Graph;
import tfl.interpreter.builtin.tensor.Execution;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.primitive.Binary;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/** A graph of some hundred operations, of which a fifth is written twice, for the parts that work on graphs. */
final class ExampleGraph {
    static final int LAYERS = 100;
    private static final TensorType MATRIX = new TensorType(DType.F32, Shape.of(16, 16));
    private static final TensorType ROW = new TensorType(DType.F32, Shape.of(16));

    private ExampleGraph() {}

    /** Traces it anew. */
    static Graph trace() {
        try (var trace = new Trace(() -> Location.NONE).enter()) {
            TensorValue x = trace.input(MATRIX, false);
            TensorValue w = trace.input(MATRIX, false);
            TensorValue b = trace.input(ROW, false);
            var ops = Execution.ops();
            for (int layer = 0; layer < LAYERS; layer++) {
                var row = ops.call(new BroadcastTo(MATRIX.shape()), b);
                var product = ops.call(new Binary(BinaryOp.MUL), x, w);
                var again = ops.call(new Binary(BinaryOp.MUL), x, w);
                var sum = ops.call(new Binary(BinaryOp.ADD), ops.call(new Binary(BinaryOp.ADD), product, again), row);
                x = ops.call(new Unary(UnaryOp.TANH), sum);
            }
            return trace.graph(List.of(x));
        }
    }
}
