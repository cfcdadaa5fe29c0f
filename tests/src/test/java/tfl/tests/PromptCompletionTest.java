package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.session.Completer;
import tfl.session.Completion;
import tfl.session.Inspector;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** What a cursor in a text offers, to prompts, notebooks and editors. */
class PromptCompletionTest {
    private static Session session;

    @BeforeAll
    static void open() {
        session = new Session(SessionOptions.DEFAULT, new ByteArrayOutputStream(), new ByteArrayOutputStream());
        session.runFragment("""
                import nn, optim
                x = [[1.0, 2], [3, 4]]
                table = {height: [1.0], weight: [2.0], "first name": ("a",)}
                pair = ({left: 1, right: 2}, 7)
                struct Point(px, py) {
                  ## How far it is.
                  fn far(self, other, scale=1.0) = 1.0
                }
                p = Point(1.0, 2.0)
                ## Adds.
                fn add_up(first, second, rate=0.1, *rest) = first
                rate = 3
                """);
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("cursors")
    void aCursorOffers(String text, String expected) {
        var found = at(text);
        assertEquals(expected, found.candidates().stream().map(Completion.Candidate::text)
                .collect(Collectors.joining(" ")), text);
        assertEquals(text.length(), found.end());
        assertEquals(found.start(), Completer.start(text, text.length()));
    }

    private static Stream<Arguments> cursors() {
        return """
                add_               : add_up
                y = 1 + add_       : add_up
                nn.cross_e         : cross_entropy
                table.he           : height
                table["fi          : first name
                table["            : height weight first name
                pair[0].le         : left
                p.fa               : far
                p.p                : px py
                x.sha              : shape
                x.cumulative_s     : cumulative_sum
                add_up(1, ra       : rate= rand randint randn range rate
                add_up(first=1, se : second= searchsorted seed segment_sum
                add_up(1, rate=ra  : rand randint randn range rate
                x.sum(keepd        : keepdims=
                p.far(sca          : scale= scatter scatter_add
                f(zeros((2,), dtype=bf : bf16
                zeros((2,), dtype=i : i16 i32 i64 i8
                import op          : optim
                import nn, op      : optim
                from optim import sg : sgd
                y = \\alph         : α
                y = a\\_1          : ₁
                y = b\\^2          : ²
                fn f(banana) { bana : banana
                whi                : while
                "text {add_        : add_up
                # add_             :
                1.                 :
                f().x              :
                x.T.               :
                """.lines().map(line -> Arguments.of(line.substring(0, line.lastIndexOf(':')).stripTrailing(),
                        line.substring(line.lastIndexOf(':') + 1).strip()));
    }

    @Test
    void aStringOffersFiles(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("run 1"));
        Files.writeString(folder.resolve("run 1").resolve("data set.csv"), "");
        Files.writeString(folder.resolve("rain.csv"), "");
        assertEquals(List.of(new Completion.Candidate("rain.csv", "file", ""),
                new Completion.Candidate("run 1/", "folder", "")), at("io.load(\"" + folder + "/r").candidates());
        assertEquals("data set.csv", at("io.load(\"" + folder + "/run 1/data").candidates().getFirst().text());
        assertEquals(List.of(), at("io.load(\"" + folder + "/no/such/").candidates());
    }

    @Test
    void anAnswerTakesNoLongerThanATypistNotices() {
        at("x.");
        long start = System.nanoTime();
        at("");
        assertTrue(System.nanoTime() - start < 2_000_000_000L, "a hang");
    }

    @Test
    void candidatesSayWhatTheyAre() {
        assertEquals(new Completion.Candidate("add_up", "fn", "Adds."), at("add_").candidates().getFirst());
        assertEquals(new Completion.Candidate("height", "field", "f32[1]"), at("table.he").candidates().getFirst());
        assertEquals("How far it is.", at("p.fa").candidates().getFirst().doc());
    }

    @Test
    void aNameIsInspected() {
        var inspector = new Inspector(session);
        var found = inspector.at("y = add_up(1)", 6);
        assertEquals("add_up", found.name());
        assertEquals(4, found.start());
        assertEquals(10, found.end());
        assertEquals("add_up(first, second, rate=0.1, *rest)", found.signature());
        assertEquals("Adds.", found.doc());
        assertTrue(found.source().contains("= first"), found.source());
        assertEquals("rate = 3", inspector.of("rate").text(false).replace(": int", ""));
        assertEquals("f32[2, 2]", inspector.of("x").kind());
        assertEquals("How far it is.", inspector.of("p.far").doc());
        assertNull(inspector.of("nowhere"));
        assertNull(inspector.at("1 + 1", 5));
    }

    @Test
    void theCallAroundTheCursorIsInspected() {
        assertEquals(0, argument("add_up("));
        assertEquals(1, argument("add_up(f(1, 2), "));
        assertEquals(2, argument("add_up(1, rate="));
        assertEquals(3, argument("add_up(1, 2, 3, 4, "));
        assertEquals(1, argument("x.sum("));
        assertEquals(0, argument("p.far("));
        assertNull(new Inspector(session).callAt("add_up(1)", 9));
        assertEquals("sum", new Inspector(session).callAt("x.sum(", 6).signature().substring(0, 3));
        assertFalse(new Inspector(session).of("p.far").signature().contains("self"));
    }

    private static int argument(String text) {
        return new Inspector(session).callAt(text, text.length()).argument();
    }

    private static Completion at(String text) {
        return new Completer(session).at(text, text.length());
    }
}
