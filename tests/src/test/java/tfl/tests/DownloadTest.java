package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files from the network: ranges, broken connections, wrong checksums. The server is on this machine. */
class DownloadTest {
    private static final int BYTES = 300_000;
    private final byte[] content = new byte[BYTES];
    /** What the requests asked for: the first byte of a range, 0 for none. */
    private final List<Integer> starts = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String sum;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        new Random(7).nextBytes(content);
        sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/whole", exchange -> send(exchange, true, BYTES));
        server.createContext("/breaks", exchange -> send(exchange, true, 100_000));
        server.createContext("/forgetful", exchange -> send(exchange, false, starts.isEmpty() ? 100_000 : BYTES));
        server.createContext("/missing", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Sends from where the range begins, and breaks off after {@code most} bytes. */
    private void send(HttpExchange exchange, boolean ranges, int most) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        int start = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        starts.add(start);
        if (ranges && start >= BYTES) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        int from = ranges ? start : 0;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, BYTES - from);
        var out = exchange.getResponseBody();
        out.write(content, from, Math.min(most, BYTES - from));
        out.flush();
        // Closing before all bytes are written breaks the connection.
        exchange.close();
    }

    private Outcome fetch(String what, String checksum) {
        var address = "http://localhost:" + server.getAddress().getPort() + "/" + what;
        return Outcome.of(new Program("fetch.tfl", "import data\nprint(data.download(\"" + address + "\", \""
                + folder.resolve("file.bin") + "\", sha256=" + (checksum == null ? "none" : "\"" + checksum + "\"")
                + "))"), null);
    }

    private void assertThere() throws IOException {
        assertArrayEquals(content, Files.readAllBytes(folder.resolve("file.bin")));
        assertFalse(Files.exists(folder.resolve("file.bin.part")));
    }

    @Test
    void aFileIsFetchedOnce() throws IOException {
        assertEquals(folder.resolve("file.bin") + "\n", fetch("whole", sum).output());
        assertThere();
        assertEquals(folder.resolve("file.bin") + "\n", fetch("whole", sum).output());
        assertEquals(List.of(0), starts);
    }

    @Test
    void aBrokenConnectionGoesOnWhereItBroke() throws IOException {
        assertFalse(fetch("breaks", sum).failed());
        assertThere();
        assertEquals(3, starts.size());
        assertTrue(starts.get(1) > 0 && starts.get(2) > starts.get(1), starts::toString);
    }

    @Test
    void aLaterCallGoesOnToo() throws IOException {
        Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(content, 123_456));
        assertFalse(fetch("whole", sum).failed());
        assertThere();
        assertEquals(List.of(123_456), starts);
    }

    @Test
    void aServerWithoutRangesStartsOver() throws IOException {
        assertFalse(fetch("forgetful", sum).failed());
        assertThere();
    }

    @Test
    void aWrongChecksumLeavesNothing() throws IOException {
        var outcome = fetch("whole", "0".repeat(64));
        assertEquals("TFL-E0538", outcome.code());
        assertTrue(outcome.report().contains(sum), outcome::report);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aDamagedPartIsNoticed() throws IOException {
        Files.write(folder.resolve("file.bin.part"), new byte[1000]);
        assertEquals("TFL-E0538", fetch("whole", sum).code());
        assertFalse(fetch("whole", sum).failed());
        assertThere();
    }

    @Test
    void aPartThatIsWholeNeedsNoMoreBytes() throws IOException {
        Files.write(folder.resolve("file.bin.part"), content);
        assertFalse(fetch("whole", sum).failed());
        assertThere();
    }

    @Test
    void aMissingFileSaysSo() {
        var outcome = fetch("missing", sum);
        assertEquals("TFL-E0537", outcome.code());
        assertTrue(outcome.report().contains("404"), outcome::report);
    }

    @Test
    void noServerSaysSo() {
        server.stop(0);
        assertEquals("TFL-E0537", fetch("whole", sum).code());
    }
}
