package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TFL and GraalJS call each other on one tensor. */
class JavaScriptTest {
    private final Context context = Context.newBuilder("tfl", "js").option("engine.WarnInterpreterOnly", "false")
            .allowPolyglotAccess(PolyglotAccess.ALL).build();

    @AfterEach
    void close() {
        context.close();
    }

    private Value tfl(String text) {
        return context.eval("tfl", text);
    }

    private Value js(String text) {
        return context.eval("js", text);
    }

    @Test
    void javaScriptReadsATensor() {
        var x = tfl("[[1.0, 2, 3], [4, 5, 6]]");
        assertEquals(6, js("(x) => x[1][2]").execute(x).asDouble());
        assertEquals(2, js("(x) => x.length").execute(x).asInt());
        assertEquals(21, js("(x) => { let s = 0; for (const row of x) for (const v of row) s += v; return s }")
                .execute(x).asDouble());
        assertEquals("2,3", js("(x) => [...x.shape].join()").execute(x).asString());
        assertEquals(7.5, js("(x) => x + 5").execute(tfl("sum([1.0, 1.5])")).asDouble());
        assertEquals("TypeError", js("""
                (x) => { "use strict"; try { x[0] = 1; return "written" } catch (e) { return e.name } }""")
                .execute(x).asString());
    }

    @Test
    void javaScriptReadsTheBytesThemselves() {
        var x = tfl("[[1.0, 2, 3], [4, 5, 6]].T");
        assertEquals("1,4,2,5,3,6", js("(x) => new Float32Array(x).join()").execute(tfl(
                "x = [[1.0, 2, 3], [4, 5, 6]].T\nflatten(x)")).asString());
        assertEquals(5, js("(x) => new DataView(new ArrayBuffer(x)).getFloat32(12, true)").execute(x).asDouble());
    }

    @Test
    void tflReadsJavaScript() {
        assertEquals("f32[3] [1.0, 2.0, 3.0]", tfl("x -> \"{typeof(x)} {x}\"")
                .execute(js("new Float32Array([1, 2, 3])")).asString());
        assertEquals("i32[2]", tfl("typeof").execute(tfl("x -> x").execute(js("new Int32Array([1, -2])"))).asString());
        assertEquals("f32[1] [2.0]", tfl("x -> \"{typeof(x)} {x}\"")
                .execute(js("new Float32Array([1, 2, 3]).subarray(1, 2)")).asString());
        assertEquals("u8[2]", tfl("typeof").execute(tfl("x -> x").execute(js("new ArrayBuffer(2)"))).asString());
        assertEquals("3 6 i64[3]", tfl("x -> \"{len(x)} {sum(x)} {typeof(asarray(x))}\"").execute(js("[1, 2, 3]"))
                .asString());
        assertEquals("1.5 a 2", tfl("r -> { {x, y} = r\n\"{x} {y} {r.z}\" }").execute(js("({x: 1.5, y: 'a', z: 2})"))
                .asString());
        assertTrue(tfl("x -> x == none").execute(js("undefined")).asBoolean());
    }

    @Test
    void eachCallsTheOther() {
        var scaled = js("(x, f) => f(x).sum()");
        assertEquals(12, scaled.execute(tfl("[1.0, 2, 3]"), tfl("x -> 2 * x")).asDouble());
        assertEquals("[2.0, 4.0]", tfl("(f, x) -> str(f(x))").execute(js("(x) => x.multiply(2)"), tfl("[1.0, 2]"))
                .asString());
        assertEquals("(2.0, 4.0)", tfl("f -> str(map(f, (1, 2)))").execute(js("(x) => 2 * x")).asString());
        assertEquals(3.5, js("(Line) => new Line(3.5).a").execute(tfl("struct Line(a) {}\nLine")).asDouble());
    }

    @Test
    void errorsCrossTheBorder() {
        assertEquals("TFL-E0302", js("(f) => { try { f() } catch (e) { return e.code } }").execute(
                tfl("() -> [1, 2] + [1, 2, 3]")).asString());
        assertEquals("host: Error: no such thing", tfl("f -> { try { f() } catch e { \"{e.kind}: {e.message}\" } }")
                .execute(js("() => { throw new Error('no such thing') }")).asString());
        var through = assertThrows(PolyglotException.class, () -> js("(f) => f()").execute(tfl("() -> [1][5]")));
        assertTrue(through.isGuestException() && through.getMessage().contains("5"), through.getMessage());
        assertEquals("tfl", through.getPolyglotStackTrace().iterator().next().getLanguage().getId());
    }
}
