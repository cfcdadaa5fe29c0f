package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the module {@code summary} writes, read back by a reader that shares nothing with it. */
class SummaryTest {
    @TempDir
    Path folder;

    private List<Message> written(String program) throws IOException {
        run("w = summary.writer(\"" + folder + "\")\n" + program + "\nw.close()\n");
        return EventReader.read(files().getLast());
    }

    private static void run(String program) {
        var outcome = Outcome.of(new Program("summary.tfl", "import summary\n" + program), null);
        assertFalse(outcome.failed(), outcome::report);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aFileBeginsWithItsVersionAndIsNamedForTensorBoard() throws IOException {
        var events = written("");
        assertEquals(1, events.size());
        assertEquals("brain.Event:2", EventReader.get(events.getFirst(), "file_version"));
        assertEquals(System.currentTimeMillis() / 1000.0, (double) EventReader.get(events.getFirst(), "wall_time"), 60);
        assertTrue(files().getFirst().getFileName().toString()
                .matches("events\\.out\\.tfevents\\.\\d{10}\\.[\\w-]+.*"));
    }

    @Test
    void scalarsAreTensorsOfTheScalarsPlugin() throws IOException {
        var events = written("""
                w.scalar("loss/train", 0.1, 0)
                w.scalar("loss/train", [2], 1)
                w.scalar("loss/train", true, 4000000000)
                w.scalar("loss/train", -inf, -1)
                w.scalar("größe", nan, 5)
                """);
        var values = EventReader.values(events, "loss/train");
        assertEquals(List.of(List.of(0.1f), List.of(2f), List.of(1f), List.of(Float.NEGATIVE_INFINITY)),
                values.stream().map(value -> EventReader.all(value, "tensor.float_val")).toList());
        assertEquals(List.of(0L, 1L, 4_000_000_000L, -1L, 5L),
                events.stream().skip(1).map(event -> EventReader.get(event, "step")).toList());
        for (var value : values) {
            checkPlugin(value, "scalars", "DATA_CLASS_SCALAR");
            assertEquals("DT_FLOAT", EventReader.get(value, "tensor.dtype").toString());
            assertTrue(EventReader.all(value, "tensor.tensor_shape.dim").isEmpty());
        }
        assertEquals(List.of(Float.NaN), EventReader.all(EventReader.values(events, "größe").getFirst(),
                "tensor.float_val"));
    }

    private static void checkPlugin(Message value, String name, String kind) {
        assertEquals(name, EventReader.get(value, "metadata.plugin_data.plugin_name"));
        assertEquals(kind, EventReader.get(value, "metadata.data_class").toString());
    }

    @Test
    void histogramsAreThoseOfTensorBoard() throws IOException {
        var oracle = new HashMap<String, double[]>();
        try (var parser = new JsonFactory().createParser(Path.of("src/test/resources/oracle/summary.json").toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var numbers = new ArrayList<Double>();
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    numbers.add(parser.getDoubleValue());
                }
                oracle.put(name, numbers.stream().mapToDouble(Double::doubleValue).toArray());
            }
        }
        var events = written("""
                k = arange(1000)
                w.histogram("waves", sin(k.astype(f64) * 0.37) * k, 0)
                w.histogram("waves10", sin(k.astype(f64) * 0.37) * k, 0, buckets=10)
                w.histogram("ints", [[1, 2, 2], [3, 3, 3]], 0, buckets=4)
                w.histogram("same", full((5,), 2.5), 0, buckets=3)
                w.histogram("empty", zeros((0,)), 0, buckets=2)
                w.histogram("holes", [1.0, nan, 2.0, inf, 3.0, -inf], 0, buckets=2)
                """);
        assertEquals(6, oracle.size());
        oracle.forEach((tag, expected) -> {
            var value = EventReader.values(events, tag).getFirst();
            checkPlugin(value, "histograms", "DATA_CLASS_TENSOR");
            assertEquals(List.of(expected.length / 3L, 3L), dims(value));
            assertArrayEquals(expected, doubles(value), 1e-9, tag);
        });
    }

    private static List<?> dims(Message value) {
        return EventReader.all(value, "tensor.tensor_shape.dim").stream()
                .map(dim -> EventReader.get((Message) dim, "size")).toList();
    }

    private static double[] doubles(Message value) {
        assertEquals("DT_DOUBLE", EventReader.get(value, "tensor.dtype").toString());
        var content = ((ByteString) EventReader.get(value, "tensor.tensor_content")).asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        var numbers = new double[content.remaining()];
        content.get(numbers);
        return numbers;
    }

    @Test
    void imagesArePngFilesBehindTheirSize() throws IOException {
        var events = written("""
                w.image("grey", [[0.0, 0.5, 1.0], [2.0, -1.0, nan]], 0)
                w.image("colours", arange(24).reshape(2, 2, 2, 3).astype(u8), 7)
                """);
        var grey = EventReader.values(events, "grey").getFirst();
        checkPlugin(grey, "images", "DATA_CLASS_BLOB_SEQUENCE");
        var parts = EventReader.all(grey, "tensor.string_val");
        assertEquals(List.of(3L), dims(grey));
        assertEquals(List.of("3", "2"), parts.stream().limit(2).map(EventReader::text).toList());
        var picture = ImageIO.read(((ByteString) parts.get(2)).newInput()).getRaster();
        assertArrayEquals(new int[] {0, 128, 255, 255, 0, 0}, picture.getSamples(0, 0, 3, 2, 0, (int[]) null));
        var colours = EventReader.all(EventReader.values(events, "colours").getFirst(), "tensor.string_val");
        assertEquals(4, colours.size());
        var second = ImageIO.read(((ByteString) colours.get(3)).newInput());
        assertEquals(0xff0c0d0e, second.getRGB(0, 0));
        assertEquals(0xff151617, second.getRGB(1, 1));
    }

    @Test
    void textHasRankZeroOneOrTwo() throws IOException {
        var events = written("""
                w.text("note", "a **text**, größer", 0)
                w.text("note", ("a", "b"), 1)
                w.text("note", (("a", "b", "c"), ("d", "e", "f")), 2)
                """);
        var values = EventReader.values(events, "note");
        values.forEach(value -> checkPlugin(value, "text", "DATA_CLASS_TENSOR"));
        assertEquals(List.of(List.of(), List.of(2L), List.of(2L, 3L)), values.stream().map(SummaryTest::dims).toList());
        assertEquals("a **text**, größer", EventReader.text(EventReader.all(values.getFirst(),
                "tensor.string_val").getFirst()));
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), EventReader.all(values.getLast(), "tensor.string_val")
                .stream().map(EventReader::text).toList());
    }

    @Test
    void hyperparametersAreInTheMetadataOfTheirPlugin() throws IOException {
        var events = written("""
                w.hparams({rate: 1e-3, layers: 4, activation: "relu", bias: true}, metrics=("loss", "accuracy"))
                """);
        var experiment = hyperparameters(events, "experiment");
        assertEquals(List.of("rate", "layers", "activation", "bias"), names(experiment, "hparam_infos", "name"));
        assertEquals("[DATA_TYPE_FLOAT64, DATA_TYPE_FLOAT64, DATA_TYPE_STRING, DATA_TYPE_BOOL]",
                names(experiment, "hparam_infos", "type").toString());
        assertEquals(List.of("loss", "accuracy"), names(experiment, "metric_infos", "name.tag"));
        var found = Struct.newBuilder();
        for (var entry : EventReader.all(hyperparameters(events, "session_start_info"), "hparams")) {
            found.putFields((String) EventReader.get((Message) entry, "key"),
                    Value.parseFrom(EventReader.part((Message) entry, "value").toByteString()));
        }
        assertEquals(Map.of("rate", Value.newBuilder().setNumberValue(1e-3).build(),
                "layers", Value.newBuilder().setNumberValue(4).build(),
                "activation", Value.newBuilder().setStringValue("relu").build(),
                "bias", Value.newBuilder().setBoolValue(true).build()), found.getFieldsMap());
        assertEquals("STATUS_SUCCESS", EventReader.get(hyperparameters(events, "session_end_info"), "status")
                .toString());
    }

    private static Message hyperparameters(List<Message> events, String kind) throws IOException {
        var value = EventReader.values(events, "_hparams_/" + kind).getFirst();
        checkPlugin(value, "hparams", "DATA_CLASS_TENSOR");
        assertEquals(List.of(0L), dims(value));
        var data = EventReader.parse("HParamsPluginData", (ByteString) EventReader.get(value,
                "metadata.plugin_data.content"));
        return EventReader.part(data, kind);
    }

    private static List<?> names(Message message, String list, String field) {
        return EventReader.all(message, list).stream().map(each -> EventReader.get((Message) each, field)).toList();
    }

    @Test
    void aGraphIsAGraphDefWhoseInputsAreThere() throws IOException {
        var events = written("""
                fn f(w, x) {
                  h = tanh(x @ w)
                  while sum(h) < 10 { h = h * 2 + 1 }
                  (h, topk(h, 1)[1])
                }
                w.graph(f, ones((3, 4)), ones((2, 3)))
                """);
        var graph = EventReader.parse("GraphDef", (ByteString) EventReader.get(events.get(1), "graph_def"));
        var nodes = EventReader.all(graph, "node").stream().map(Message.class::cast).toList();
        var names = new HashSet<Object>();
        nodes.forEach(node -> assertTrue(names.add(EventReader.get(node, "name")), () -> "twice: " + node));
        for (var node : nodes) {
            assertTrue(((String) EventReader.get(node, "name")).matches("[A-Za-z0-9.][A-Za-z0-9_./-]*"),
                    node::toString);
            for (var input : EventReader.all(node, "input")) {
                assertTrue(names.contains(((String) input).replaceFirst(":\\d+$", "")), () -> input + " of " + node);
            }
        }
        var product = nodes.stream().filter(node -> EventReader.get(node, "op").equals("matmul")).findFirst()
                .orElseThrow();
        assertEquals(List.of("input_2", "input_1"), EventReader.all(product, "input"));
        assertTrue(product.toString().contains("size: 2") && product.toString().contains("size: 4"),
                product::toString);
        assertTrue(names.stream().anyMatch(name -> ((String) name).matches("while_1/\\w+/mul_1")), names::toString);
    }

    @Test
    void aSecondRunMakesANewFile() throws IOException {
        written("w.scalar(\"a\", 1, 0)");
        written("w.scalar(\"a\", 2, 1)");
        assertEquals(2, files().size());
        for (var file : files()) {
            assertEquals(1, EventReader.values(EventReader.read(file), "a").size());
        }
    }

    @Test
    void aKilledProcessLeavesWhatItWrote() throws IOException, InterruptedException {
        var program = """
                import summary
                w = summary.writer("%s")
                for step in 0..1000000000 { w.scalar("a", step, step) }
                """.formatted(folder);
        var process = new ProcessBuilder(TflProcess.command(List.of("-e", program))).inheritIO().start();
        try {
            while (files().isEmpty() || Files.size(files().getFirst()) < 10_000) {
                assertTrue(process.isAlive());
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        var steps = EventReader.read(files().getFirst()).stream().skip(1).map(event -> EventReader.get(event, "step"))
                .toList();
        assertTrue(steps.size() > 100);
        for (int k = 0; k < steps.size(); k++) {
            assertEquals((long) k, steps.get(k));
        }
    }
}
