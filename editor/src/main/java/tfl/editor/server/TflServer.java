package tfl.editor.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import tfl.editor.model.Project;

/** The server's life: what it can do, when it ends, and the services that do the work. */
final class TflServer implements LanguageServer {
    private static final int NOT_SHUT_DOWN = 1;
    private static final long PATIENCE_SECONDS = 2;
    private final Project project;
    private final Worker worker;
    private final Publisher publisher;
    private final TextService texts;
    private final FolderService folders;
    private Runnable exit = () -> { };
    private volatile boolean down;

    TflServer(Project project, Worker worker) {
        this.project = project;
        this.worker = worker;
        this.publisher = new Publisher(project, worker);
        this.texts = new TextService(project, worker, publisher);
        this.folders = new FolderService(project, worker, publisher);
    }

    void connect(LanguageClient client) {
        publisher.connect(client);
    }

    void onExit(Runnable action) {
        exit = action;
    }

    int exitStatus() {
        return down ? 0 : NOT_SHUT_DOWN;
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        watch(params.getProcessId());
        var given = params.getWorkspaceFolders();
        var client = params.getCapabilities();
        texts.client(client);
        return worker.answer(() -> {
            if (given != null) {
                given.forEach(folder -> folders.add(folder.getUri()));
            } else {
                rootUri(params).forEach(folders::add);
            }
            return new InitializeResult(Capabilities.of(client), new ServerInfo("tfl", version()));
        });
    }

    @SuppressWarnings("deprecation")
    private static Stream<String> rootUri(InitializeParams params) {
        return Stream.ofNullable(params.getRootUri());
    }

    static String version() {
        var number = TflServer.class.getPackage().getImplementationVersion();
        return number == null ? "(not packaged)" : number;
    }

    /** An editor that died cannot say exit. */
    private void watch(Integer process) {
        if (process != null) {
            ProcessHandle.of(process).ifPresentOrElse(handle -> handle.onExit().thenRun(() -> exit.run()),
                    () -> { });
        }
    }

    /** The session is started while the user reads: the first completion then finds it ready. */
    @Override
    public void initialized(InitializedParams params) {
        worker.run(() -> project.catalog().prelude());
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        down = true;
        return worker.answer(() -> null);
    }

    /** Behind the answers that are still owed, unless they take long. */
    @Override
    public void exit() {
        worker.run(exit);
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(exit);
    }

    @Override
    public void setTrace(SetTraceParams params) {
        // There is no trace to set: what goes wrong is an error of its request.
    }

    @Override
    public void cancelProgress(WorkDoneProgressCancelParams params) {
        // No request reports progress.
    }

    @Override
    public TextService getTextDocumentService() {
        return texts;
    }

    @Override
    public FolderService getWorkspaceService() {
        return folders;
    }

    /** A request that cannot be done, with the reason as a user reads it. */
    static ResponseErrorException refusal(String message) {
        return new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, message, null));
    }
}
