package tfl.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.kernel.BinaryOp;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.primitive.Binary;
import tfl.primitive.Primitive;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Each kind of fault, one row each. */
class GraphCheckTest {
    private static final TensorType TWO = new TensorType(DType.F32, Shape.of(2));
    private static final TensorType THREE = new TensorType(DType.F32, Shape.of(3));
    private static final Unary SIN = new Unary(UnaryOp.SIN);
    private static final Binary ADD = new Binary(BinaryOp.ADD);
    private static final Var X = new Var(0, TWO);
    private static final Var Y = new Var(1, TWO);
    private static final Var Z = new Var(2, TWO);
    private static final Var STRANGER = new Var(9, TWO);

    /** A bad graph and what is said of it. */
    record Row(String problem, Graph graph) {
        @Override
        public String toString() {
            return problem;
        }
    }

    private static Row row(String problem, List<Var> inputs, List<Equation> equations, Atom... outputs) {
        return new Row(problem, new Graph(inputs, equations, List.of(outputs)));
    }

    private static Equation equation(Var out, Primitive op, Atom... in) {
        return new Equation(List.of(out), op, List.of(in), Location.NONE);
    }

    static Stream<Row> rows() {
        var x = List.of(X);
        var sinOfX = equation(Y, SIN, X);
        var wide = new Var(1, THREE);
        var bools = new TensorType(DType.BOOL, Shape.of(2));
        return Stream.of(
                row("%0 is written twice", List.of(X, X), List.of()),
                row("%0 is written twice", x, List.of(equation(X, SIN, X))),
                row("%1 is written twice", x, List.of(sinOfX, sinOfX)),
                row("%2 is read before it is written", x, List.of(equation(Y, SIN, Z), equation(Z, SIN, X))),
                row("%1 is read before it is written", x, List.of(equation(Y, SIN, Y))),
                row("?%9 is a variable of another graph", x, List.of(equation(Y, SIN, STRANGER))),
                row("?%9 is a variable of another graph", x, List.of(sinOfX), STRANGER),
                row("?%1 is read as f32[3], but was written as f32[2]", x, List.of(sinOfX, equation(Z, SIN, wide))),
                row("sin gives [f32[2]], the results are [f32[3]]", x, List.of(equation(wide, SIN, X))),
                row("sin gives [f32[2]], the results are []", x,
                        List.of(new Equation(List.of(), SIN, List.of(X), Location.NONE))),
                row("add does not take its operands: add: the shapes differ: the first is f32[2], operand 2 is f32[3]",
                        x, List.of(equation(Y, ADD, X, Literal.of(THREE, 0)))),
                row("sin wants more than 0 operands", x, List.of(equation(Y, SIN))),
                row("no bool is 7", x, List.of(), new Literal(bools, 7)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isFound(Row row) {
        var fault = assertThrows(GraphFault.class, () -> GraphCheck.check(row.graph(), "simplify"));
        assertEquals(row.problem(), fault.problem());
        assertEquals("simplify", fault.pass());
        assertTrue(fault.getMessage().startsWith("simplify made a bad graph: " + row.problem() + "\n"));
        assertTrue(fault.getMessage().contains("^ " + row.problem()), fault.getMessage());
    }

    @Test
    void aSoundGraphPasses() {
        var graph = GraphBuilder.build(List.of(TWO), new Twice());
        assertEquals(graph, GraphCheck.check(graph, "who traced it"));
    }

    private record Twice() implements tfl.primitive.Region.Program {
        @Override
        public <V> List<V> apply(tfl.primitive.Ops<V> ops, List<V> inputs) {
            return List.of(ops.call(ADD, inputs.getFirst(), inputs.getFirst()));
        }
    }
}
