package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tfl.session.Screen;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** Errors on their way out of TFL, into it, and through it. */
class InteropErrorTest {
    private final Context context = Context.newBuilder("tfl").option("engine.WarnInterpreterOnly", "false")
            .allowHostAccess(HostAccess.ALL).allowHostClassLookup(name -> true).build();

    @AfterEach
    void close() {
        context.close();
    }

    private Value eval(String text) {
        return context.eval(Source.newBuilder("tfl", text, "model.tfl").buildLiteral());
    }

    private PolyglotException fails(String text) {
        return assertThrows(PolyglotException.class, () -> eval(text));
    }

    @Test
    void anErrorHasItsPlaceAndItsFacts() {
        var error = fails("x = [1, 2]\ny = x + [1, 2, 3]");
        assertTrue(error.isGuestException() && !error.isInternalError() && !error.isSyntaxError());
        assertEquals("x + [1, 2, 3]", error.getSourceLocation().getCharacters().toString());
        assertEquals(2, error.getSourceLocation().getStartLine());
        assertEquals("model.tfl", error.getSourceLocation().getSource().getName());
        var guest = error.getGuestObject();
        assertTrue(guest.isException());
        assertEquals("shape", guest.getMember("kind").asString());
        assertTrue(guest.getMember("code").asString().startsWith("TFL-E"));
        assertEquals(error.getMessage(), guest.getMember("message").asString());
        assertTrue(guest.getMember("report").execute(80, false, true).asString().contains("model.tfl:2:5"));
        assertTrue(guest.hasMember("help"));
    }

    @Test
    void anErrorOfTheLibraryIsAtTheUsersLine() {
        var error = fails("import nn\nx = nn.dense(3, 4)(ones((2, 5)))");
        assertEquals(2, error.getSourceLocation().getStartLine());
        assertEquals("model.tfl", error.getSourceLocation().getSource().getName());
    }

    @Test
    void syntaxErrorsAreSo() {
        var wrong = fails("x = 1\ny = +* 2");
        assertTrue(wrong.isSyntaxError() && !wrong.isIncompleteSource());
        assertEquals(2, wrong.getSourceLocation().getStartLine());
        assertTrue(fails("x = (1,").isIncompleteSource());
        assertTrue(fails("y = unknown").isSyntaxError());
    }

    @Test
    void javasExceptionsAreCaughtAndUncaught() {
        assertEquals("host For input string: \"x\" 3", eval("""
                import java "java.lang.Integer" as Integer
                try {
                  Integer.parseInt("x")
                } catch e { "{e.kind} {e.message} {e.line}" }""").asString());
        var mine = new IllegalStateException("mine");
        Callable<Object> thrower = () -> {
            throw mine;
        };
        var error = assertThrows(PolyglotException.class, () -> eval("f -> f()").execute(thrower));
        assertTrue(error.isHostException());
        assertSame(mine, error.asHostException());
    }

    @Test
    void anUncaughtExceptionOfJavaShowsTheUsersLine() {
        try (var session = new Session(SessionOptions.DEFAULT, new ByteArrayOutputStream(),
                new ByteArrayOutputStream())) {
            var error = assertThrows(PolyglotException.class, () -> session.runText("""
                    import java "java.lang.Integer" as Integer
                    fn number(text) = Integer.parseInt(text)
                    number("x")
                    """, "<text>"));
            String report = session.report(error, new Screen(100, false), true);
            assertTrue(report.startsWith("error: Java: NumberFormatException: For input string: \"x\""), report);
            assertTrue(report.contains("<text>:2:19") && report.contains("fn number(text) = Integer.parseInt(text)"),
                    report);
            assertFalse(report.contains("\tat "), report);
        }
    }

    /** A function of TFL fails inside of a Java function that TFL called: the error stays the same. */
    @Test
    void anErrorKeepsItsIdentityThroughJava() {
        var inner = eval("() -> error(\"deep\", kind=\"value\", code=\"TFL-E0200\")");
        Callable<Object> through = () -> inner.execute();
        assertEquals("value deep", eval("f -> { try { f() } catch e { \"{e.kind} {e.message}\" } }").execute(through)
                .asString());
        var seen = new PolyglotException[1];
        Callable<Object> watching = () -> {
            try {
                return inner.execute();
            } catch (PolyglotException error) {
                seen[0] = error;
                throw error;
            }
        };
        var error = assertThrows(PolyglotException.class, () -> eval("f -> f()").execute(watching));
        assertEquals(seen[0].getGuestObject(), error.getGuestObject());
        assertEquals(1, error.getSourceLocation().getStartLine());
    }

    @Test
    void exitIsExit() {
        // The exit closes its context.
        var ending = Context.newBuilder("tfl").option("engine.WarnInterpreterOnly", "false").build();
        var error = assertThrows(PolyglotException.class, () -> ending.eval("tfl", "exit(3)"));
        assertTrue(error.isExit());
        assertEquals(3, error.getExitStatus());
    }

    @Test
    void anInterruptIsOne() throws TimeoutException, InterruptedException {
        var seen = new PolyglotException[1];
        var runner = new Thread(() -> {
            seen[0] = assertThrows(PolyglotException.class, () -> eval("{ n = 0; while true { n = (n + 1) % 7 } }"));
        });
        runner.start();
        Thread.sleep(500);
        context.interrupt(Duration.ofSeconds(20));
        runner.join(20_000);
        assertTrue(seen[0].isInterrupted());
        assertEquals(2, eval("1 + 1").asInt());
    }
}
