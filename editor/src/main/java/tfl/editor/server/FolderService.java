package tfl.editor.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.WorkspaceService;
import tfl.editor.feature.Outline;
import tfl.editor.model.Project;

/** Requests and news about the folders of the workspace. */
final class FolderService implements WorkspaceService {
    private final Project project;
    private final Worker worker;
    private final Publisher publisher;

    FolderService(Project project, Worker worker, Publisher publisher) {
        this.project = project;
        this.worker = worker;
        this.publisher = publisher;
    }

    void add(String uri) {
        Project.path(uri).ifPresent(project::add);
    }

    @Override
    public CompletableFuture<Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>> symbol(
            WorkspaceSymbolParams params) {
        return worker.answer(() -> Either.forRight(Outline.workspace(project, params.getQuery())));
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        // There is nothing to configure.
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        worker.later("files", 100, publisher::all);
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
        worker.run(() -> {
            params.getEvent().getRemoved().forEach(each -> Project.path(each.getUri()).ifPresent(project::remove));
            params.getEvent().getAdded().forEach(each -> add(each.getUri()));
        });
    }
}
