package tfl.editor.server;

import java.util.List;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.SemanticTokensServerFull;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import tfl.editor.feature.Colours;

/** What the server tells the client that it can do. */
final class Capabilities {
    private Capabilities() {}

    static ServerCapabilities of(ClientCapabilities client) {
        var server = new ServerCapabilities();
        server.setPositionEncoding("utf-16");
        var sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(new SaveOptions(false));
        server.setTextDocumentSync(sync);
        server.setHoverProvider(true);
        server.setDefinitionProvider(true);
        server.setReferencesProvider(true);
        server.setDocumentHighlightProvider(true);
        server.setRenameProvider(prepares(client) ? Either.forRight(new RenameOptions(true)) : Either.forLeft(true));
        server.setDocumentSymbolProvider(true);
        server.setWorkspaceSymbolProvider(true);
        server.setFoldingRangeProvider(true);
        server.setSelectionRangeProvider(true);
        server.setCompletionProvider(new CompletionOptions(true, List.of(".", "\\", "\"", "/")));
        server.setSignatureHelpProvider(new SignatureHelpOptions(List.of("(", ","), List.of(")")));
        server.setDocumentFormattingProvider(true);
        server.setDocumentRangeFormattingProvider(true);
        server.setInlayHintProvider(true);
        server.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
        server.setSemanticTokensProvider(new SemanticTokensWithRegistrationOptions(Colours.LEGEND,
                new SemanticTokensServerFull(true), true));
        var folders = new WorkspaceFoldersOptions();
        folders.setSupported(true);
        folders.setChangeNotifications(true);
        server.setWorkspace(new WorkspaceServerCapabilities(folders));
        return server;
    }

    private static boolean prepares(ClientCapabilities client) {
        return client != null && client.getTextDocument() != null && client.getTextDocument().getRename() != null
                && Boolean.TRUE.equals(client.getTextDocument().getRename().getPrepareSupport());
    }

    static boolean snippets(ClientCapabilities client) {
        return client != null && client.getTextDocument() != null && client.getTextDocument().getCompletion() != null
                && client.getTextDocument().getCompletion().getCompletionItem() != null
                && Boolean.TRUE.equals(client.getTextDocument().getCompletion().getCompletionItem()
                        .getSnippetSupport());
    }
}
