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
            tmux.enter("fn far(x) {", "tfl> fn far(x) {\n...>");
            tmux.enter("x + 100", "...>   x + 100\n...>");
            tmux.enter("}", "...> }\ntfl>");
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
            tmux.keys("Right");
            tmux.type("0");
            tmux.keys("Enter");
            tmux.waitFor("tfl> second = 220\n220\ntfl>");
            tmux.keys("C-d");
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

    @Test
    void theSession() throws IOException {
        Files.createDirectories(home.resolve("tfl"));
        Files.writeString(home.resolve("tfl/startup.tfl"), "started = 5\n:keys emacs\n");
        Files.writeString(home.resolve("m.tfl"), "fn twice(x) = 2 * x\n");
        Files.writeString(home.resolve("editor"), "#!/bin/sh\nsed -i s/21/22/ \"$1\"\n");
        assertTrue(home.resolve("editor").toFile().setExecutable(true));
        try (var tmux = Tmux.start(home, 90, 40, Map.of("EDITOR", "./editor"), "--quiet")) {
            assertTrue(tmux.screen().startsWith("tfl>"), "no banner: " + tmux.screen());
            tmux.enter("started + 1", "6\ntfl>");
            tmux.enter("from \"./m.tfl\" import twice", "\ntfl>");
            tmux.enter("fn mine(x) = twice(x) + 1", "x) + 1\ntfl>");
            tmux.enter("mine(21)", "43\ntfl>");
            tmux.enter("ans + 1", "44\ntfl>");
            Files.writeString(home.resolve("m.tfl"), "fn twice(x) = 20 * x\n");
            tmux.enter("mine(1)", "reloaded ./m.tfl\n21\ntfl>");
            Files.writeString(home.resolve("m.tfl"), "fn twice(x) = 2 *\n");
            tmux.enter("mine(2)", "./m.tfl was not reloaded", "TFL-E0110", "41\ntfl>");
            Files.writeString(home.resolve("m.tfl"), "fn twice(x) = 2 * x\n");
            tmux.enter(":reload", "reloaded ./m.tfl\ntfl>");
            tmux.clear();
            tmux.enter("x = rand((3, 2));", "\ntfl>");
            tmux.enter("x[0, 0] = 7; y = nowhere", "unknown name `nowhere`", "tfl>");
            tmux.enter("z = 1; x = 1 / 0", "TFL-E", "tfl>");
            tmux.enter("z", "\n1\ntfl>");
            tmux.enter(":undo", "undone: z\ntfl>");
            tmux.enter(":undo", "undone: z = 1; x = 1 / 0\ntfl>");
            tmux.enter("z", "unknown name `z`", "tfl>");
            tmux.clear();
            tmux.enter(":vars", "name", "kind", "shape", "dtype", "bytes", "device", "x  ", "tensor", "(3, 2)", "f32",
                    "24 B", "cpu");
            tmux.enter(":drop x", "tfl>");
            tmux.enter(":drop x", "there is no variable x to drop");
            tmux.enter(":undo", "undone: :drop x");
            tmux.enter("x.shape", "(3, 2)\ntfl>");
            tmux.clear();
            tmux.enter("2 * 21", "42\ntfl>");
            tmux.enter(":edit", "2 * 22\n44\ntfl>");
            tmux.enter(":save s.tfl", "wrote 12 inputs to s.tfl\ntfl>");
            tmux.enter(":reset", "tfl>");
            tmux.enter("started", "unknown name `started`");
            tmux.clear();
            tmux.enter(":load s.tfl", "tfl>");
            tmux.enter("ans", "\n44\ntfl>");
            tmux.enter(":timeit 1 + 1", "a run (median of", "the first run");
            tmux.enter(":profile sum(rand((50, 50)) @ rand((50, 50)));", "in all", "function", "operation", "@");
            tmux.clear();
            tmux.enter("?twice", "twice(x)");
            tmux.enter("twice??", "fn twice(x) = 2 * x");
            tmux.enter("traced = graph(twice)", "tfl>");
            tmux.enter("traced??", "fn twice(x) = 2 * x");
            tmux.enter(":apropos logarithm", "log");
            tmux.enter(":mem", "tensors");
            tmux.enter("x.shap", "did you mean", "tfl>");
            tmux.enter("sum(x, axi=0)", "axis", "tfl>");
            tmux.enter("exit(3)", "ended with 3");
        }
    }

    @Test
    void keysAndOddTerminals() {
        try (var tmux = Tmux.start(home, 80, 24, Map.of("NO_COLOR", "1"), "--no-startup")) {
            tmux.enter("error(\"e\")", "error: e", "tfl>");
            tmux.type("sum([1, 2]) + \"a");
            tmux.keys("C-c");
            tmux.enter("1 + 1", "2\ntfl>");
            assertFalse(tmux.colouredScreen().contains("\033["), tmux.colouredScreen());
            tmux.enter(":keys vi", "tfl>");
            tmux.type("abc");
            tmux.keys("Escape");
            tmux.type("0x");
            tmux.waitFor("tfl> bc");
            tmux.type("ddi3 + 4");
            tmux.keys("Enter");
            tmux.waitFor("tfl> 3 + 4\n7\ntfl>");
            tmux.enter(":keys emacs", "tfl>");
            tmux.enter(":keys nano", ":keys takes emacs or vi");
            tmux.resize(40, 20);
            tmux.clear();
            tmux.enter("arange(40)", "i64[40]", "39]\ntfl>");
            assertTrue(tmux.screen().lines().allMatch(line -> line.length() <= 40), tmux.screen());
            tmux.enter("\"日本語 and ∇f\"", "\"日本語 and ∇f\"\ntfl>");
            tmux.type("for _ in 0..1 { print(6 * 111); while true { } }");
            tmux.keys("Enter");
            // The terminal drops what is still to be read when ^C comes, and what does not run yet has nothing to stop.
            tmux.waitFor("666");
            tmux.keys("C-c");
            tmux.waitFor("interrupted", "tfl>");
            tmux.keys("C-c", "C-c");
            tmux.enter("5 * 5", "25\ntfl>");
            tmux.keys("C-d");
            tmux.waitFor("ended with 0");
        }
        try (var tmux = Tmux.start(home, 80, 24, Map.of("TERM", "dumb"), "--quiet")) {
            tmux.enter("1 + 2", "3\ntfl>");
            tmux.enter("fn f(x) {", "");
            tmux.enter("x }", "tfl>");
            tmux.enter("f(8)", "8\ntfl>");
            assertFalse(tmux.colouredScreen().contains("\033["), tmux.colouredScreen());
        }
    }
}
