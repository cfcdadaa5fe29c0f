package tfl.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.graph.GraphBuilder;
import tfl.graph.Literal;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.kernel.UnaryOp;
import tfl.language.source.Location;
import tfl.language.source.Source;
import tfl.primitive.Cond;
import tfl.primitive.Effect;
import tfl.primitive.Full;
import tfl.primitive.IndexedAxes;
import tfl.primitive.Pad;
import tfl.primitive.Scatter;
import tfl.primitive.Softmax;
import tfl.primitive.Unary;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

class RecordWriterTest {
    private static final TensorType TYPE = new TensorType(DType.F32, Shape.of(3, 1L << 40));
    private static final ScalarExpr X = new ScalarExpr.Input(0, DType.F32);

    static Stream<Record> data() {
        return Stream.of(
                new Softmax(),
                TYPE,
                TensorType.scalar(DType.C64),
                new Unary(UnaryOp.EXP),
                new Full(TYPE, Long.MIN_VALUE),
                new Literal(TYPE, Double.doubleToRawLongBits(-0.0)),
                new Pad(List.of(-1L, 128L), List.of(Long.MAX_VALUE, 0L), List.of(0L, 127L), Double.NaN),
                new Pad(List.of(), List.of(), List.of(), Double.NEGATIVE_INFINITY),
                new Scatter(new IndexedAxes(List.of(2, 0), "größer"), Kernel.Combine.ADD),
                new Kernel.Iterate(List.of(DType.F32), 1, 0, List.of(X), 1L << 50, true),
                new Kernel.RowStage(X, null));
    }

    @ParameterizedTest
    @MethodSource("data")
    void whatIsWrittenIsRead(Record record) {
        assertEquals(record, RecordReader.read(RecordWriter.write(record).orElseThrow()));
    }

    @Test
    void registersAreRead() {
        var step = new PlannedStep(new Work.View(TYPE, List.of()), new int[] {0, 300, -1}, new int[0],
                new int[] {Integer.MAX_VALUE}, Integer.MIN_VALUE, new int[] {-1});
        var plan = new ProgramPlan(1, List.of(), 2, List.of(step), new int[] {1}, new boolean[] {true, false}, 1);
        var read = (ProgramPlan) RecordReader.read(RecordWriter.write(plan).orElseThrow());
        assertArrayEquals(new boolean[] {true, false}, read.owned());
        var again = read.steps().getFirst();
        assertArrayEquals(step.in(), again.in());
        assertArrayEquals(step.dead(), again.dead());
        assertEquals(step.donated(), again.donated());
        assertEquals(step.work(), again.work());
    }

    @Test
    void whatIsSharedStaysSharedAndIsWrittenOnce() {
        ScalarExpr whole = X;
        for (int k = 0; k < 60; k++) {
            whole = new ScalarExpr.Binary(BinaryOp.ADD, whole, whole);
        }
        var bytes = RecordWriter.write((Record) whole).orElseThrow();
        assertTrue(bytes.length < 1000, bytes.length + " bytes");
        var read = (ScalarExpr.Binary) RecordReader.read(bytes);
        assertSame(read.x(), read.y());
        var two = RecordWriter.write(new ScalarExpr.Binary(BinaryOp.ADD, X, new ScalarExpr.Input(0, DType.F32)));
        var apart = (ScalarExpr.Binary) RecordReader.read(two.orElseThrow());
        assertTrue(apart.x() != apart.y());
    }

    @Test
    void placesInTheSourceAreLeftOut() {
        assertArrayEquals(sine("a.tfl", "sin(x)"), sine("b.tfl", "sin(xyz)"));
    }

    private static byte[] sine(String name, String text) {
        var b = new GraphBuilder();
        var x = b.input(TYPE);
        b.at(new Location(Source.of(name, text).whole(), null, null));
        return RecordWriter.write(b.graph(List.of(b.call(new Unary(UnaryOp.SIN), x)))).orElseThrow();
    }

    @Test
    void whatIsNoDataIsNotWritten() {
        var b = new GraphBuilder();
        b.apply(new Effect("print", values -> { }), List.of());
        assertEquals(Optional.empty(), RecordWriter.write(b.graph(List.of())));
        var inner = b.graph(List.of());
        assertEquals(Optional.empty(), RecordWriter.write(new Cond(inner, inner)));
    }

    @Test
    void nothingButOurDataIsMade() {
        var bytes = RecordWriter.write(new Softmax()).orElseThrow();
        var foreign = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("tfl.primitive.Softmax", "java.util.WeakHashMap").getBytes(
                        StandardCharsets.ISO_8859_1);
        assertThrows(RuntimeException.class, () -> RecordReader.read(foreign));
        var ours = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("tfl.primitive.Softmax", "tfl.lower.Preparation").getBytes(
                        StandardCharsets.ISO_8859_1);
        assertThrows(RuntimeException.class, () -> RecordReader.read(ours));
    }
}
