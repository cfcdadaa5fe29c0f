package tfl.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import tfl.kernel.BinaryOp;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.language.source.Source;
import tfl.language.source.Span;
import tfl.primitive.Binary;
import tfl.primitive.Full;
import tfl.primitive.Fused;
import tfl.primitive.Gather;
import tfl.primitive.MatMul;
import tfl.primitive.ReduceExtreme;
import tfl.primitive.Slice;
import tfl.primitive.TopK;
import tfl.primitive.Transpose;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/** Printed graphs, whole and around a fault. */
class GraphPrinterTest {
    private static final TensorType MATRIX = new TensorType(DType.F32, Shape.of(2, 3));
    private static final Source MODEL = Source.of("model.tfl", "x\ny = x @ x.T\n");

    private static Graph layer() {
        var builder = new GraphBuilder();
        builder.input(new TensorType(DType.I64, Shape.of(4)));
        var x = builder.input(MATRIX);
        var turned = builder.call(new Transpose(List.of(1, 0)), x);
        builder.at(new Location(new Span(MODEL, 6, 13), null, null));
        var product = builder.call(new MatMul(), x, turned);
        builder.at(Location.NONE);
        var scaled = builder.call(new Binary(BinaryOp.MUL), product, Literal.of(product.type(), 2.5));
        var top = builder.apply(new TopK(1, true), List.of(scaled));
        return builder.graph(List.of(top.getLast(), Literal.of(MATRIX, 0.1)));
    }

    @Test
    void oneLineAnEquation() {
        assertEquals("""
                given %0: i64[4], %1: f32[2, 3]
                %2: f32[3, 2] = transpose %1 order=[1, 0]
                %3: f32[2, 2] = matmul %1 %2                            # model.tfl:2
                %4: f32[2, 2] = mul %3 2.5
                %5: f32[2, 1], %6: i64[2, 1] = topk %4 k=1 largest
                gives %6, 0.1: f32[2, 3]
                """, GraphPrinter.print(layer()));
    }

    @Test
    void variablesAreNumberedInTheOrderOfPrinting() {
        var x = new Var(70, MATRIX);
        var y = new Var(3, MATRIX);
        var graph = new Graph(List.of(x), List.of(new Equation(List.of(y), new Unary(UnaryOp.SIN), List.of(x),
                Location.NONE)), List.of(y));
        assertEquals("given %0: f32[2, 3]\n%1: f32[2, 3] = sin %0\ngives %1\n", GraphPrinter.print(graph));
        assertEquals("given %p.w: f32[2, 3]\n%0: f32[2, 3] = sin %p.w\ngives %0\n",
                GraphPrinter.print(graph, List.of("p.w")));
    }

    @Test
    void parametersAreShownWithoutWhatTheTypesTell() {
        var builder = new GraphBuilder();
        var x = builder.input(MATRIX);
        builder.apply(Full.of(MATRIX, 2.5), List.of());
        builder.call(new ReduceExtreme(true, List.of(0)), x);
        builder.call(new Slice(List.of(0L, 1L), List.of(2L, 1L), List.of(1L, 1L)), x);
        builder.call(new Slice(List.of(1L, 1L), List.of(2L, 1L), List.of(-1L, 1L)), x);
        builder.call(new Gather(1), x, Literal.of(new TensorType(DType.I64, Shape.of(4)), 1));
        var body = new ScalarExpr.Unary(UnaryOp.EXP, new ScalarExpr.Input(0, DType.F32));
        builder.call(new Fused("softer", List.of(body)), x);
        assertEquals("""
                given %0: f32[2, 3]
                %1: f32[2, 3] = full 2.5
                %2: f32[3] = max %0 axes=[0]
                %3: f32[2, 1] = slice %0 start=[0, 1]
                %4: f32[2, 1] = slice %0 start=[1, 1] step=[-1, 1]
                %5: f32[4, 3] = indexing %0 1:i64[4] axes=[0]
                %6: f32[2, 3] = softer %0 bodies=[(exp(x0))]
                gives
                """, GraphPrinter.print(builder.graph(List.of())));
    }

    @Test
    void aFaultIsShownBetweenItsNeighbours() {
        assertEquals("""
                  given %0: i64[4], %1: f32[2, 3]
                  %2: f32[3, 2] = transpose %1 order=[1, 0]
                > %3: f32[2, 2] = matmul %1 %2                            # model.tfl:2
                  ^ too square
                  %4: f32[2, 2] = mul %3 2.5
                  %5: f32[2, 1], %6: i64[2, 1] = topk %4 k=1 largest
                  gives %6, 0.1: f32[2, 3]
                """, GraphPrinter.around(layer(), 1, "too square"));
    }

    @Test
    void farNeighboursAreLeftOut() {
        var builder = new GraphBuilder();
        Atom x = builder.input(MATRIX);
        for (int k = 0; k < 12; k++) {
            x = builder.call(new Unary(UnaryOp.SIN), x);
        }
        assertEquals("""
                  ...
                  %4: f32[2, 3] = sin %3
                  %5: f32[2, 3] = sin %4
                  %6: f32[2, 3] = sin %5
                > %7: f32[2, 3] = sin %6
                  ^ once too often
                  %8: f32[2, 3] = sin %7
                  %9: f32[2, 3] = sin %8
                  %10: f32[2, 3] = sin %9
                  ...
                """, GraphPrinter.around(builder.graph(List.of(x)), 6, "once too often"));
    }
}
