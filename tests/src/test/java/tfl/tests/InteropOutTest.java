package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of TFL as a Java program sees them, with nothing granted. */
class InteropOutTest {
    private final Context context = Context.newBuilder("tfl").option("engine.WarnInterpreterOnly", "false")
            .allowHostAccess(HostAccess.newBuilder(HostAccess.EXPLICIT).allowAllImplementations(true).build()).build();

    @AfterEach
    void close() {
        context.close();
    }

    private Value eval(String text) {
        return context.eval("tfl", text);
    }

    @Test
    void aTensorIsAnArrayOfArrays() {
        var x = eval("[[1.0, 2, 3], [4, 5, 6]]");
        assertEquals(2, x.getArraySize());
        assertEquals(3, x.getArrayElement(1).getArraySize());
        assertEquals(6.0, x.getArrayElement(1).getArrayElement(2).asDouble());
        assertArrayEquals(new float[][] {{1, 2, 3}, {4, 5, 6}}, x.as(float[][].class));
        assertArrayEquals(new int[] {4, 5, 6}, x.getArrayElement(1).as(int[].class));
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> x.getArrayElement(2));
        assertThrows(UnsupportedOperationException.class, () -> x.setArrayElement(0, 1));
        assertEquals(List.of(1L, 2L), eval("[1, 2]").as(List.class));
    }

    @Test
    void elementsAreJavasOwnPrimitives() {
        assertEquals(List.of(true, false), eval("[true, false]").as(List.class));
        assertEquals(0.1f, eval("[0.1]").getArrayElement(0).as(Object.class));
        assertEquals(0.1, eval("asarray((0.1,), f64)").getArrayElement(0).as(Object.class));
        assertEquals((short) 7, eval("asarray((7,), i16)").getArrayElement(0).as(Object.class));
        assertEquals(255, eval("asarray((255,), u8)").getArrayElement(0).asInt());
        assertEquals(0.5f, eval("asarray((0.5,), f16)").getArrayElement(0).asFloat());
        var complex = eval("asarray((1.0, 2.0), c64)").getArrayElement(1);
        assertFalse(complex.isNumber());
        assertEquals(2.0, complex.invokeMember("real").asDouble());
    }

    @Test
    void aTensorWithoutAxesIsANumber() {
        var x = eval("sum([1.5, 2])");
        assertTrue(x.isNumber() && x.fitsInFloat() && !x.fitsInInt() && !x.hasArrayElements());
        assertEquals(3.5, x.asDouble());
        assertEquals(3L, eval("sum([1, 2])").asLong());
        assertTrue(eval("any([true])").asBoolean());
        assertFalse(eval("any([true])").isNumber());
        assertEquals("f32[]", x.getMetaObject().getMetaSimpleName());
    }

    @Test
    void bytesAreReadWithoutACopy() {
        var x = eval("[[1.0, 2], [3, 4]]");
        assertTrue(x.hasBufferElements() && !x.isBufferWritable());
        assertEquals(16, x.getBufferSize());
        assertEquals(3f, x.readBufferFloat(ByteOrder.LITTLE_ENDIAN, 8));
        assertEquals(3f, Float.intBitsToFloat(Integer.reverseBytes(x.readBufferInt(ByteOrder.BIG_ENDIAN, 8))));
        var bytes = new byte[10];
        x.readBuffer(4, bytes, 2, 8);
        assertEquals(2f, ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getFloat(2));
        assertThrows(IndexOutOfBoundsException.class, () -> x.readBufferFloat(ByteOrder.nativeOrder(), 13));
        assertThrows(IndexOutOfBoundsException.class, () -> x.readBufferFloat(ByteOrder.nativeOrder(), -1));
        assertThrows(IndexOutOfBoundsException.class, () -> x.readBuffer(12, bytes, 0, 8));
        assertThrows(UnsupportedOperationException.class, () -> x.writeBufferFloat(ByteOrder.nativeOrder(), 0, 1));
    }

    @Test
    void aTransposedTensorIsReadInItsOwnOrder() {
        var x = eval("[[1.0, 2, 3], [4, 5, 6]].T");
        assertEquals(4f, x.readBufferFloat(ByteOrder.nativeOrder(), 4));
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, x.invokeMember("toFloatArray").as(float[].class));
        FloatBuffer view = eval("arange(10.0)[::3]").invokeMember("asFloatBuffer").asHostObject();
        assertEquals(FloatBuffer.wrap(new float[] {0, 3, 6, 9}), view);
        FloatBuffer wide = eval("broadcast_to([1.0, 2], (2, 2))").invokeMember("asFloatBuffer").asHostObject();
        assertEquals(FloatBuffer.wrap(new float[] {1, 2, 1, 2}), wide);
    }

    @Test
    void javaSeesTheMemoryItself() {
        var x = eval("[1.0, 2, 3]");
        FloatBuffer floats = x.invokeMember("asFloatBuffer").asHostObject();
        assertTrue(floats.isDirect() && floats.isReadOnly());
        assertEquals(FloatBuffer.wrap(new float[] {1, 2, 3}), floats);
        MemorySegment memory = x.invokeMember("asMemorySegment").asHostObject();
        assertTrue(memory.isReadOnly() && memory.isNative());
        assertEquals(12, memory.byteSize());
        assertEquals(MemorySegment.ofBuffer(floats).address(), memory.address());
        assertEquals(2f, memory.getAtIndex(ValueLayout.JAVA_FLOAT, 1));
        DoubleBuffer doubles = eval("asarray((1.5,), f64)").invokeMember("asDoubleBuffer").asHostObject();
        assertEquals(1.5, doubles.get(0));
        ShortBuffer halves = eval("asarray((1.0,), f16)").invokeMember("asShortBuffer").asHostObject();
        assertEquals(1f, Float.float16ToFloat(halves.get(0)));
        assertArrayEquals(new long[] {1, 2}, eval("[1, 2]").invokeMember("toLongArray").<long[]>asHostObject());
        assertArrayEquals(new int[] {1, 2}, eval("[1, 2]").invokeMember("toIntArray").<int[]>asHostObject());
    }

    @Test
    void aViewOfAnotherTypeIsRefused() {
        var error = assertThrows(PolyglotException.class, () -> eval("[1, 2]").invokeMember("asFloatBuffer"));
        assertEquals("TFL-E0636", error.getGuestObject().getMember("code").asString());
        assertTrue(error.getMessage().contains("i64[2]"), error.getMessage());
    }

    /** The value is dropped, the collector runs, others take memory of that size, and the view still says the same. */
    @Test
    void aViewKeepsItsTensorAlive() throws InterruptedException {
        var views = new ArrayList<FloatBuffer>();
        for (int i = 0; i < 20; i++) {
            views.add(eval("full((1000,), " + i + ".0)").invokeMember("asFloatBuffer").asHostObject());
        }
        var slice = eval("full((100000,), 7.0)").invokeMember("asMemorySegment").<MemorySegment>asHostObject()
                .asSlice(4000, 4000).asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int i = 0; i < 30; i++) {
            eval("{ y = none; for i in 0..50 { y = full((1000,), -1.0); z = full((100000,), -1.0) }; y }");
            System.gc();
            Thread.sleep(2);
        }
        for (int i = 0; i < views.size(); i++) {
            assertEquals(i, views.get(i).get(999));
        }
        assertEquals(7f, slice.get(999));
    }

    @Test
    void functionsAreJavaFunctions() {
        var square = eval("x -> x * x");
        assertEquals(9L, square.execute(3).asLong());
        assertEquals(2.25, square.as(DoubleUnaryOperator.class).applyAsDouble(1.5));
        @SuppressWarnings("unchecked")
        Function<Object, Object> function = square.as(Function.class);
        assertEquals(16L, function.apply(4));
        eval("fn hello() { x = 1 }\nhello").as(Runnable.class).run();
        var error = assertThrows(PolyglotException.class, () -> square.execute(1, 2));
        assertTrue(error.getMessage().contains("argument"), error.getMessage());
    }

    /** What a service wants of a model. */
    public interface Model {
        float[] predict(float[] x);

        String name();

        double rate();
    }

    @Test
    void recordsAndStructsAreObjectsAndInterfaces() {
        var model = eval("""
                struct Line(a, rate) {
                  fn predict(self, x) = x * self.a
                  fn name(self) = "line"
                }
                Line(2.0, 0.5)""");
        assertEquals(0.5, model.getMember("rate").asDouble());
        assertEquals("line", model.invokeMember("name").asString());
        assertEquals("Line", model.getMetaObject().getMetaSimpleName());
        assertTrue(model.getMetaObject().isMetaInstance(model));
        assertEquals(3.0, eval("Line").newInstance(3.0, 1.0).getMember("a").asDouble());
        assertArrayEquals(new float[] {2, 4}, model.as(Model.class).predict(new float[] {1, 2}));
        var record = eval("{a: 1, b: (2, 3)}");
        assertEquals(1L, eval("{a: 1}").as(Map.class).get("a"));
        assertEquals(1L, record.getHashValue("a").asLong());
        assertEquals(2, record.getHashSize());
        assertEquals("[a, b]", record.getMemberKeys().toString());
        assertFalse(record.hasMember("c"));
        assertTrue(eval("none").isNull());
        assertEquals("(1, \"a\")", eval("(1, \"a\")").toString());
    }

    @Test
    void sequencesAreWalked() {
        long sum = 0;
        for (var it = eval("0..5 by 2").getIterator(); it.hasIteratorNextElement();) {
            sum += it.getIteratorNextElement().asLong();
        }
        assertEquals(6, sum);
        var stream = eval("import data\ndata.range(10).filter(x -> x % 2 == 0)");
        for (int round = 0; round < 2; round++) {
            var seen = new ArrayList<Long>();
            for (var it = stream.getIterator(); it.hasIteratorNextElement();) {
                seen.add(it.getIteratorNextElement().asLong());
            }
            assertEquals(List.of(0L, 2L, 4L, 6L, 8L), seen);
        }
    }

    @Test
    void oneValueIsOneValue() {
        eval("x = [1, 2]\nfn f(a) = a");
        var bindings = context.getBindings("tfl");
        assertEquals(bindings.getMember("x"), bindings.getMember("x"));
        assertEquals(bindings.getMember("x"), eval("f").execute(bindings.getMember("x")));
        assertEquals(3L, eval("x").invokeMember("sum").asLong());
        assertEquals(List.of(2L), eval("x.shape").as(List.class));
        assertEquals("i64", eval("x").getMember("dtype").asString());
        assertEquals("fn f(a) = a", eval("f").getSourceLocation().getCharacters().toString());
    }
}
