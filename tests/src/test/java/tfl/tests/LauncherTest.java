package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts that start and build TFL, in a folder with a space in its name and programs that only say how they were
 * called in place of Java and Maven.
 */
class LauncherTest {

    private static final Path REPOSITORY = WallTest.ROOT;
    private static final String JAVA = """
            #!/bin/bash
            printf '<%s>' "${@: -3}"
            printf '%s' "$JAVA_TOOL_OPTIONS"
            exit 7
            """;
    private static final List<String> ROOMS =
            List.of("language", "backends", "autodiff", "interpreter", "stdlib", "repl", "runtime");

    @TempDir
    Path temporary;

    private Path root;
    private Path installed;

    private record Outcome(int status, String output, String errors) {}

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectories(temporary.resolve("a checkout"));
        installed = root.resolve("build/tfl-1-1");
        write(installed.resolve("lib/class-path"), "one.jar two.jar \n");
        script(installed.resolve("runtime/bin/java"), JAVA);
        script(installed.resolve("bin/tfl"), Files.readString(REPOSITORY.resolve("runtime/src/main/launcher/tfl")));
        script(root.resolve("tfl"), Files.readString(REPOSITORY.resolve("tfl")));
        write(root.resolve("runtime/src/main/launcher/build.sh"),
                Files.readString(REPOSITORY.resolve("runtime/src/main/launcher/build.sh")));
        write(root.resolve("pom.xml"), "<project/>");
        for (var room : ROOMS) {
            write(root.resolve(room).resolve("pom.xml"), "<project/>");
            write(root.resolve(room).resolve("src/main/java/A.java"), "class A {}");
        }
        write(root.resolve("build/current"), "tfl-1-1\n");
        age(root.resolve("build/current"), 3600);
    }

    @Test
    void argumentsAndStatusPassThrough() throws Exception {
        var outcome = run(installed.resolve("bin/tfl"), "-e", "print('a b')");
        assertEquals(new Outcome(7, "<tfl.repl.Main><-e><print('a b')>", ""), outcome);
    }

    @Test
    void linksToTheLauncherAreFollowed() throws Exception {
        var link = Files.createSymbolicLink(temporary.resolve("link"), installed.resolve("bin/tfl"));
        var further = Files.createSymbolicLink(temporary.resolve("further"), link.getFileName());
        assertEquals("<tfl.repl.Main><x><y>", run(further, "x", "y").output());
    }

    @Test
    void optionsForOtherJavaProgramsAreIgnored() throws Exception {
        var outcome = run(Map.of("JAVA_TOOL_OPTIONS", "-Dnoise"), installed.resolve("bin/tfl"), "x", "y");
        assertEquals("<tfl.repl.Main><x><y>", outcome.output());
    }

    @Test
    void nothingIsBuiltWhenNothingChanged() throws Exception {
        makeOld(root);
        assertEquals(new Outcome(7, "<tfl.repl.Main><x><y>", ""), run(root.resolve("tfl"), "x", "y"));
    }

    @Test
    void aChangedSourceIsBuiltAndItsErrorsShown() throws Exception {
        makeOld(root);
        write(root.resolve("repl/src/main/java/A.java"), "class A { changed }");
        var tools = tools("""
                #!/bin/bash
                echo '[INFO] Building repl 0.1.0    [6/8]'
                echo '[ERROR] A.java:[1,11] <identifier> expected'
                echo '[ERROR] -> [Help 1]'
                exit 1
                """);
        var outcome = run(tools, root.resolve("tfl"), "x");
        assertEquals(new Outcome(1, "", """
                tfl: compiling repl
                A.java:[1,11] <identifier> expected
                tfl: error: the build failed; its whole log is in build/compile.log
                """), outcome);
        assertEquals("tfl-1-1\n", Files.readString(root.resolve("build/current")));
    }

    @Test
    void aRemovedSourceIsNoticed() throws Exception {
        makeOld(root);
        Files.delete(root.resolve("repl/src/main/java/A.java"));
        var outcome = run(tools("#!/bin/bash\nexit 1\n"), root.resolve("tfl"), "x");
        assertEquals(1, outcome.status());
        assertTrue(outcome.errors().contains("the build failed"), outcome.errors());
    }

    @Test
    void aMissingJdkIsExplained() throws Exception {
        Files.delete(root.resolve("build/current"));
        var script = root.resolve("runtime/src/main/launcher/build.sh");
        write(script, Files.readString(script).replaceAll("/(usr|opt)/", "/nowhere/"));
        var outcome = run(Map.of("HOME", temporary.toString(), "JAVA_HOME", ""), root.resolve("tfl"), "x");
        assertEquals(1, outcome.status());
        assertTrue(outcome.errors().startsWith("tfl: error: no JDK 25 found"), outcome.errors());
        assertTrue(outcome.errors().contains("tfl: help: install a JDK 25"), outcome.errors());
    }

    @Test
    void aMissingMavenIsExplained() throws Exception {
        Files.delete(root.resolve("build/current"));
        var outcome = run(tools(null), root.resolve("tfl"), "x");
        assertEquals(1, outcome.status());
        assertTrue(outcome.errors().startsWith("tfl: error: mvn"), outcome.errors());
        assertFalse(Files.exists(root.resolve("build/current")));
    }

    /** An environment with what the scripts need, the given Maven if any, and something that looks like a JDK 25. */
    private Map<String, String> tools(String maven) throws IOException {
        var jdk = temporary.resolve("jdk");
        script(jdk.resolve("bin/javac"), "#!/bin/bash\n");
        script(jdk.resolve("bin/jlink"), "#!/bin/bash\n");
        write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        var folder = Files.createDirectories(temporary.resolve("tools"));
        for (var name : List.of("find", "mkdir", "rm", "readlink", "grep", "sed", "awk", "head", "tee", "touch",
                "flock")) {
            for (var place : System.getenv("PATH").split(File.pathSeparator)) {
                var tool = Path.of(place, name);
                if (Files.isExecutable(tool) && Files.notExists(folder.resolve(name))) {
                    script(folder.resolve(name), "#!/bin/bash\nexec %s \"$@\"\n".formatted(tool));
                }
            }
        }
        if (maven != null) {
            script(folder.resolve("mvn"), maven);
        }
        return Map.of("PATH", folder.toString(), "JAVA_HOME", jdk.toString());
    }

    private Outcome run(Path program, String... arguments) throws Exception {
        return run(Map.of(), program, arguments);
    }

    private Outcome run(Map<String, String> environment, Path program, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("/bin/bash", program.toString()));
        command.addAll(List.of(arguments));
        var output = temporary.resolve("output").toFile();
        var errors = temporary.resolve("errors").toFile();
        var builder = new ProcessBuilder(command)
                .directory(temporary.toFile()).redirectOutput(output).redirectError(errors);
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(output.toPath()), Files.readString(errors.toPath()));
    }

    private void makeOld(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(f -> !f.startsWith(folder.resolve("build"))).toList()) {
                age(file, 7200);
            }
        }
    }

    private static void age(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void script(Path file, String text) throws IOException {
        write(file, text);
        assertTrue(file.toFile().setExecutable(true));
    }
}
