package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.graalvm.polyglot.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tfl.embedding.FloatTensor;
import tfl.embedding.Model;
import tfl.embedding.Permission;
import tfl.embedding.Tfl;
import tfl.embedding.TflError;

/** The face of TFL for Java programs. */
class EmbeddingTest {
    private static final String MODEL = """
            ## A small model.
            import nn
            from nn import dense

            weights = [[1.0, 2, 3], [4, 5, 6]]
            bias = [0.5, -0.5]
            fn predict(x) = weights @ x + bias
            fn batch(x: f32[n, 3]) = x @ weights.T + bias
            fn describe() = {name: "small", inputs: 3, layers: ({units: 2, kind: "dense"},), best: none}
            fn scale(x, by=2.0) = x * by
            fn _secret() = 1
            """;

    /** A service as a Java program would declare it. */
    interface Scorer {
        float[] predict(float[] x);

        FloatTensor batch(FloatTensor x);

        Description describe();

        default double first(float[] x) {
            return predict(x)[0];
        }
    }

    record Layer(int units, String kind) {}

    record Description(String name, int inputs, List<Layer> layers, Optional<String> best) {}

    record Point(double x, float[] weights, List<String> names) {}

    @TempDir
    Path folder;

    private Model model(Tfl tfl) throws IOException {
        Files.writeString(folder.resolve("model.tfl"), MODEL);
        return tfl.load(folder.resolve("model.tfl"));
    }

    @Test
    void aModelIsLoadedAndCalled() throws IOException {
        try (var tfl = Tfl.open()) {
            var model = model(tfl);
            float[] y = model.call(new float[] {1, 0, 1});
            assertArrayEquals(new float[] {4.5f, 9.5f}, y);
            assertArrayEquals(new float[] {2, 4}, model.function("scale").call(new float[] {1, 2}));
            assertEquals(10, model.function("scale").call(5).number());
            assertEquals("f32[2, 3]", model.get("weights").type());
            assertArrayEquals(new int[] {2, 3}, model.get("weights").shape());
            assertFalse(model.names().contains("_secret"));
            assertTrue(model.names().contains("predict"));
        }
    }

    @Test
    void anInterfaceIsAService() throws IOException {
        try (var tfl = Tfl.open()) {
            var scorer = model(tfl).as(Scorer.class);
            assertArrayEquals(new float[] {4.5f, 9.5f}, scorer.predict(new float[] {1, 0, 1}));
            assertEquals(4.5, scorer.first(new float[] {1, 0, 1}));
            var batch = scorer.batch(FloatTensor.of(new float[] {1, 0, 1, 0, 0, 0}, 2, 3));
            assertEquals(FloatTensor.of(new float[] {4.5f, 9.5f, 0.5f, -0.5f}, 2, 2), batch);
            assertEquals(-0.5f, batch.get(1, 1));
            assertEquals(new Description("small", 3, List.of(new Layer(2, "dense")), Optional.empty()),
                    scorer.describe());
            var missing = assertThrows(TflError.class, () -> model(tfl).as(DoubleUnaryOperator.class));
            assertEquals("TFL-E0647", missing.code());
        }
    }

    @Test
    void valuesGoInAndOut() {
        try (var tfl = Tfl.open()) {
            var same = tfl.eval("x -> x");
            assertEquals(3, same.call(3).integer());
            assertEquals(2.5, same.call(2.5f).number());
            assertEquals("hi", same.call("hi").text());
            assertTrue(same.call(true).truth());
            assertEquals(Optional.empty(), same.call((Object) null).as(Optional.class));
            assertArrayEquals(new double[] {1, 2}, same.call(new double[] {1, 2}).doubles());
            assertArrayEquals(new long[] {1, 2}, same.call(new int[] {1, 2}).longs());
            assertEquals("f64[2]", same.call(new double[] {1, 2}).type());
            assertArrayEquals(new float[] {1, 2}, tfl.eval("x -> asarray(x)").call(FloatBuffer.wrap(new float[] {1, 2}))
                    .floats());
            var cube = FloatTensor.of(new float[8], 2, 2, 2);
            assertEquals(cube, same.call(cube).tensor());
            assertEquals(1.5, tfl.eval("p -> p.x").call(new Point(1.5, new float[] {1}, List.of("a"))).number());
            var point = same.call(new Point(1.5, new float[] {1, 2}, List.of("a", "b"))).as(Point.class);
            assertEquals(List.of("a", "b"), point.names());
            assertArrayEquals(new float[] {1, 2}, point.weights());
            assertEquals(Map.of("a", 1L, "b", List.of(2L, "c")), same.call(Map.of("a", 1, "b", List.of(2, "c")))
                    .as(Map.class));
            assertEquals("{a: 1}", tfl.eval("{a: 1}").toString());
            assertEquals(2, tfl.eval("(1, [2, 3])").parts().size());
            assertArrayEquals(new float[][] {{1, 2}, {3, 4}}, tfl.eval("[[1.0, 2], [3, 4]]").as(float[][].class));
            assertEquals(7, tfl.eval("[[7]]").integer());
        }
    }

    @Test
    void functionsOfJavaAreFunctions() {
        try (var tfl = Tfl.open()) {
            DoubleUnaryOperator half = x -> x / 2;
            Function<float[], float[]> reversed = x -> new float[] {x[1], x[0]};
            assertEquals(2.5, tfl.eval("f -> f(5)").call(half).number());
            assertArrayEquals(new float[] {2, 1}, tfl.eval("f -> f([1.0, 2])").call(reversed).floats());
            tfl.set("half", half);
            assertEquals(1, tfl.eval("half(half(4))").number());
            DoubleUnaryOperator broken = x -> {
                throw new IllegalArgumentException("no " + x);
            };
            var error = assertThrows(TflError.class, () -> tfl.eval("f -> f(1)").call(broken));
            assertEquals("host", error.kind());
            assertEquals("no 1.0", assertInstanceOf(IllegalArgumentException.class, error.getCause()).getMessage());
        }
    }

    @Test
    void textsShareNamesAndPrint() {
        var out = new ByteArrayOutputStream();
        try (var tfl = Tfl.builder().out(out).seed(7).arguments("a", "b").open()) {
            tfl.run("fn twice(x) = 2 * x\nprint(\"on {__args__}\")");
            assertEquals(8, tfl.eval("twice(4)").number());
            double drawn = tfl.eval("rand(())").number();
            try (var again = Tfl.builder().seed(7).open()) {
                assertEquals(drawn, again.eval("rand(())").number());
            }
        }
        assertEquals("on (\"a\", \"b\")\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void errorsSayWhatATerminalWould() throws IOException {
        try (var tfl = Tfl.open()) {
            var shape = assertThrows(TflError.class, () -> model(tfl).call(new float[] {1, 2}));
            assertEquals("shape", shape.kind());
            assertEquals("TFL-E0301", shape.code());
            assertTrue(shape.file().endsWith("model.tfl"), shape::file);
            assertEquals(7, shape.line());
            assertEquals(17, shape.column());
            assertTrue(shape.report().contains("fn predict(x) = weights @ x + bias"), shape::report);
            assertTrue(shape.report().contains("^^^"), shape::report);
            var syntax = assertThrows(TflError.class, () -> tfl.run("fn ("));
            assertEquals("syntax", syntax.kind());
            var type = assertThrows(TflError.class, () -> tfl.eval("\"a\"").floats());
            assertEquals("this value is str, not a tensor of numbers: a", type.getMessage());
            assertEquals("TFL-E0647", type.code());
            var name = assertThrows(TflError.class, () -> model(tfl).function("predicted"));
            assertEquals("TFL-E0648", name.code());
            assertEquals("TFL-E0645", assertThrows(TflError.class, () -> tfl.load("nowhere.tfl")).code());
            assertEquals("TFL-E0645", assertThrows(TflError.class, () -> tfl.load("w.safetensors")).code());
            assertEquals("TFL-E0278", assertThrows(TflError.class, () -> Tfl.builder().device("tpu").open()).code());
        }
    }

    @Test
    void permissionsAreGrantedOneByOne() throws IOException {
        Files.writeString(folder.resolve("part.tfl"), "fn three() = 3");
        Files.writeString(folder.resolve("whole.tfl"), "import \"./part.tfl\" as part\nfn call() = part.three()");
        try (var tfl = Tfl.open()) {
            var refused = assertThrows(TflError.class, () -> tfl.load(folder.resolve("whole.tfl")));
            assertEquals("permission", refused.kind());
            assertTrue(refused.help().orElse("").contains("Permission.READ_FILES"), refused::report);
        }
        try (var tfl = Tfl.builder().allow(Permission.READ_FILES).workingFolder(folder).open()) {
            assertEquals(3, tfl.load("whole.tfl").call().integer());
            assertEquals(2, tfl.eval("import io; len(io.list(\".\"))").integer());
            assertEquals("TFL-E0640", assertThrows(TflError.class, () -> tfl.run("io.save(\"x.npy\", [1])")).code());
        }
        try (var tfl = Tfl.builder().allow(Permission.WRITE_FILES).workingFolder(folder).open()) {
            tfl.run("import io; io.save(\"x.npy\", [1])");
            assertTrue(Files.exists(folder.resolve("x.npy")));
        }
        try (var tfl = Tfl.builder().allow(Permission.JAVA_CLASSES).open()) {
            assertEquals(4, tfl.eval("import java \"java.lang.Math\" as Math; Math.abs(-4)").integer());
        }
    }

    @Test
    void anEngineMayBeShared() {
        try (var engine = Engine.newBuilder().option("engine.WarnInterpreterOnly", "false").build();
                var one = Tfl.builder().engine(engine).open(); var two = Tfl.builder().engine(engine).open()) {
            one.run("x = 1");
            two.run("x = 2");
            assertEquals(1, one.eval("x").integer());
            assertEquals(2, two.eval("x").integer());
            assertSame(engine.getLanguages().keySet().getClass(), one.context().getEngine().getLanguages().keySet()
                    .getClass());
        }
    }
}
