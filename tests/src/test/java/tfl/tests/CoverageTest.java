package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tfl test --coverage}: lines and functions that the tests of two files run together. */
class CoverageTest {
    private static final String MATHS = """
            struct Line(a, b) {
              fn call(self, x) = self.a * x + self.b
              fn unused(self) = 0
            }

            fn sign(x) {
              if x > 0 {
                return 1
              } else if x < 0 {
                return -1
              }
              0
            }

            fn never(x) = x + 1
            fn both(x) {
              y = never
              match x {
                0 -> "zero"
                _ -> "other"
              }
            }

            test "of its own" {
              assert sign(2) == 1
            }
            """;
    private static final String TABLE = """
            passed, 1 failed

            coverage                                       lines           functions           not run
            lib/maths.tfl                                   9/15   60.0%         3/5   60.0%   3, 9-15, 20
            maths_test.tfl                                   1/1  100.0%         0/0
            total                                          10/16   62.5%         3/5   60.0%
            """;

    @TempDir
    Path folder;

    @Test
    void saysWhatDidNotRun() throws Exception {
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/maths.tfl"), MATHS);
        Files.writeString(folder.resolve("maths_test.tfl"), """
                import "./lib/maths.tfl" as maths
                test "line" { assert maths.Line(2.0, 1.0)(3.0) == 7.0 }
                test "both" { assert maths.both(0) == "zero" }
                test "fails" { assert maths.both(0) == "one" }
                """);
        var ended = TflProcess.run(List.of("test", "--coverage", "--json", "coverage.json", "--lcov", "lcov.info"), "",
                Map.of(), folder);
        assertEquals(1, ended.status(), ended.errors());
        assertEquals("", ended.errors());
        assertEquals(TABLE, ended.output().substring(ended.output().indexOf("passed, ")));
        assertEquals("""
                {"files": [
                  {"file": "lib/maths.tfl", "coverage": {"lines_run": 9, "lines": 15, "functions_called": 3, \
                "functions": 5}, "lines_not_run": [3, 9, 10, 12, 15, 20], "functions_not_called": ["Line.unused", \
                "never"]},
                  {"file": "maths_test.tfl", "coverage": {"lines_run": 1, "lines": 1, "functions_called": 0, \
                "functions": 0}, "lines_not_run": [], "functions_not_called": []}
                ],
                "total": {"lines_run": 10, "lines": 16, "functions_called": 3, "functions": 5}}
                """, Files.readString(folder.resolve("coverage.json")));
        var lcov = Files.readString(folder.resolve("lcov.info"));
        assertTrue(lcov.startsWith("TN:\nSF:"), lcov);
        assertTrue(lcov.contains("FN:15,never\nFN:6,sign\n"), lcov);
        assertTrue(lcov.contains("FNF:5\nFNH:3\n"), lcov);
        assertTrue(lcov.contains("DA:15,0\n"), lcov);
        assertTrue(lcov.contains("LF:15\nLH:9\nend_of_record\n"), lcov);
    }

    @Test
    void filesWithoutCoverageAreMisuse() throws Exception {
        var ended = TflProcess.run(List.of("test", "--lcov", "lcov.info"), "", Map.of(), folder);
        assertEquals(2, ended.status(), ended.errors());
        assertTrue(ended.errors().startsWith("tfl: `--json` and `--lcov` write what `--coverage` finds"),
                ended.errors());
    }
}
