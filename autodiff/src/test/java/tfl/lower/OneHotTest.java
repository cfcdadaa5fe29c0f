package tfl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tfl.lower.RandomGraphTest.CPU;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.graph.Atom;
import tfl.graph.Graph;
import tfl.graph.GraphBuilder;
import tfl.primitive.AlongAxis;
import tfl.primitive.LogSoftmax;
import tfl.primitive.ReduceSum;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** The loss of a classifier and its gradient: one pass over the scores, and labels are still checked. */
class OneHotTest {
    private static long[] dims(String shape) {
        return Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
    }

    private static Graph loss(long... dims) {
        var b = new GraphBuilder();
        int last = dims.length - 1;
        var scores = b.input(new TensorType(DType.F32, Shape.of(dims)));
        var labels = dims.clone();
        labels[last] = 1;
        var label = b.input(new TensorType(DType.I64, Shape.of(labels)));
        var logs = b.call(new LogSoftmax(), scores);
        var axes = new Integer[dims.length];
        Arrays.setAll(axes, axis -> axis);
        var loss = b.call(new ReduceSum(List.of(axes)), AlongAxis.take(b, logs, label, last));
        Atom ct = AlongAxis.add(b, b.full(scores.type(), 0), b.full(new TensorType(DType.F32, Shape.of(labels)), -1),
                label, last);
        var back = new LogSoftmax().vjp(b, List.of(scores), List.of(logs), List.of(ct), input -> true);
        return b.graph(List.of(loss, back.getFirst()));
    }

    private static List<Tensor> inputs(Graph graph, long classes, long worst) {
        var random = new Random(4);
        var types = graph.inputTypes();
        var scores = random.doubles(types.getFirst().shape().size(), -4, 4).toArray();
        var labels = random.longs(types.getLast().shape().size(), 0, classes).toArray();
        labels[labels.length / 2] = worst;
        return List.of(Tensor.of(DType.F32, scores, types.getFirst().shape().dims()),
                Tensor.of(DType.I64, labels, types.getLast().shape().dims()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64,100", "5,7", "3,40,33", "1,9", "700,1"})
    void lossAndGradientInOneKernel(String shape) {
        var dims = dims(shape);
        long classes = dims[dims.length - 1];
        var graph = loss(dims);
        var program = Lower.of(graph, CPU);
        assertFalse(program.report().of("log_softmax").isEmpty());
        assertEquals(1, program.report().kernels().stream().filter(step -> step.kind().equals("rows")).count(),
                program.report().toString());
        var inputs = inputs(graph, classes, classes - 1);
        RandomGraphTest.close(RandomGraphTest.apply(graph, CPU, inputs),
                program.run(inputs.toArray(Tensor[]::new), 0), 1e-5, program.report().toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {7, -1, Long.MAX_VALUE, 1L << 32})
    void labelsOutsideAreRefused(long worst) {
        var graph = loss(5, 7);
        var inputs = inputs(graph, 7, worst).toArray(Tensor[]::new);
        var fused = assertThrows(FailedStep.class, () -> Lower.of(graph, CPU).run(inputs, 0));
        var plain = assertThrows(FailedStep.class, () -> Lower.unfused(graph, CPU).run(inputs, 0));
        assertInstanceOf(ShapeProblem.class, fused.problem());
        assertEquals(plain.getMessage(), fused.getMessage());
    }
}
