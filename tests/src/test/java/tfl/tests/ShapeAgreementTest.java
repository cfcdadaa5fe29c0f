package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.Resolver;
import tfl.language.shape.Inference;
import tfl.language.source.Diagnostic;
import tfl.language.source.Located;
import tfl.language.source.Source;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** What inference says is what the running program says, to the letter; of a right program it says nothing. */
class ShapeAgreementTest {
    private static final Path PROGRAMS = Path.of("src/test/resources/programs");
    private static Session session;
    private static Set<String> globals;

    @BeforeAll
    static void start() {
        session = new Session(SessionOptions.DEFAULT, new ByteArrayOutputStream(), new ByteArrayOutputStream());
        globals = new HashSet<>();
        var names = session.service("globals");
        for (long i = 0; i < names.getArraySize(); i++) {
            globals.add(names.getArrayElement(i).asString());
        }
    }

    @AfterAll
    static void end() {
        session.close();
    }

    private static List<Located> inferred(String name, String text) {
        var module = Parser.parse(Source.of(name, text)).module();
        return Inference.of(module, Resolver.resolve(module, Known.file(globals))).problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x = ones((2, 3))⏎w = ones((4, 5))⏎x @ w",
        "x = ones((2, 3))⏎w = ones((4, 3))⏎y = x @ w",
        "ones((3, 2)) @ ones((3, 4))",
        "ones((3,)) @ ones((4,))",
        "x = ones((5, 2, 3))⏎x @ ones((4, 3, 6))",
        "x = ones((2, 3))⏎x + ones((3, 2))",
        "x = ones((2, 3))⏎x * ones((2,))",
        "x = [1, 2]⏎x - [1, 2, 3]",
        "ones((2, 3)) < ones((3, 2))",
        "x = ones((2, 3))⏎x += ones((3, 2))",
        "sum(ones((2, 3)), axis=3)",
        "x = ones((2, 3))⏎x.mean(axis=(0, 0))",
        "ones((2, 3)).argmax(axis=-3)",
        "softmax(ones((2, 3)), axis=2)",
        "x = ones((2, 3))⏎x.reshape(4, 2)",
        "reshape(ones((2, 3)), (4, -1))",
        "x = ones((2, 3))⏎x[2, 0]",
        "x = ones((2, 3))⏎x[0, -4]",
        "x = ones((2, 3))⏎x[0, 0, 0]",
        "[ones((2,)), ones((3,))]",
        "[[1, 2], [3]]",
        "concat((ones((2, 3)), ones((3, 4))), axis=0)",
        "stack((ones((2, 3)), ones((3, 4))))",
        "permute_dims(ones((2, 3)), (0, 1, 2))",
        "ones((2, 3)).squeeze(axis=0)",
        "x = ones((2, 3))⏎x.expand_dims(axis=5)",
        "maximum(ones((2, 3)), ones((4, 3)))",
        "ones((2, 3)).matmul(ones((4, 3)))",
        "fn f(x: f32[b, 3]) = x⏎w = ones((2, 4))⏎f(w)",
        "fn tail(x: f32[n]) -> f32[n] = x[1:]⏎tail(ones((4,)))",
        "fn layer(x, w) = relu(x @ w)⏎layer(ones((2, 3)), ones((4, 5)))",
        "struct Dense(w) { fn call(self, x) = x @ self.w }⏎Dense(ones((3, 4)))(ones((2, 5)))",
        "fn f(x) = x |> reshape((5,))⏎f(ones((2, 3)))",
    })
    void saysWhatTheProgramSays(String marked) {
        var text = marked.replace("⏎", "\n");
        var found = inferred("p.tfl", text);
        assertEquals(1, found.size(), () -> text + found);
        var ran = "";
        try {
            session.runText(text, "p.tfl");
        } catch (PolyglotException error) {
            ran = error.getGuestObject().getMember("report").execute(100, false, false).asString();
        }
        var told = Diagnostic.of(found.getFirst()).render(Diagnostic.Style.PLAIN);
        assertEquals(withoutCalls(ran), told);
    }

    /** Who called is known when the program runs. */
    private static String withoutCalls(String report) {
        return report.lines().filter(line -> !line.matches(" +in .* called from .*")).collect(
                Collectors.joining("\n", "", "\n"));
    }

    @Test
    void saysNothingOfRightPrograms() throws IOException {
        var wrong = new ArrayList<String>();
        int count = 0;
        for (var folder : List.of("examples", "stdlib/src", "tests/src", "tests/bench", "runtime/src")) {
            for (var file : files(WallTest.ROOT.resolve(folder))) {
                var text = Files.readString(file);
                for (var problem : inferred(file.toString(), text)) {
                    // A program that ends with an error says which.
                    if (!text.contains("#! " + problem.problem().code())) {
                        wrong.add(Diagnostic.of(problem).render(Diagnostic.Style.PLAIN));
                    }
                }
                count++;
            }
        }
        assertTrue(count > 300, () -> "hardly any files");
        assertEquals(List.of(), wrong);
    }

    /** How many of the programs that end with an error of shapes are found out before they run. */
    @Test
    void findsMostShapeErrorsOfTheGoldens() throws IOException {
        var missed = new ArrayList<String>();
        int found = 0;
        for (var file : files(PROGRAMS.resolve("errors"))) {
            var text = Files.readString(file);
            boolean isShape = List.of("301", "302", "304", "305", "306", "325", "352", "241").stream()
                    .anyMatch(code -> text.contains("#! TFL-E0" + code));
            if (isShape && inferred(file.toString(), text).isEmpty()) {
                missed.add(file.getFileName().toString());
            } else if (isShape) {
                found++;
            }
        }
        System.out.println("shape errors found without running: " + found + ", missed: " + missed);
        assertTrue(found >= 12, found + " found, missed " + missed);
        assertFalse(missed.contains("shape_matmul.tfl"), missed.toString());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(each -> each.toString().endsWith(".tfl")).sorted().toList();
        }
    }
}
