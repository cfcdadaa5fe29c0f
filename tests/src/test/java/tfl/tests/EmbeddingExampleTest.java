package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Maven project of {@code examples/java}, built from coordinates alone and run with the flags it says. */
class EmbeddingExampleTest {
    private static final List<String> ROOMS = List.of("language", "backends", "autodiff", "interpreter", "stdlib",
            "embedding");
    private static final int LIMIT_SECONDS = 240;
    @TempDir
    Path folder;

    @Test
    void theProjectBuildsAndRuns() throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("user.home"), ".m2", "repository");
        assumeTrue(Files.isDirectory(home), "needs Maven's repository in its usual place");
        var project = copy(WallTest.ROOT.resolve("examples/java"), folder.resolve("project"));
        var repository = repository(home);
        var built = run(project, List.of("mvn", "-B", "-o", "-q", "-Dmaven.repo.local=" + repository,
                "package"));
        // Maven's own libraries warn of themselves on a new Java.
        assertEquals(List.of(), built.replaceAll("\u001b\\[[0-9;]*m", "").lines()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")).toList());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var lines = run(project, List.of(java, "@java.args")).lines().toList();
        assertTrue(lines.getFirst().matches("accuracy 0[.]9\\d\\d"), lines::toString);
        assertTrue(lines.get(1).matches("the first is a \\d, and should be a \\d"), lines::toString);
        assertTrue(lines.get(2).matches("9\\d of 100 right, from 8 threads|100 of .*"), lines::toString);
        assertEquals("some are doubtful", lines.get(3));
        assertTrue(lines.get(4).matches("refused: annotation: .*f32\\[64\\].*"), lines::toString);
        assertEquals(List.of("refused: permission", "stopped: TFL-E0644"), lines.subList(5, lines.size()));
        // Without flags it is slower and says the same, and nothing else.
        var plain = run(project, List.of(java, "-cp", "target/classes:target/lib/*",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "example.DigitService")).lines().toList();
        assertEquals(lines, plain);
    }

    /** The user's own repository as it is, seen through links, with this build's artifacts added. */
    private Path repository(Path home) throws IOException {
        var repository = Files.createDirectory(folder.resolve("repository"));
        try (var groups = Files.list(home)) {
            for (var group : groups.filter(each -> !each.endsWith("tfl")).toList()) {
                Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
            }
        }
        install(repository, "tfl", WallTest.ROOT.resolve("pom.xml"), null);
        for (var room : ROOMS) {
            var jar = WallTest.ROOT.resolve(room + "/target/" + room + "-0.1.0.jar");
            assumeTrue(Files.exists(jar), "needs " + jar + ", which mvn package makes");
            install(repository, room, WallTest.ROOT.resolve(room + "/pom.xml"), jar);
        }
        return repository;
    }

    /** The links go first, so that nothing follows them. */
    @AfterEach
    void unlink() throws IOException {
        var repository = folder.resolve("repository");
        if (Files.isDirectory(repository)) {
            try (var groups = Files.list(repository)) {
                for (var link : groups.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(link);
                }
            }
        }
    }

    private static void install(Path repository, String artifact, Path pom, Path jar) throws IOException {
        var place = Files.createDirectories(repository.resolve("tfl/" + artifact + "/0.1.0"));
        Files.copy(pom, place.resolve(artifact + "-0.1.0.pom"));
        if (jar != null) {
            Files.copy(jar, place.resolve(artifact + "-0.1.0.jar"));
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(each -> !from.relativize(each).startsWith("target")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private String run(Path project, List<String> command) throws IOException, InterruptedException {
        var out = folder.resolve("out.txt");
        var process = new ProcessBuilder(new ArrayList<>(command)).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(out));
        }
        var text = Files.readString(out);
        assertEquals(0, process.exitValue(), () -> command + ":\n" + text);
        return text;
    }
}
