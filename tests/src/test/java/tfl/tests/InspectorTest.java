package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tfl --inspect}, with a client of the Chrome DevTools protocol over its WebSocket. */
class InspectorTest {
    private static final int LIMIT_SECONDS = 60;
    private static final Pattern ADDRESS = Pattern.compile("ws=([^\\s&]+)");
    private static final String PROGRAM = """
            fn area(w, h) {
              product = w * h
              product + 0.0
            }
            size = {w: [1.0, 2], h: 3}
            print(area(size.w, size.h))
            """;

    @TempDir
    Path folder;

    /** A connection: messages go out numbered, answers and events come in. */
    private static final class Client implements WebSocket.Listener, AutoCloseable {
        private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final HttpClient http = HttpClient.newHttpClient();
        private final WebSocket socket;
        private int last;

        Client(String address) throws Exception {
            socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://" + address), this)
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                received.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        /** Asks, and waits for the answer. */
        JsonObject ask(String method, String parameters) throws Exception {
            int id = ++last;
            socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return await("\"id\":" + id + "[,}]").getAsJsonObject("result");
        }

        /** Waits for an event. */
        JsonObject event(String method) throws Exception {
            return await("\"method\":\"" + Pattern.quote(method) + "\"").getAsJsonObject("params");
        }

        private JsonObject await(String pattern) throws Exception {
            var wanted = Pattern.compile(pattern);
            for (String text = next(); text != null; text = next()) {
                if (wanted.matcher(text).find()) {
                    return JsonParser.parseString(text).getAsJsonObject();
                }
            }
            throw new AssertionError("no message " + pattern);
        }

        private String next() throws InterruptedException {
            return received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            socket.abort();
            http.shutdownNow();
        }
    }

    @Test
    void stopsShowsAndEvaluates() throws Exception {
        var file = Files.writeString(folder.resolve("area.tfl"), PROGRAM);
        var process = new ProcessBuilder(TflProcess.command(List.of("--inspect=0", file.toString())))
                .directory(folder.toFile()).start();
        try (var client = new Client(address(process))) {
            client.ask("Runtime.enable", "{}");
            client.ask("Debugger.enable", "{}");
            client.ask("Debugger.setBreakpointByUrl", "{\"lineNumber\":2,\"url\":\"" + file.toUri() + "\"}");
            client.ask("Runtime.runIfWaitingForDebugger", "{}");
            assertEquals("<module>", text(frame(client.event("Debugger.paused"), 0), "functionName"));
            client.ask("Debugger.resume", "{}");
            var paused = client.event("Debugger.paused");
            var top = frame(paused, 0);
            assertEquals("area", text(top, "functionName"));
            assertEquals(2, top.getAsJsonObject("location").get("lineNumber").getAsInt());
            assertEquals("<module>", text(frame(paused, 1), "functionName"));
            var scope = top.getAsJsonArray("scopeChain").get(0).getAsJsonObject().getAsJsonObject("object");
            var variables = client.ask("Runtime.getProperties", "{\"objectId\":\"" + text(scope, "objectId") + "\"}");
            var shown = new ArrayList<String>();
            variables.getAsJsonArray("result").forEach(each -> shown.add(variable(each.getAsJsonObject())));
            assertEquals(List.of("w tensor f32[2] cpu [1.0, 2.0]", "h 3",
                    "product tensor f32[2] cpu [3.0, 6.0]"), shown);
            var sum = client.ask("Debugger.evaluateOnCallFrame", "{\"callFrameId\":\"" + text(top, "callFrameId")
                    + "\",\"expression\":\"sum(product) + h\"}");
            assertEquals("tensor f32[] cpu 12.0", text(sum.getAsJsonObject("result"), "description"));
            client.ask("Debugger.resume", "{}");
            assertEquals("[3.0, 6.0]\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).getAsString();
    }

    private static String variable(JsonObject property) {
        return text(property, "name") + " " + text(property.getAsJsonObject("value"), "description");
    }

    private static JsonObject frame(JsonObject paused, int index) {
        return paused.getAsJsonArray("callFrames").get(index).getAsJsonObject();
    }

    private static String address(Process process) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> { }));
                return address.group(1);
            }
        }
        throw new AssertionError("the inspector says no address");
    }
}
