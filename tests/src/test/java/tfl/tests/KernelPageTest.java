package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page of Jupyter's Notebook in headless Chromium that runs cells in TFL's kernel. With {@code -Dtfl.bless=true} its
 * picture goes to the documentation.
 */
class KernelPageTest {
    private static final String CELLS = "Jupyter.notebook.get_cells()";
    @TempDir
    private Path folder;

    @Test
    void aNotebookPageRunsCells() throws IOException, InterruptedException {
        var kernel = InstalledKernel.in(folder, "notebook", "jupyter-notebook");
        Files.writeString(folder.resolve("page.ipynb"), KernelClientTest.notebook(
                "x = [[1.0, 2, nan], [3, 4, 5]]\\nx",
                "import plot\\nt = linspace(0, 6, 50)\\nplot.line(t, {sine: sin(t), cosine: cos(t)}, title=\\\"Two"
                        + " waves\\\")",
                "x @ [1.0, 2]",
                "1.5e-7"));
        var said = folder.resolve("server.txt");
        var server = kernel.server(said);
        try (var page = new ChromePage(folder, InstalledKernel.address(said, server) + "notebooks/page.ipynb", 1000,
                1150)) {
            check(page);
        } finally {
            // A kernel is asked to end by the server; its end without one takes it along too.
            server.destroy();
            server.waitFor();
        }
    }

    private static void check(ChromePage page) throws InterruptedException, IOException {
        page.waitFor("window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel"
                + " && Jupyter.notebook.kernel.is_connected()");
        assertEquals("tfl", page.value("Jupyter.notebook.metadata.kernelspec.name"));
        page.value("Jupyter.notebook.execute_all_cells()");
        page.waitFor(CELLS + "[2].output_area.outputs.length");
        assertEquals("execute_result", page.value(CELLS + "[0].output_area.outputs[0].output_type"));
        assertTrue((Boolean) page.value("document.querySelector('.output table td') !== null"), "tensors are tables");
        assertTrue((Boolean) page.value("document.querySelector('.output svg') !== null"), "plots are pictures");
        assertEquals("TFL-E0301", page.value(CELLS + "[2].output_area.outputs[0].ename"));
        assertTrue(((String) page.value("document.querySelector('.output_error').innerText")).contains("^^^^"));
        // The error kept the last cell from running.
        assertEquals(0L, page.value(CELLS + "[3].output_area.outputs.length"));
        page.value(CELLS + "[3].execute()");
        page.waitFor(CELLS + "[3].output_area.outputs.length");
        assertEquals("$1.5 \\times 10^{-7}$", page.value(CELLS + "[3].output_area.outputs[0].data['text/latex']"));
        if (Boolean.getBoolean("tfl.bless")) {
            page.value("document.querySelector('#header').style.display = 'none';"
                    + "document.querySelector('#site').style.height = '1100px'; window.scrollTo(0, 0)");
            page.waitFor("document.querySelector('.MathJax, .MathJax_SVG, .MathJax_CHTML') || true");
            Thread.sleep(1500);
            var pictures = Files.createDirectories(WallTest.ROOT.resolve("docs/tools/pictures"));
            Files.write(pictures.resolve("notebook.png"), page.picture());
        }
    }
}
