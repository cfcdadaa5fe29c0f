package tfl.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What tests need of npm, installed once into a folder that has a {@code package.json}. */
final class NodePackages {
    private static final int INSTALL_SECONDS = 180;

    private NodePackages() {}

    /** The tools that are not here, as a reason to skip a test; empty if none is missing. */
    static String missingTools() {
        for (var tool : List.of("node", "npm")) {
            if (List.of(System.getenv("PATH").split(":")).stream().noneMatch(each -> Files.isExecutable(
                    Path.of(each, tool)))) {
                return tool + " is not installed";
            }
        }
        return "";
    }

    /** Installs, unless that package is there; why not, as a reason to skip a test, or empty. */
    static String install(Path folder, String name) throws IOException, InterruptedException {
        if (Files.isDirectory(folder.resolve("node_modules").resolve(name))) {
            return "";
        }
        var ended = run(folder, INSTALL_SECONDS, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock");
        return ended.status() == 0 ? "" : "npm cannot install " + name + ": " + ended.text();
    }

    /** How a program ended, -1 if it did not, and all that it said. */
    record Ended(int status, String text) {}

    static Ended run(Path folder, int seconds, String... command) throws IOException, InterruptedException {
        var out = Files.createTempFile("node", ".out");
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        var text = Files.readString(out);
        Files.delete(out);
        return new Ended(ended ? process.exitValue() : -1, text);
    }
}
