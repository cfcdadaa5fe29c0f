package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks of {@code tests/bench} compute what their peers in NumPy and PyTorch compute. */
class BenchProgramsTest {
    private static final Path BENCH = WallTest.ROOT.resolve("tests/bench");
    private static final Pattern LINE = Pattern.compile("\"workload\": \"(\\w+)\".*\"checksum\": ([-0-9.eE]+), "
            + "\"checksum_abs\": ([-0-9.eE]+)(?:.*\"rtol\": ([-0-9.eE]+))?");
    private static final Pattern BLOCK = Pattern.compile("(?m)^bench \"(\\w+)\"");

    @TempDir
    Path folder;

    /** What a peer, or TFL, computed. */
    private record Sum(double checksum, double magnitude, double tolerance) {}

    @TestFactory
    Stream<DynamicTest> checksums() throws IOException {
        var peers = sums(Files.readString(Path.of("src/test/resources/bench/checksums.jsonl")));
        return programs().stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                () -> check(file, peers)));
    }

    private void check(Path file, Map<String, Sum> peers) throws IOException, InterruptedException {
        var out = folder.resolve(file.getFileName() + ".json");
        var run = TflProcess.run(List.of("bench", "--once", "--json", out.toString(), file.toString()), "", Map.of(),
                folder);
        assertEquals(0, run.status(), run.errors());
        var mine = sums(Files.readString(out));
        assertEquals(blocks(file), new TreeSet<>(mine.keySet()));
        mine.forEach((name, sum) -> {
            var peer = peers.get(name);
            assertNotNull(peer, name);
            assertTrue(Math.abs(sum.checksum() - peer.checksum()) <= peer.tolerance() * peer.magnitude(),
                    name + ": " + sum + ", its peer " + peer);
        });
    }

    @Test
    void everyWorkloadHasAProgram() throws IOException {
        var spec = Files.readString(BENCH.resolve("workloads.json"));
        var named = Pattern.compile("\\{\"name\": \"(\\w+)\"").matcher(spec).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(List.of("startup_hello", "time_to_first_gradient"));
        var written = new TreeSet<String>();
        for (var file : programs()) {
            written.addAll(blocks(file));
        }
        assertEquals(named, written);
    }

    private static List<Path> programs() throws IOException {
        try (var files = Files.list(BENCH.resolve("programs"))) {
            return files.filter(file -> !file.endsWith("inputs.tfl")).map(Path::toAbsolutePath).sorted().toList();
        }
    }

    private static TreeSet<String> blocks(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file)).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Sum> sums(String text) {
        var sums = new LinkedHashMap<String, Sum>();
        LINE.matcher(text).results().forEach(line -> sums.put(line.group(1), new Sum(
                Double.parseDouble(line.group(2)), Double.parseDouble(line.group(3)),
                line.group(4) == null ? 0 : Double.parseDouble(line.group(4)))));
        return sums;
    }
}
