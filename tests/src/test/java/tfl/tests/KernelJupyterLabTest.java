package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TFL's kernel with the library by which JupyterLab speaks to kernels, through Debian's Jupyter server. */
class KernelJupyterLabTest {
    private static final Path BUILT = WallTest.ROOT.resolve("build/jupyterlab");
    private static final String PACKAGES = """
            {"private": true, "dependencies": {"@jupyterlab/services": "7.6.6"}}
            """;
    private static final int RUN_SECONDS = 180;
    @TempDir
    private Path folder;

    @Test
    void itsClientLibraryIsServed() throws IOException, InterruptedException {
        var kernel = InstalledKernel.in(folder, "notebook", "jupyter-notebook");
        assumeTrue(NodePackages.missingTools().isEmpty(), NodePackages.missingTools());
        Files.createDirectories(BUILT);
        Files.writeString(BUILT.resolve("package.json"), PACKAGES);
        var missing = NodePackages.install(BUILT, "@jupyterlab/services");
        assumeTrue(missing.isEmpty(), missing);
        var said = folder.resolve("server.txt");
        var server = kernel.server(said);
        try {
            var client = kernel.process(List.of("node", WallTest.ROOT.resolve("tests/kernel/jupyterlab.mjs").toString(),
                    InstalledKernel.address(said, server))).directory(BUILT.toFile())
                    .redirectOutput(folder.resolve("client.txt").toFile()).start();
            boolean ended = client.waitFor(RUN_SECONDS, TimeUnit.SECONDS);
            client.destroyForcibly();
            var text = Files.readString(folder.resolve("client.txt"));
            assertTrue(ended && client.exitValue() == 0 && text.endsWith("done\n"), text);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }
}
