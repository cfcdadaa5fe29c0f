package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tfl.notebooks.json.Fields;
import tfl.notebooks.json.Json;

/** TFL's kernel with real clients: Debian's jupyter_client, its suite for kernels, nbconvert. */
class KernelClientTest {
    @TempDir
    private Path folder;

    @Test
    void everyMessage() throws IOException, InterruptedException {
        var kernel = InstalledKernel.in(folder, "jupyter_client", "python3-jupyter-client");
        var said = kernel.python("client.py");
        assertTrue(said.contains("OK"), said);
        var log = kernel.log();
        assertTrue(log.contains("a message has a wrong signature on shell; it is left out"), log);
        assertTrue(log.contains("a message came twice on shell"), log);
        assertTrue(log.contains("a message holds no JSON"), log);
        assertFalse(log.contains("bug"), log);
        assertFalse(log.contains("\tat "), log);
    }

    @Test
    void theSuiteForKernels() throws IOException, InterruptedException {
        var kernel = InstalledKernel.in(folder, "jupyter_kernel_test", "python3-jupyter-kernel-test");
        var said = kernel.python("suite.py", "-v");
        assertTrue(said.contains("OK"), said);
        assertFalse(said.contains("skipped"), said);
    }

    @Test
    void nbconvertExecutes() throws IOException, InterruptedException {
        var kernel = InstalledKernel.in(folder, "nbconvert, nbclient", "python3-nbconvert");
        Files.writeString(folder.resolve("small.ipynb"), notebook("x = [[1.0, 2], [3, 4]]\\nx @ x",
                "import plot\\nplot.line([1, 4, 9])", "print(\\\"printed\\\")",
                "import image\\nimage.picture(plot.line([1, 4, 9]).pixels())"));
        kernel.run(List.of("/usr/bin/python3", "-m", "nbconvert", "--to", "notebook", "--execute", "--output",
                "done.ipynb", "small.ipynb"));
        var cells = Fields.of(Json.parse(Files.readAllBytes(folder.resolve("done.ipynb")))).list("cells");
        assertEquals("f32[2, 2] cpu 16 B\n[[ 7.0, 10.0],\n [15.0, 22.0]]", text(cells.get(0)));
        assertTrue(output(cells.get(1)).fields("data").has("image/svg+xml"));
        assertEquals("printed\n", joined(output(cells.get(2)).map().get("text")));
        kernel.run(List.of("/usr/bin/python3", "-m", "nbconvert", "--to", "html", "done.ipynb"));
        var page = Files.readString(folder.resolve("done.html"));
        assertTrue(page.contains("<table border=\"1\" class=\"dataframe\">"), "tensors are tables");
        // It drops SVG from pages, so plots show there as what this page tells: docs/tools/notebooks.md.
        assertTrue(page.contains("src=\"data:image/png;base64,iVBORw0KGgo"), "pictures are shown");
    }

    private static Fields output(Object cell) {
        return Fields.of(Fields.of(cell).list("outputs").getFirst());
    }

    private static String text(Object cell) {
        return joined(output(cell).fields("data").map().get("text/plain"));
    }

    private static String joined(Object text) {
        return text instanceof List<?> lines ? String.join("", lines.stream().map(Object::toString).toList())
                : (String) text;
    }

    /** A notebook with these cells, whose text is escaped as JSON wants it. */
    static String notebook(String... cells) {
        var text = new StringBuilder("{\"nbformat\": 4, \"nbformat_minor\": 4, \"metadata\": {\"kernelspec\": {"
                + "\"name\": \"tfl\", \"display_name\": \"TFL\", \"language\": \"tfl\"}}, \"cells\": [");
        for (int i = 0; i < cells.length; i++) {
            text.append(i > 0 ? ", " : "").append("{\"cell_type\": \"code\", \"execution_count\": null, "
                    + "\"metadata\": {}, \"outputs\": [], \"source\": \"").append(cells[i]).append("\"}");
        }
        return text.append("]}").toString();
    }
}
