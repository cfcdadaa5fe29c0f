package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * TFL's kernel, installed in a folder of its own for Debian's Jupyter, which runs beside it.
 *
 * @param folder where everything is: the launcher, Jupyter's data, what the clients write
 */
record InstalledKernel(Path folder) {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final int PATIENCE_SECONDS = 600;

    /** Installs it; the test is skipped where a module of Python is missing. */
    static InstalledKernel in(Path folder, String module, String debianPackage)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
        var asked = new ProcessBuilder(PYTHON, "-c", "import " + module).redirectErrorStream(true).start();
        asked.getInputStream().readAllBytes();
        assumeTrue(asked.waitFor() == 0, "Python has no " + module + "; apt-get install " + debianPackage);
        var launcher = Files.createDirectories(folder.resolve("bin")).resolve("tfl");
        var command = TflProcess.command(List.of());
        var words = command.stream().map(word -> "'" + word + "'").collect(Collectors.toList());
        words.add(1, "'-Dtfl.home=" + folder + "'");
        Files.writeString(launcher, "#!/bin/sh\nexec " + String.join(" ", words) + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        var kernel = new InstalledKernel(folder);
        var installed = kernel.run(List.of(launcher.toString(), "kernel", "install", "--prefix", folder.toString()));
        assertEquals("installed the kernel tfl in " + folder.resolve("share/jupyter/kernels/tfl") + "\n", installed);
        return kernel;
    }

    /** A process that finds the kernel, and whose files stay in the folder. */
    ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("JUPYTER_PATH", folder.resolve("share/jupyter").toString(),
                "JUPYTER_DATA_DIR", folder.resolve("data").toString(), "JUPYTER_CONFIG_DIR",
                folder.resolve("config").toString(), "JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString(),
                "HOME", folder.toString(), "XDG_STATE_HOME", folder.resolve("state").toString(),
                "IPYTHONDIR", folder.resolve("ipython").toString(), "TFL_MEMORY", "1GB",
                "TFL_KERNEL_LOG", folder.resolve("kernel.log").toString()));
        return builder;
    }

    /** Runs a command to its end, which must be a good one; what it said. */
    String run(List<String> command) throws IOException, InterruptedException {
        var said = folder.resolve("said.txt");
        var process = process(command).redirectOutput(said.toFile()).start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(command + " does not end: " + Files.readString(said));
        }
        var text = Files.readString(said);
        assertTrue(process.exitValue() == 0, () -> command + "\n" + text);
        return text;
    }

    /** Starts Jupyter's server, which lets everybody in and writes what it says to a file. */
    Process server(Path said) throws IOException {
        return process(List.of(PYTHON, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port="
                + freePort(), "--NotebookApp.token=", "--NotebookApp.password=",
                "--NotebookApp.disable_check_xsrf=True")).redirectOutput(said.toFile()).start();
    }

    /** The server says a port of 0 as it was given, so one is chosen here; if it is gone by then, it takes the next. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Where the server answers, once it says so. */
    static String address(Path said, Process server) throws IOException, InterruptedException {
        return ChromePage.saying(said, ADDRESS, server);
    }

    /** Runs a program of {@code tests/kernel}. */
    String python(String program, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(PYTHON, WallTest.ROOT.resolve("tests/kernel").resolve(program)
                .toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** What kernels wrote to standard error. */
    String log() throws IOException {
        var file = folder.resolve("kernel.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
