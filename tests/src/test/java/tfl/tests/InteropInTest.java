package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values of Java as a program sees them. */
class InteropInTest {
    private final Context context = Context.newBuilder("tfl").option("engine.WarnInterpreterOnly", "false")
            .allowHostAccess(HostAccess.ALL).build();

    @AfterEach
    void close() {
        context.close();
    }

    private Value eval(String text) {
        return context.eval("tfl", text);
    }

    private String str(String function, Object... arguments) {
        return eval(function).execute(arguments).asString();
    }

    private static String codeOf(PolyglotException error) {
        return error.getGuestObject().getMember("code").asString();
    }

    private void fails(String code, String part, Runnable work) {
        var error = assertThrows(PolyglotException.class, work::run);
        assertEquals(code, codeOf(error), error.getMessage());
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void arraysAreTensors() {
        String typed = "x -> \"{typeof(x)} {x}\"";
        assertEquals("f32[2] [1.5, 2.0]", str(typed, new float[] {1.5f, 2}));
        assertEquals("f64[1] [1.5]", str(typed, new double[] {1.5}));
        assertEquals("i64[1] [1]", str(typed, new long[] {1}));
        assertEquals("i32[2] [ 1, -2]", str(typed, new int[] {1, -2}));
        assertEquals("i16[1] [-3]", str(typed, new short[] {-3}));
        assertEquals("i8[1] [-1]", str(typed, new byte[] {-1}));
        assertEquals("bool[2] [ true, false]", str(typed, new boolean[] {true, false}));
        assertEquals("f32[0]", str("typeof", new float[0]));
        assertEquals("f32[2, 3]", str("typeof", (Object) new float[][] {{1, 2, 3}, {4, 5, 6}}));
        assertEquals("i32[1, 2, 2]", str("typeof", (Object) new int[][][] {{{1, 2}, {3, 4}}}));
        assertEquals(6.0, eval("(x, y) -> sum(x) + y[1, 0]").execute(new float[] {1, 2},
                new float[][] {{1}, {3}}).asDouble());
        fails("TFL-E0630", "row 1 has 1", () -> eval("x -> x").execute((Object) new float[][] {{1, 2}, {3}}));
    }

    @Test
    void writingToAnArrayLaterChangesNoTensor() {
        var array = new float[] {1, 2};
        var tensor = eval("x -> x").execute(array);
        array[0] = 9;
        assertEquals(1, tensor.getArrayElement(0).asDouble());
    }

    @Test
    void buffersAndSegmentsAreTensors() {
        String typed = "x -> \"{typeof(x)} {x}\"";
        assertEquals("f32[2] [2.0, 3.0]", str(typed, FloatBuffer.wrap(new float[] {1, 2, 3}).position(1)));
        assertEquals("i32[1] [7]", str(typed, IntBuffer.wrap(new int[] {7})));
        assertEquals("u8[2] [255,   1]", str(typed, ByteBuffer.wrap(new byte[] {-1, 1})));
        var foreign = ByteBuffer.allocateDirect(8).order(ByteOrder.BIG_ENDIAN);
        foreign.asFloatBuffer().put(0, 1.5f).put(1, 2.5f);
        assertEquals("f32[2] [1.5, 2.5]", str(typed, foreign.asFloatBuffer()));
        var memory = Arena.ofAuto().allocate(8, 4);
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, 1, 2.5f);
        assertEquals("u8[8]", str("typeof", eval("x -> x").execute(memory)));
        assertEquals("f32[2] [0.0, 2.5]", str("x -> { y = frombuffer(x, f32)\n\"{typeof(y)} {y}\" }", memory));
        assertEquals("[0.0, 2.5]", str("str", eval("frombuffer").execute(memory, eval("f32"))));
        fails("TFL-E0633", "6 bytes", () -> eval("frombuffer").execute(memory.asSlice(2), eval("f32")));
    }

    @Test
    void memoryIsSharedWhenAskedFor() {
        var buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).asFloatBuffer();
        buffer.put(0, 1f).put(1, 2f);
        var tensor = eval("asarray").execute(buffer, null, false);
        MemorySegment seen = tensor.invokeMember("asMemorySegment").asHostObject();
        assertEquals(MemorySegment.ofBuffer(buffer).address(), seen.address());
        // What TFL computes never writes to it, not even an update of the only holder.
        assertEquals("[5.0, 2.0]", str("x -> { x[0] = 5; x = x + 0; str(x) }", tensor));
        assertEquals(1f, buffer.get(0));
        var memory = Arena.ofAuto().allocate(8, 8);
        var shared = eval("frombuffer").execute(memory, eval("i64"), false);
        assertEquals(memory.address(), shared.invokeMember("asMemorySegment").<MemorySegment>asHostObject().address());
    }

    /** The owner is dropped, the collector runs, and the tensor is still there. */
    @Test
    void aTensorKeepsSharedMemoryAlive() {
        var tensor = eval("frombuffer").execute(filled(7), eval("i64"), false);
        for (int i = 0; i < 20; i++) {
            System.gc();
            filled(-1);
        }
        assertEquals(7000, eval("sum").execute(tensor).asLong());
    }

    private static MemorySegment filled(long value) {
        var memory = Arena.ofAuto().allocate(8000, 8);
        for (int i = 0; i < 1000; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, value);
        }
        return memory;
    }

    @Test
    void memoryThatCouldGoAwayIsNotShared() {
        fails("TFL-E0631", "heap", () -> eval("asarray").execute(FloatBuffer.allocate(2), null, false));
        try (var arena = Arena.ofShared()) {
            var memory = arena.allocate(8, 4);
            fails("TFL-E0631", "arena can be closed", () -> eval("frombuffer").execute(memory, eval("f32"), false));
            fails("TFL-E0631", "arena can be closed", () -> eval("asarray").execute(
                    memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer(), null, false));
            assertEquals(2, eval("len").execute(eval("frombuffer").execute(memory, eval("f32"))).asInt());
        }
        var closed = Arena.ofConfined();
        var gone = closed.allocate(8);
        closed.close();
        fails("TFL-E0632", "closed", () -> eval("x -> x").execute(gone));
        var swapped = ByteBuffer.allocateDirect(8).order(ByteOrder.BIG_ENDIAN).asFloatBuffer();
        fails("TFL-E0631", "byte order", () -> eval("asarray").execute(swapped, null, false));
    }

    @Test
    void listsAndMapsAreSequencesAndRecords() {
        var list = new ArrayList<>(List.of(3, 1, 2));
        assertEquals("3 2 (1, 2) 6 true false", str("""
                xs -> "{len(xs)} {xs[-1]} {xs[1:]} {sum(xs)} {1 in xs} {9 in xs}\"""", list));
        assertEquals("(4, 2, 3)", str("xs -> str((*(x + 1 for x in xs),))", list));
        assertEquals("(1, 2, 3)", str("xs -> str(sorted(xs))", list));
        assertEquals("3 1 2", str("xs -> { (a, b, c) = xs\n\"{a} {b} {c}\" }", list));
        assertTrue(eval("xs -> xs == (3, 1, 2)").execute(list).asBoolean());
        assertTrue(eval("(a, b) -> a == b").execute(list, List.of(3, 1, 2)).asBoolean());
        assertEquals("[3, 1, 2]", str("str", list));
        eval("xs -> xs.add(5)").execute(list);
        assertEquals(List.of(3, 1, 2, 5L).toString(), list.toString());
        fails("TFL-E0333", "index 9", () -> eval("xs -> xs[9]").execute(list));
        assertEquals("f32[2, 2]", str("xs -> typeof(asarray(xs))", List.of(List.of(1.5, 2.0), List.of(3.0, 4.0))));
        var map = new HashMap<>(Map.of("a", 1));
        assertEquals("1 1 true false (\"a\",) (1,)", str("""
                m -> "{m["a"]} {len(m)} {"a" in m} {"b" in m} {keys(m)} {values(m)}\"""", map));
        assertEquals("7", str("m -> str(m[3])", Map.of(3, 7)));
        assertEquals("1", str("m -> { {a} = m\nstr(a) }", map));
        fails("TFL-E0331", "\"z\"", () -> eval("m -> m[\"z\"]").execute(map));
        fails("TFL-E0222", "for cannot walk", () -> eval("m -> { for x in m { x } }").execute(map));
        assertEquals("2", str("s -> str(len(s))", Set.of(1, 2)));
        assertTrue(eval("s -> 2 in s").execute(Set.of(1, 2)).asBoolean());
        fails("TFL-E0334", "cannot be assigned", () -> eval("xs -> { xs[0] = 1 }").execute(list));
    }

    /** A record of Java's. */
    public record Point(double x, double y) {}

    @Test
    void objectsHaveMembersAndAreCompared() {
        var point = new Point(1, 2);
        assertEquals(3.0, eval("p -> p.x() + p.y()").execute(point).asDouble());
        assertTrue(eval("(a, b) -> a == b").execute(point, new Point(1, 2)).asBoolean());
        assertTrue(eval("(a, b) -> a != b").execute(point, new Point(1, 3)).asBoolean());
        assertTrue(eval("(a, b) -> a < b").execute(Duration.ofMillis(1), Duration.ofMillis(2)).asBoolean());
        assertEquals("PT1S Duration", str("d -> \"{d} {typeof(d)}\"", Duration.ofSeconds(1)));
        assertEquals("Point[x=1.0, y=2.0]", str("str", point));
        fails("TFL-E0206", "no z", () -> eval("p -> p.z()").execute(point));
        fails("TFL-E0350", "Point", () -> eval("p -> p + 1").execute(point));
        fails("TFL-E0296", "takes 0 arguments", () -> eval("p -> p.x(1)").execute(point));
    }

    /** Arguments come as the types that an interface names. */
    @FunctionalInterface
    public interface Reshuffle {
        float[] of(float[] x);
    }

    @Test
    void javaFunctionsAreCalled() {
        DoubleUnaryOperator twice = x -> 2 * x;
        assertEquals(5.0, eval("f -> f(1.5) + 2").execute(twice).asDouble());
        Function<Object, Object> copy = x -> x;
        assertEquals("[1.0, 2.0]", str("f -> str(f([1.0, 2]))", copy));
        Reshuffle flip = x -> new float[] {x[1], x[0]};
        assertEquals("[2.0, 1.0]", str("f -> str(f([1.0, 2]))", flip));
        assertEquals("(2, 4)", str("f -> str(map(f, (1, 2)))", (Function<Long, Long>) x -> 2 * x));
        fails("TFL-E0210", "", () -> eval("x -> x(1)").execute(List.of()));
    }

    @Test
    void javaFunctionsHaveNoPlaceInTransformations() {
        Function<Object, Object> same = x -> x;
        fails("TFL-E0635", "graph", () -> eval("f -> graph(x -> f(x) * 2)([1.0, 2])").execute(same));
        fails("TFL-E0635", "differentiated", () -> eval("f -> grad(x -> sum(f(x)))([1.0, 2])").execute(same));
        fails("TFL-E0635", "vmap", () -> eval("f -> vmap(x -> f(x))([1.0, 2])").execute(same));
        fails("TFL-E0635", "differentiated", () -> eval("f -> jvp(x -> f(x), 1.0, 1.0)").execute(same));
        assertEquals("[2.0, 2.0]", str("f -> str(grad(x -> sum(x * f(stop_gradient(x)) * 2))([1.0, 1]))", same));
        fails("TFL-E0365", "graph", () -> eval("f -> graph(x -> x + f(1))(2.0)").execute(same));
    }

    @Test
    void namesAreBoundFromOutside() {
        var bindings = context.getBindings("tfl");
        bindings.putMember("x", new float[] {1, 2});
        assertEquals(3.0, eval("sum(x)").asDouble());
        bindings.putMember("x", 5);
        assertEquals(6L, eval("fn f() = x + 1\nf()").asLong());
        bindings.putMember("f", (Function<Long, Long>) x -> x * 10);
        assertEquals(20L, eval("f(2)").asLong());
        assertTrue(bindings.removeMember("x"));
        assertTrue(!bindings.hasMember("x") && !bindings.removeMember("x"));
        assertThrows(UnsupportedOperationException.class, () -> bindings.putMember("not a name", 1));
        assertThrows(UnsupportedOperationException.class, () -> bindings.putMember("while", 1));
        assertThrows(UnsupportedOperationException.class, () -> bindings.putMember("__session__", 1));
    }
}
