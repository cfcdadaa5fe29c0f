package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.language.parse.Parser;
import tfl.language.source.Source;
import tfl.notebooks.file.NotebookCommand;
import tfl.notebooks.json.Json;

/** Notebooks to scripts and back, and scripts to notebooks and back: nothing is lost. */
class NotebookScriptTest {
    private static final int ROUNDS = 300;
    @TempDir
    private Path folder;
    private String errors = "";

    private String convert(String text, String from, String to, String... options) throws IOException {
        var source = Files.writeString(folder.resolve(from), text);
        var target = folder.resolve(to);
        Files.deleteIfExists(target);
        var words = new ArrayList<>(List.of("convert", source.toString(), target.toString()));
        words.addAll(List.of(options));
        var err = new StringWriter();
        int status = new NotebookCommand().run(new PrintWriter(new StringWriter()), new PrintWriter(err),
                words.toArray(String[]::new));
        errors = err.toString();
        return status == 0 ? Files.readString(target) : null;
    }

    private String script(String notebook, String... options) throws IOException {
        return convert(notebook, "n.ipynb", "n.tfl", options);
    }

    private String notebook(String script, String... options) throws IOException {
        return convert(script, "s.tfl", "s.ipynb", options);
    }

    @Test
    void aNotebookAsAScript() throws IOException {
        var script = """
                # %% The data [markdown]
                # # Houses
                #
                # Their *prices*.

                # %% {"id": "load", "metadata": {"tags": ["slow"]}}
                x = [1.0, 2]

                # %%
                fn f(x) {
                  # %% no mark: it stands in a function
                  x + 1
                }

                f(x)

                # %% [commented]
                # %time f(x)

                # %% [raw]
                # <b>

                # %% [outputs]
                # {"cell": 3, "of": "%s", "execution_count": 2, "outputs": [{"a": 1.50}]}
                """;
        var cell = "fn f(x) {\n  # %% no mark: it stands in a function\n  x + 1\n}\n\nf(x)";
        var sum = new CRC32();
        sum.update(cell.getBytes(StandardCharsets.UTF_8));
        script = script.replace("\"%s\"", String.format("\"%08x\"", sum.getValue()));
        var notebook = notebook(script);
        var cells = cells(notebook);
        assertEquals(List.of("markdown", "code", "code", "code", "raw"),
                cells.stream().map(each -> each.get("cell_type")).toList());
        assertEquals(List.of("# Houses\n", "\n", "Their *prices*."), cells.getFirst().get("source"));
        assertEquals(Map.of("title", "The data"), cells.getFirst().get("metadata"));
        assertEquals("load", cells.get(1).get("id"));
        assertEquals(List.of("%time f(x)"), cells.get(3).get("source"));
        assertEquals(2L, cells.get(2).get("execution_count"));
        assertTrue(notebook.contains("\"a\": 1.50"), notebook);
        assertEquals(script, script(notebook));
        assertFalse(script(notebook, "--no-outputs").contains("[outputs]"));
        assertFalse(notebook(script, "--no-outputs").contains("1.50"));
        assertFalse(notebook(script.replace("x + 1", "x + 2")).contains("1.50"), "outputs of another source");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', value = {
        "''; 0", "x = 1; 1", "x = 1⏎; 1", "# %%⏎x = 1⏎; 1", "# %%⏎x = 1; 1", "#%% A⏎x = 1⏎⏎⏎# %%⏎⏎y = 2⏎; 2",
        "x = 1⏎# %%⏎; 2", "# %%; 1", "# %%⏎# %%⏎; 2", "# %% [md]⏎# a⏎b = 1⏎; 1",
        "## doc⏎# %% [markdown] tags=[1]⏎#  a⏎#⏎#b⏎; 2",
        "s = \"\"\"⏎# %%⏎\"\"\"⏎# %%⏎s⏎; 2", "# \\%% kept⏎x⏎; 1", "# %% {\"id\":\"a b\"}⏎x⏎; 1", "# %% {no json}⏎x⏎; 1",
        "#%%%% ruler⏎x⏎; 1", "# %% [raw]⏎# \\%%⏎; 1", "x⏎⏎⏎⏎# %%⏎# %% [markdown]⏎# a  ⏎; 3",
        "# %%⏎x = (1,⏎# %%⏎2)⏎; 1", "import nn⏎⏎# %% {\"id\": \"q\", \"metadata\": {\"title\": \"[\"}}⏎x⏎; 2"})
    void scriptsComeBackByteForByte(String text, int count) throws IOException {
        for (var ends : List.of("\n", "\r\n")) {
            var script = text.replace("⏎", ends);
            var notebook = notebook(script);
            assertEquals(count, cells(notebook).size(), notebook);
            assertEquals(script, script(notebook));
        }
    }

    @Test
    void aScriptThatDoesNotParseIsRefused() throws IOException {
        assertEquals(null, notebook("x = ("));
        assertTrue(errors.contains("s.tfl does not parse, so its cells are not known"), errors);
        assertTrue(errors.contains("--> "), errors);
    }

    private static final List<String> CODE = List.of("", "x = 1", "x = 1\n", "\nx", "fn f(x) {\n  x\n}\n\nf(1)",
            "s = \"\"\"\n# %% in a string\n\"\"\"", "# %% a comment\nx", "# \\%% another\n#%%\ny", "%time x", "?sum",
            "x = (", "\"\"\"", "}", "# only", "  x  \n\n\n", "a\r\nb\r\n", "α = \"∂ 😀\"", "#\n#\n", "# %% [outputs]",
            "x\n# %%", "@graph", "if a {\n# %%\nb\n}", "|> f", ".x", "\t", " ", "\f", "x # %%", "## doc\n", "x\u2028y");
    private static final List<String> TEXTS = List.of("", "# Title", "a  \nb", "%% no mark", "\\%% x", "\\\\%%\n%%%",
            "$\\alpha$\n\n- [ ] a\n", "\n\n", " ", "# %%", "<!-- # %% -->", "a\r\nb", "😀\u2028é", "tab\t\nx", "#", "# ",
            "![p](attachment:p.png)", "{\"a\": 1}", "\u000b");
    private static final List<Object> METADATA = List.of(Map.of(), Map.of(), Map.of("title", "A title"),
            Map.of("title", "odd [markdown]"), Map.of("title", " {"), Map.of("tags", List.of("a", "b")),
            Map.of("collapsed", true, "x", Map.of("y", List.of(1L, 2.5, "é\n"))), Map.of("title", "T", "z", "}"),
            Map.of("big", new BigInteger("123456789012345678901234567890")), Map.of("tfl", Map.of("q", 1L)));
    private static final List<Object> OUTPUTS = List.of(List.of(), List.of(),
            List.of(Map.of("name", "stdout", "output_type", "stream", "text", List.of("a\n", "# %%\n"))),
            List.of(Map.of("data", Map.of("image/png", "iVBO\n", "text/plain", List.of("1")), "execution_count", 3L,
                    "metadata", Map.of(), "output_type", "execute_result")));

    @Test
    void notebooksComeBackWhole() throws IOException {
        var random = new Random(8);
        for (int round = 0; round < ROUNDS; round++) {
            var notebook = notebook(random);
            var text = new String(Json.bytes(notebook), StandardCharsets.UTF_8);
            var script = script(text);
            assertTrue(Parser.parse(Source.of("s", script)).isValid(), script);
            assertEquals(notebook, Json.parse(notebook(script).getBytes(StandardCharsets.UTF_8)), () -> script);
        }
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Map<String, Object> notebook(Random random) {
        var cells = new ArrayList<Object>();
        int minor = random.nextInt(4) == 0 ? 4 : 5;
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            var type = any(random, List.of("code", "code", "markdown", "raw"));
            var cell = new LinkedHashMap<String, Object>();
            cell.put("cell_type", type);
            if (minor == 5) {
                cell.put("id", random.nextBoolean() ? "cell-" + (i + 1) : "x" + i);
            }
            cell.put("metadata", any(random, METADATA));
            cell.put("source", lines(any(random, type.equals("code") ? CODE : TEXTS)));
            if (type.equals("code")) {
                cell.put("execution_count", random.nextBoolean() ? null : (Long) (long) random.nextInt(9));
                cell.put("outputs", any(random, OUTPUTS));
            } else if (random.nextInt(3) == 0) {
                cell.put("attachments", Map.of("p.png", Map.of("image/png", "aGk=")));
            }
            cells.add(cell);
        }
        var notebook = new LinkedHashMap<String, Object>();
        notebook.put("cells", cells);
        notebook.put("metadata", random.nextBoolean() ? Map.of("kernelspec", Map.of("display_name", "TFL", "language",
                "tfl", "name", "tfl"), "language_info", Map.of("file_extension", ".tfl", "mimetype", "text/x-tfl",
                "name", "tfl")) : any(random, METADATA));
        notebook.put("nbformat", 4L);
        notebook.put("nbformat_minor", (long) minor);
        return notebook;
    }

    private static List<String> lines(String text) {
        var lines = new ArrayList<String>();
        for (int from = 0; from < text.length();) {
            int end = text.indexOf('\n', from) < 0 ? text.length() : text.indexOf('\n', from) + 1;
            lines.add(text.substring(from, end));
            from = end;
        }
        return lines;
    }

    @Test
    void anyScriptComesBackByteForByte() throws IOException {
        var random = new Random(9);
        int valid = 0;
        var marks = List.of("# %%", "#%%", "# %% A", "# %% [markdown]", "# %% [md] x", "# %% [raw]",
                "# %% {\"id\": \"u\"}",
                "# %% [commented]", "# %% B {\"metadata\": {\"k\": 1}}", "# %%  ", "# %% [markdown] {\"id\":\"v\"}");
        for (int round = 0; round < ROUNDS; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                text.append(random.nextInt(5) == 0 ? ""
                        : any(random, marks) + any(random, List.of("\n", "\n", "\r\n")));
                text.append(any(random, random.nextBoolean() ? CODE
                        : List.of("# a", "# a  \n#\n#b", "#", "# \\%%\n")));
                text.append(any(random, List.of("\n\n", "\n\n", "\n", "\n\n\n", "")));
            }
            var script = text.toString();
            if (Parser.parse(Source.of("s", script)).isValid() && !script.contains("[outputs]")) {
                valid++;
                assertEquals(script, script(notebook(script)));
            }
        }
        assertTrue(valid > ROUNDS / 5, valid + " scripts were tried");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> cells(String notebook) throws IOException {
        return (List<Map<String, Object>>) ((Map<String, Object>) Json.parse(notebook.getBytes(StandardCharsets.UTF_8)))
                .get("cells");
    }
}
