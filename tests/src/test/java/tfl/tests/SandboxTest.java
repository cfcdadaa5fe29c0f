package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program may not do unless whoever runs it says so, and what it is told then. */
class SandboxTest {
    private static final String FILES = "TFL-E0640 Permission.READ_FILES allowIO";
    private static final String NETWORK = "TFL-E0641 Permission.NETWORK allowHostSocketAccess";
    private static final String JAVA = "TFL-E0642 Permission.JAVA_CLASSES allowHostClassLookup";

    /** Script, and what its error names. */
    private static final String REFUSED = """
            import io; io.load("/etc/hostname.txt")  =>  FILES
            import io; io.load("x.npy.gz")  =>  FILES
            import io; io.map("x.npy")  =>  FILES
            import io; io.metadata("x.npz")  =>  FILES
            import io; io.read_bytes("/etc/passwd")  =>  FILES
            import io; io.exists("/etc/passwd")  =>  FILES
            import io; io.list("/")  =>  FILES
            import io; io.save("x.npy", [1.0])  =>  FILES
            import io; io.make_folder("x")  =>  FILES
            import io; io.remove("x")  =>  FILES
            import io; io.temporary()  =>  FILES
            import "./other.tfl" as other  =>  FILES
            import data; for x in data.lines("/etc/passwd") { }  =>  FILES
            import data; for x in data.images("/tmp") { }  =>  FILES
            import data; for x in data.items((1, 2)).cache("x.cache") { }  =>  FILES
            import data; data.mnist()  =>  NETWORK
            import data; data.mnist("/tmp")  =>  FILES
            import data; data.download("http://localhost/x", "./x")  =>  NETWORK
            import data; data.download("http://localhost/x", "x")  =>  NETWORK
            import nn; nn.save([1.0], "x.safetensors")  =>  FILES
            import nn; nn.load("x.safetensors", [1.0])  =>  FILES
            import plot; plot.line([1.0, 2]).save("x.svg")  =>  FILES
            import summary; summary.writer("runs")  =>  FILES
            import train.files as files; files.load("runs")  =>  FILES
            import java "java.lang.System" as System  =>  JAVA
            import java "java.net.Socket" as Socket  =>  JAVA
            import java "java.lang.ProcessBuilder" as Process  =>  JAVA
            import java "java.io.File" as File  =>  JAVA
            """;

    /** What needs no permission. */
    private static final String ALLOWED = """
            import io; assert io.bundled("digits.csv.gz").shape[0] == 1797
            import data; assert len((x for x in data.range(4).map(x -> x * 2, parallel=2).prefetch(2))) == 4
            import linalg; assert linalg.inv([[2.0, 0], [0, 4]])[1, 1] == 0.25
            @graph fn f(x) = x * 2 + 1; for i in 0..9 { f([1.0, 2]) }; assert f([1.0, 2])[1] == 5.0
            assert conv(ones((1, 1, 8, 8)), ones((2, 1, 3, 3))).shape == (1, 2, 6, 6)
            import plot; assert len(plot.line([1.0, 2]).svg()) > 100
            """;

    @TempDir
    Path folder;

    static Stream<String[]> refused() {
        return REFUSED.lines().map(line -> line.split("  =>  "));
    }

    static Stream<String> allowed() {
        return ALLOWED.lines();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedAndNamesThePermission(String script, String permission) {
        try (var context = Context.create("tfl")) {
            var error = assertThrows(PolyglotException.class, () -> context.eval("tfl", script));
            assertTrue(error.isGuestException() && !error.isInternalError(), error::toString);
            var report = error.getGuestObject().getMember("report").execute(100, false, true).asString();
            var named = switch (permission) {
                case "FILES" -> FILES;
                case "NETWORK" -> NETWORK;
                default -> JAVA;
            };
            for (var part : named.split(" ")) {
                assertTrue(report.contains(part), () -> part + " is not in\n" + report);
            }
            assertEquals("permission", error.getGuestObject().getMember("kind").asString());
        }
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void needsNoPermission(String script) {
        try (var context = Context.create("tfl")) {
            assertDoesNotThrow(() -> context.eval("tfl", script));
        }
    }

    @Test
    void aSystemOfFilesThatIsGivenIsHonoured() throws IOException {
        Files.writeString(folder.resolve("given.txt"), "given");
        Files.writeString(folder.resolve("part.tfl"), "fn twice(x) = 2 * x");
        var readable = FileSystem.newReadOnlyFileSystem(FileSystem.newDefaultFileSystem());
        try (var context = Context.newBuilder("tfl").currentWorkingDirectory(folder).allowIO(
                IOAccess.newBuilder().fileSystem(readable).build()).build()) {
            assertEquals("given", context.eval("tfl", "import io; io.load(\"given.txt\")").asString());
            assertEquals(6, context.eval("tfl", "import \"./part.tfl\" as part; part.twice(3)").asInt());
            assertEquals("(\"given.txt\", \"part.tfl\")", context.eval("tfl", "io.list(\".\")").toString());
            for (var writing : List.of("io.save(\"new.txt\", \"x\")", "io.remove(\"given.txt\")",
                    "io.make_folder(\"new\")", "import nn; nn.save([1.0], \"w.safetensors\")",
                    "import plot; plot.line([1.0, 2]).save(\"x.svg\")", "import summary; summary.writer(\"runs\")")) {
                var error = assertThrows(PolyglotException.class, () -> context.eval("tfl", writing), writing);
                assertEquals("TFL-E0640", error.getGuestObject().getMember("code").asString(), error::getMessage);
            }
        }
        try (var left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void onlyTheDoorsReachOutOfTheProgram() throws IOException {
        var reaching = Pattern.compile("\\bjava\\.nio\\.file\\.Files\\b|\\bFileChannel\\b|\\bFile(In|Out)putStream\\b"
                + "|\\bRandomAccessFile\\b|\\bjava\\.io\\.File\\b|\\bjava\\.net\\.|\\bProcessBuilder\\b|\\.exec\\("
                + "|\\bgetenv\\b|\\bgetInternalTruffleFile\\b");
        // The last reads what the system says of this process, at names that no program chooses.
        var doors = List.of("builtin/Disk.java", "data/Download.java", "measure/Load.java");
        for (var room : List.of("interpreter", "stdlib", "autodiff")) {
            for (var source : JavaSource.below(WallTest.ROOT, WallTest.ROOT.resolve(room + "/src/main/java"))) {
                if (doors.stream().noneMatch(door -> source.path().endsWith(door))) {
                    assertFalse(reaching.matcher(source.code()).find(), source.path()::toString);
                }
            }
        }
    }
}
