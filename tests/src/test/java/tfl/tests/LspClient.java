package tfl.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.RenameCapabilities;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/** An editor: LSP4J's client on the pipes of a {@code tfl lsp} that runs as a process of its own. */
final class LspClient implements LanguageClient, AutoCloseable {
    private static final int LIMIT_SECONDS = 60;
    private final Process process;
    private final LanguageServer server;
    private final LinkedBlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
    private int version;

    /** A text and the place of the {@code |} that was in it. */
    record Cursor(String text, Position position) {
        static Cursor of(String marked) {
            int at = marked.indexOf('|');
            var before = marked.substring(0, at);
            int line = (int) before.chars().filter(each -> each == '\n').count();
            return new Cursor(before + marked.substring(at + 1),
                    new Position(line, at - before.lastIndexOf('\n') - 1));
        }
    }

    LspClient() throws IOException {
        this.process = new ProcessBuilder(TflProcess.command(List.of("lsp"))).redirectError(
                ProcessBuilder.Redirect.INHERIT).start();
        var launcher = LSPLauncher.createClientLauncher(this, process.getInputStream(), process.getOutputStream());
        launcher.startListening();
        this.server = launcher.getRemoteProxy();
    }

    /** Says hello as an editor with these folders does. */
    InitializeResult initialize(Path... folders) {
        var params = new InitializeParams();
        params.setProcessId((int) ProcessHandle.current().pid());
        params.setWorkspaceFolders(List.of(folders).stream()
                .map(each -> new WorkspaceFolder(each.toUri().toString(), each.getFileName().toString())).toList());
        var completion = new CompletionCapabilities(new CompletionItemCapabilities(true));
        var text = new TextDocumentClientCapabilities();
        text.setCompletion(completion);
        text.setRename(new RenameCapabilities(true, false));
        var capabilities = new ClientCapabilities();
        capabilities.setTextDocument(text);
        params.setCapabilities(capabilities);
        var result = await(server.initialize(params));
        server.initialized(new InitializedParams());
        return result;
    }

    LanguageServer server() {
        return server;
    }

    Process process() {
        return process;
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException | TimeoutException hung) {
            throw new AssertionError("the server does not answer", hung);
        }
    }

    // Texts

    /** Opens a text, or opens it anew. */
    TextDocumentIdentifier open(String uri, String text) {
        server.getTextDocumentService().didOpen(new DidOpenTextDocumentParams(
                new TextDocumentItem(uri, "tfl", ++version, text)));
        return new TextDocumentIdentifier(uri);
    }

    void change(String uri, Range range, String text) {
        server.getTextDocumentService().didChange(new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri, ++version),
                List.of(range == null ? new TextDocumentContentChangeEvent(text)
                        : new TextDocumentContentChangeEvent(range, text))));
    }

    /** The diagnostics of the version that was sent last. */
    List<Diagnostic> diagnostics(String uri) throws InterruptedException {
        while (true) {
            var next = published.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no diagnostics came for " + uri);
            }
            if (next.getUri().equals(uri) && next.getVersion() != null && next.getVersion() == version) {
                return next.getDiagnostics();
            }
        }
    }

    /** The text after edits, which do not overlap. */
    static String apply(String text, List<? extends TextEdit> edits) {
        var sorted = new ArrayList<TextEdit>(edits);
        sorted.sort((a, b) -> offset(text, b.getRange().getStart()) - offset(text, a.getRange().getStart()));
        var result = text;
        for (var edit : sorted) {
            result = result.substring(0, offset(text, edit.getRange().getStart())) + edit.getNewText()
                    + result.substring(offset(text, edit.getRange().getEnd()));
        }
        return result;
    }

    static int offset(String text, Position position) {
        int start = 0;
        for (int line = 0; line < position.getLine(); line++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return text.length();
            }
            start = end + 1;
        }
        return start + position.getCharacter();
    }

    static String text(String whole, Range range) {
        return whole.substring(offset(whole, range.getStart()), offset(whole, range.getEnd()));
    }

    static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    // What the server says

    @Override
    public void telemetryEvent(Object object) {
        throw new AssertionError("the server sends telemetry: " + object);
    }

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
        published.add(diagnostics);
    }

    @Override
    public void showMessage(MessageParams message) {
        throw new AssertionError("the server shows a message: " + message);
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
        throw new AssertionError("the server asks: " + request);
    }

    @Override
    public void logMessage(MessageParams message) {
        throw new AssertionError("the server logs: " + message);
    }

    /** Ends the process in order, and says how it ended. */
    int shutdown() throws InterruptedException {
        await(server.shutdown());
        server.exit();
        return ended();
    }

    int ended() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
