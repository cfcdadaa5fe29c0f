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
    private static final int INSTALL_SECONDS = 180;
    @TempDir
    private Path folder;

    @Test
    void itsClientLibraryIsServed() throws IOException, InterruptedException {
        var kernel = InstalledKernel.in(folder, "notebook", "jupyter-notebook");
        install();
        var said = folder.resolve("server.txt");
        var server = kernel.server(said);
        try {
            var client = kernel.process(List.of("node", WallTest.ROOT.resolve("tests/kernel/jupyterlab.mjs").toString(),
                    InstalledKernel.address(said, server))).directory(BUILT.toFile())
                    .redirectOutput(folder.resolve("client.txt").toFile()).start();
            boolean ended = client.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS);
            client.destroyForcibly();
            var text = Files.readString(folder.resolve("client.txt"));
            assertTrue(ended && client.exitValue() == 0 && text.endsWith("done\n"), text);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(BUILT);
        Files.writeString(BUILT.resolve("package.json"), PACKAGES);
        if (Files.isDirectory(BUILT.resolve("node_modules/@jupyterlab/services"))) {
            return;
        }
        try {
            var log = BUILT.resolve("npm.txt").toFile();
            var npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                    .directory(BUILT.toFile()).redirectErrorStream(true).redirectOutput(log).start();
            boolean ended = npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS);
            npm.destroyForcibly();
            assumeTrue(ended && npm.exitValue() == 0, "npm cannot install JupyterLab's client library");
        } catch (IOException missing) {
            assumeTrue(false, "npm is not installed");
        }
    }
}
