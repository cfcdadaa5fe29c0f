package tfl.optimise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tfl.graph.Graph;
import tfl.graph.GraphFault;
import tfl.kernel.UnaryOp;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

class PipelineTest {
    private static Graph twiceNegated() {
        return new Sketch(new TensorType(DType.F32, Shape.of(2))).unary(UnaryOp.NEG).unary(UnaryOp.NEG).graph();
    }

    @Test
    void eachPassIsTimed() {
        var timings = Pipeline.STANDARD.run(twiceNegated()).timings();
        assertEquals(Pipeline.STANDARD.passes(), timings.stream().map(Pipeline.Timing::pass).toList());
        assertEquals(2, timings.getFirst().before());
        assertEquals(0, timings.getLast().after());
        assertTrue(timings.stream().allMatch(timing -> timing.nanoseconds() >= 0));
    }

    @Test
    void aPassThatBreaksTheGraphIsNamed() {
        var forgetful = new Pass("forgetful", "drop what is needed", graph ->
                new Graph(graph.inputs(), graph.equations().subList(1, 2), graph.outputs()));
        var fault = assertThrows(GraphFault.class, () -> new Pipeline(List.of(forgetful)).run(twiceNegated()));
        assertEquals("forgetful", fault.pass());
        assertEquals("?%1 is a variable of another graph", fault.problem());
    }
}
