package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prompt as a person uses it: keys go to a real terminal, and its screen is read. */
class TerminalTest {
    @TempDir
    private Path home;

    @Test
    void completion() throws IOException {
        Files.writeString(home.resolve("measured.csv"), "height,weight\n1.5,60\n");
        try (var tmux = Tmux.start(home, 100, 30, Map.of())) {
            tmux.enter("import io; table = io.load(\"measured.csv\");", "tfl> import", "\ntfl>");
            tmux.type("table.hei");
            tmux.keys("Tab", "Enter");
            tmux.waitFor("table.height", "f64[1]");
            tmux.type("table[\"wei");
            tmux.keys("Tab");
            tmux.type("\"]");
            tmux.keys("Enter");
            tmux.waitFor("table[\"weight\"]", "[1]");
            tmux.type("io.load(\"mea");
            tmux.keys("Tab");
            tmux.waitFor("io.load(\"measured.csv");
            tmux.keys("C-u");
            tmux.type("zeros((2,), dty");
            tmux.keys("Tab");
            tmux.type("bf");
            tmux.keys("Tab");
            tmux.type(")");
            tmux.keys("Enter");
            tmux.waitFor("zeros((2,), dtype=bf16)", "bf16[2] cpu 4 B");
            tmux.type("y = cumulative_");
            tmux.keys("Tab");
            tmux.waitFor("cumulative_prod", "running product");
            tmux.keys("C-u");
            tmux.type("x\\_1");
            tmux.keys("Tab");
            tmux.type(" = \\alpha");
            tmux.keys("Tab", "Enter");
            tmux.waitFor("x₁ = α", "TFL-E0150", "tfl>");
            tmux.clear();
            tmux.type("sum([1, 2], ");
            tmux.waitFor("tfl> sum([1, 2],", "sum(x, axis=none, keepdims=false, dtype=none)");
            tmux.type("keepdims=true)");
            tmux.keys("Enter");
            tmux.waitFor("i64[1] cpu 8 B");
            assertFalse(tmux.screen().substring(tmux.screen().lastIndexOf("sum([1")).contains("axis=none"),
                    () -> "the hint goes with the input:\n" + tmux.screen());
        }
    }

    @Test
    void severalLinesAndPastes() {
        try (var tmux = Tmux.start(home, 80, 40, Map.of())) {
            tmux.enter("fn f(x) {", "...>");
            tmux.enter("if x > 0 {", "...>   if x > 0 {\n...>");
            tmux.enter("x", "...>     x\n...>");
            tmux.enter("} else { -x }", "...>   } else { -x }\n...>");
            tmux.enter("}", "...> }\ntfl>");
            tmux.enter("f(-3)", "f(-3)\n3\ntfl>");
            tmux.type("a = 1");
            tmux.keys("M-Enter");
            tmux.waitFor("tfl> a = 1\n...>");
            tmux.enter("a + 1", "...> a + 1\n2\ntfl>");
            tmux.clear();
            tmux.paste("fn g(x) {\n  y = x +\n    1\n  y\n}\ng(1) #> 2\n#> 2\n");
            tmux.waitFor("tfl> fn g(x) {\n...>   y = x +\n...>     1\n...>   y\n...> }\n...> g(1) #> 2");
            tmux.keys("Enter");
            tmux.waitFor("\n2\ntfl>");
            tmux.clear();
            tmux.paste("tfl> h = 4\n4\ntfl> fn k(x) {\n...>   x * h\n...> }\ntfl> k(2)\n8\n");
            tmux.waitFor("tfl> h = 4\n...> fn k(x) {\n...>   x * h\n...> }\n...> k(2)");
            tmux.keys("Enter");
            tmux.waitFor("\n8\ntfl>");
            tmux.clear();
            tmux.paste("ok = 5\nbroken = nowhere\nlater = 6\n");
            tmux.keys("Enter");
            tmux.waitFor("unknown name `nowhere`", "2 | broken", "tfl>");
        }
    }

    @Test
    void history() throws IOException {
        try (var tmux = Tmux.start(home, 80, 24, Map.of())) {
            tmux.enter("first = 11", "11\ntfl>");
            tmux.enter("second = 22", "22\ntfl>");
            tmux.enter("first = 11", "11\ntfl> first = 11\n11\ntfl>".substring(3));
            tmux.enter("fn far(x) {\n  x + 100\n}", "...> }\ntfl>");
            tmux.clear();
            tmux.type("fi");
            tmux.keys("Up");
            tmux.waitFor("tfl> first = 11");
            tmux.keys("C-a", "C-k", "C-r");
            tmux.type("sec");
            tmux.waitFor("second = 22");
            tmux.keys("Enter");
            tmux.waitFor("second = 22\n22\ntfl>");
            tmux.keys("Up", "Up");
            tmux.waitFor("tfl> fn far(x) {\n...>   x + 100\n...> }");
            tmux.keys("Enter");
            tmux.enter("far(1)", "101");
            tmux.type("sec");
            tmux.waitFor("tfl> second = 22");
            tmux.keys("C-u", "C-d");
        }
        var lines = Files.readAllLines(Files.list(home.resolve("state/tfl/history")).findFirst().orElseThrow());
        assertTrue(lines.contains("fn far(x) {\\n  x + 100\\n}"), lines.toString());
        try (var tmux = Tmux.start(home, 80, 24, Map.of())) {
            tmux.type("fi");
            tmux.keys("Up");
            tmux.waitFor("tfl> first = 11");
            tmux.keys("Up", "Up");
            tmux.type(" + 1");
            tmux.keys("Enter");
            tmux.waitFor("tfl> first = 11 + 1\n12");
        }
    }
}
