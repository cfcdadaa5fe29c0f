package tfl.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tfl.notebooks.json.Fields;
import tfl.notebooks.json.Json;

/** A page in headless Chromium, driven over the protocol of its developer tools. */
final class ChromePage implements AutoCloseable, WebSocket.Listener {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Pattern ADDRESS = Pattern.compile("ws://\\S+");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(180);
    private final Process process;
    private final WebSocket socket;
    private final Map<Long, CompletableFuture<Fields>> waiting = new ConcurrentHashMap<>();
    private final StringBuilder received = new StringBuilder();
    private long sent;

    /** Opens an address; the test is skipped where there is no Chromium. */
    ChromePage(Path folder, String address, int width, int height) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + "; apt-get install chromium");
        var said = folder.resolve("chromium.txt");
        this.process = new ProcessBuilder(CHROMIUM.toString(), "--headless", "--no-sandbox", "--disable-gpu",
                "--hide-scrollbars", "--remote-debugging-port=0", "--window-size=" + width + "," + height,
                "--user-data-dir=" + folder.resolve("chromium"), "about:blank").redirectErrorStream(true)
                .redirectOutput(said.toFile()).start();
        var browser = URI.create(saying(said, ADDRESS, process));
        try (var client = HttpClient.newHttpClient()) {
            var made = client.send(HttpRequest.newBuilder(URI.create("http://" + browser.getAuthority()
                    + "/json/new?about:blank")).PUT(HttpRequest.BodyPublishers.noBody()).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            var target = URI.create(Fields.of(Json.parse(made.body())).text("webSocketDebuggerUrl", ""));
            this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(target, this).join();
        }
        call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1,
                "mobile", false));
        call("Page.navigate", Map.of("url", address));
    }

    /** What a process writes to a file that looks like this, once it has. */
    static String saying(Path file, Pattern pattern, Process process) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            var found = pattern.matcher(Files.readString(file));
            if (found.find()) {
                return found.group();
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("no " + pattern + " in:\n" + Files.readString(file));
            }
            Thread.sleep(100);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        received.append(part);
        if (last) {
            var text = received.toString();
            received.setLength(0);
            try {
                var message = Fields.of(Json.parse(text.getBytes(StandardCharsets.UTF_8)));
                var answer = waiting.remove(message.number("id", -1));
                if (answer != null) {
                    answer.complete(message);
                }
            } catch (IOException broken) {
                throw new IllegalStateException(text, broken);
            }
        }
        from.request(1);
        return null;
    }

    private Fields call(String method, Map<String, Object> parameters) throws InterruptedException {
        long id = ++sent;
        var answer = new CompletableFuture<Fields>();
        waiting.put(id, answer);
        socket.sendText(new String(Json.bytes(Map.of("id", id, "method", method, "params", parameters)),
                StandardCharsets.UTF_8), true).join();
        try {
            return answer.get(60, TimeUnit.SECONDS).fields("result");
        } catch (ExecutionException | TimeoutException silent) {
            throw new AssertionError(method + " has no answer", silent);
        }
    }

    /** The value of an expression of JavaScript. */
    Object value(String expression) throws InterruptedException {
        return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true))
                .fields("result").map().get("value");
    }

    /** Waits until an expression is true. */
    void waitFor(String condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!Boolean.TRUE.equals(value("Boolean(" + condition + ")"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waiting for " + condition + " in:\n" + value("document.body.innerText"));
            }
            Thread.sleep(200);
        }
    }

    /** A PNG of what is seen. */
    byte[] picture() throws InterruptedException {
        return Base64.getDecoder().decode(call("Page.captureScreenshot", Map.of("format", "png")).text("data", ""));
    }

    @Override
    public void close() {
        socket.abort();
        var all = process.descendants().toList();
        process.destroyForcibly();
        List.copyOf(all).forEach(ProcessHandle::destroyForcibly);
    }
}
