package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code tfl lsp} begins and ends, with clients that behave and with others. */
class LspLifeTest {
    @TempDir
    Path folder;

    @Test
    void endsInOrderAfterShutdown() throws Exception {
        try (var client = new LspClient()) {
            var can = client.initialize(folder).getCapabilities();
            assertEquals("utf-16", can.getPositionEncoding());
            assertEquals(0, client.shutdown());
        }
    }

    @Test
    void endsWithOneWhenNobodySaidShutdown() throws Exception {
        try (var client = new LspClient()) {
            client.initialize(folder);
            client.server().exit();
            assertEquals(1, client.ended());
        }
    }

    @Test
    void endsWhenTheClientVanishes() throws Exception {
        try (var client = new LspClient()) {
            client.initialize(folder);
            client.process().getOutputStream().close();
            assertEquals(1, client.ended());
        }
    }

    @Test
    void survivesWhatIsNoMessage() throws Exception {
        var process = new ProcessBuilder(TflProcess.command(List.of("lsp"))).redirectError(
                ProcessBuilder.Redirect.DISCARD).start();
        try {
            var in = process.getOutputStream();
            in.write(message("{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'capabilities':{}}}"));
            in.write(message("{'jsonrpc':'2.0','id':2,'method':'textDocument/hover','params':[1,2]}"));
            in.write(message("this is no JSON"));
            in.write(message("{'jsonrpc':'2.0','id':3,'method':'no/such'}"));
            in.write(message("{'jsonrpc':'2.0','id':4,'method':'textDocument/hover','params':"
                    + "{'textDocument':{'uri':'file:///not/there.tfl'},'position':{'line':9,'character':9}}}"));
            in.write(message("{'jsonrpc':'2.0','id':5,'method':'shutdown'}"));
            in.write(message("{'jsonrpc':'2.0','method':'exit'}"));
            in.flush();
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the server does not end");
            assertEquals(0, process.exitValue(), answer);
            for (var id : List.of("\"id\":1", "\"id\":2", "\"id\":3", "\"id\":4", "\"id\":5")) {
                assertTrue(answer.contains(id), "no answer to " + id + " in " + answer);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] message(String quoted) {
        var json = quoted.replace('\'', '"');
        return ("Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void saysWhatItIs() throws IOException, InterruptedException {
        var help = TflProcess.run(List.of("lsp", "--help"), "", Map.of(), folder);
        assertEquals(0, help.status());
        assertTrue(help.output().startsWith("Usage: tfl lsp"), help.output());
        var wrong = TflProcess.run(List.of("lsp", "--socket"), "", Map.of(), folder);
        assertEquals(2, wrong.status());
        assertTrue(wrong.errors().startsWith("tfl: tfl lsp takes no option `--socket`"), wrong.errors());
    }
}
