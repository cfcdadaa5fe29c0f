package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code display}, {@code clear_output} and {@code input} do in a notebook, and elsewhere. */
class DisplayTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> events = new ArrayList<>();
    private String answer;
    private Context context;

    private void start(InputStream in) {
        context = Context.newBuilder("tfl").allowAllAccess(true).out(out).err(out).in(in)
                .option("engine.WarnInterpreterOnly", "false").build();
    }

    private void notebook() {
        start(InputStream.nullInputStream());
        ProxyExecutable notebook = arguments -> {
            events.add(text(arguments));
            return arguments[0].asString().equals("input") ? answer : null;
        };
        context.getBindings("tfl").getMember("__session__").getMember("attach").execute(notebook);
    }

    private static String text(Value[] arguments) {
        var text = new StringBuilder();
        for (var argument : arguments) {
            text.append(text.isEmpty() ? "" : " ").append(argument.isNull() ? "none"
                    : argument.hasMember("text/plain") ? argument.getMember("text/plain") : argument);
        }
        return text.toString();
    }

    @AfterEach
    void close() {
        context.close(true);
    }

    @Test
    void aNotebookShowsReplacesAndClears() {
        notebook();
        context.eval("tfl", "print(\"before\"); display([1, 2]); display(1, id=\"a\"); "
                + "display(2.5, id=\"a\", update=true); clear_output(); clear_output(wait=true)");
        assertEquals(List.of("display i64[2] cpu 16 B\n[1, 2] none false", "display 1 a false", "display 2.5 a true",
                "clear false", "clear true"), events);
        assertEquals("before\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aGraphDisplaysWheneverItRuns() {
        notebook();
        context.eval("tfl", "f = graph(x -> { display(x * 2, id=\"x\"); x })\nf(1.0); f(4.0)");
        assertEquals(List.of("display 2.0 x false", "display 8.0 x false"), events);
    }

    @Test
    void aNotebookAsksItsUser() {
        notebook();
        answer = "Ada";
        assertEquals("Ada!", context.eval("tfl", "input(\"who? \") + \"!\"").asString());
        assertEquals(List.of("input who? "), events);
        answer = null;
        assertEquals("TFL-E0610", context.eval("tfl", "try { input() } catch e { e.code }").asString());
    }

    @Test
    void elsewhereInputReadsLines() {
        start(new ByteArrayInputStream("Grüße\r\n\nlast".getBytes(StandardCharsets.UTF_8)));
        assertEquals("(\"Grüße\", \"\", \"last\", \"TFL-E0610\")", context.eval("tfl",
                "(input(\"? \"), input(), input(), try { input() } catch e { e.code })").toString());
        assertEquals("? ", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whoWaitsForALineCanBeInterrupted() throws Exception {
        var typed = new PipedOutputStream();
        start(new PipedInputStream(typed));
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return context.eval("tfl", "input()").asString();
            } catch (PolyglotException error) {
                return "interrupted " + error.isInterrupted();
            }
        });
        Thread.sleep(500);
        context.interrupt(Duration.ofSeconds(10));
        assertEquals("interrupted true", waiting.get(10, TimeUnit.SECONDS));
        typed.write("kept\n".getBytes(StandardCharsets.UTF_8));
        typed.flush();
        assertTrue(context.eval("tfl", "input() == \"kept\"").asBoolean());
    }
}
