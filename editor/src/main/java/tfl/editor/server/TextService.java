package tfl.editor.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentRangeFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SelectionRange;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensDelta;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensRangeParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.services.TextDocumentService;
import tfl.editor.feature.CallHelp;
import tfl.editor.feature.Colours;
import tfl.editor.feature.Completions;
import tfl.editor.feature.Hovers;
import tfl.editor.feature.Layouts;
import tfl.editor.feature.Lazy;
import tfl.editor.feature.Navigation;
import tfl.editor.feature.Outline;
import tfl.editor.feature.Regions;
import tfl.editor.feature.Renaming;
import tfl.editor.feature.Repairs;
import tfl.editor.feature.Shapes;
import tfl.editor.model.Document;
import tfl.editor.model.Project;

/** Requests and news about single texts: each goes to its feature. */
final class TextService implements TextDocumentService {
    private final Project project;
    private final Worker worker;
    private final Publisher publisher;
    private final TokenHistory colours = new TokenHistory();
    private boolean snippets;

    TextService(Project project, Worker worker, Publisher publisher) {
        this.project = project;
        this.worker = worker;
        this.publisher = publisher;
    }

    void client(ClientCapabilities client) {
        snippets = Capabilities.snippets(client);
    }

    /** The feature's answer for the text as it is when its turn comes; nothing for a text that is not there. */
    private <T> CompletableFuture<T> answer(TextDocumentIdentifier text, T nothing,
            BiFunction<Project, Document, T> feature) {
        return worker.answer(() -> project.document(text.getUri()).map(each -> feature.apply(project, each))
                .orElse(nothing));
    }

    // Texts

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        var given = params.getTextDocument();
        worker.run(() -> publisher.now(project.put(given.getUri(), given.getVersion(), given.getText())));
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        var uri = params.getTextDocument().getUri();
        worker.run(() -> project.document(uri).ifPresent(before -> {
            var document = before;
            for (var change : params.getContentChanges()) {
                document = project.put(uri, params.getTextDocument().getVersion(), changed(document, change.getRange(),
                        change.getText()));
            }
        }));
        publisher.changed(uri);
    }

    private static String changed(Document document, Range range, String text) {
        if (range == null) {
            return text;
        }
        var old = document.text();
        return old.substring(0, document.positions().start(range)) + text
                + old.substring(document.positions().end(range));
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        var uri = params.getTextDocument().getUri();
        worker.run(() -> {
            project.close(uri);
            colours.forget(uri);
            publisher.clear(uri);
        });
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        publisher.changed(params.getTextDocument().getUri());
    }

    // Looking

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return answer(params.getTextDocument(), null, (project, text) ->
                Hovers.at(project, text, params.getPosition()).orElse(null));
    }

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(CompletionParams params) {
        return answer(params.getTextDocument(), Either.forLeft(List.of()), (project, text) ->
                Either.forRight(new Completions(project, text, snippets).at(params.getPosition())));
    }

    @Override
    public CompletableFuture<CompletionItem> resolveCompletionItem(CompletionItem item) {
        return worker.answer(() -> Lazy.resolve(project, item));
    }

    @Override
    public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams params) {
        return answer(params.getTextDocument(), null, (project, text) ->
                CallHelp.at(project, text, params.getPosition()).orElse(null));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams params) {
        return answer(params.getTextDocument(), Either.forLeft(List.of()), (project, text) ->
                Either.forLeft(new Navigation(project, text).definition(params.getPosition())));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) -> new Navigation(project, text)
                .references(params.getPosition(), params.getContext().isIncludeDeclaration()));
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(DocumentHighlightParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) ->
                new Navigation(project, text).highlights(params.getPosition()));
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) -> Outline.of(project, text).stream()
                .map(Either::<SymbolInformation, DocumentSymbol>forRight).toList());
    }

    @Override
    public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
        return answer(params.getTextDocument(), List.of(), Regions::folding);
    }

    @Override
    public CompletableFuture<List<SelectionRange>> selectionRange(SelectionRangeParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) ->
                Regions.selections(project, text, params.getPositions()));
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
        return answer(params.getTextDocument(), new SemanticTokens(List.of()), (project, text) ->
                colours.full(text.uri(), Colours.of(project, text, 0, text.text().length())));
    }

    @Override
    public CompletableFuture<Either<SemanticTokens, SemanticTokensDelta>> semanticTokensFullDelta(
            SemanticTokensDeltaParams params) {
        return answer(params.getTextDocument(), Either.forLeft(new SemanticTokens(List.of())), (project, text) ->
                colours.delta(text.uri(), params.getPreviousResultId(), Colours.of(project, text, 0,
                        text.text().length())));
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensRange(SemanticTokensRangeParams params) {
        return answer(params.getTextDocument(), new SemanticTokens(List.of()), (project, text) ->
                new SemanticTokens(Colours.of(project, text, text.positions().start(params.getRange()),
                        text.positions().end(params.getRange()))));
    }

    @Override
    public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) ->
                Shapes.hints(project, text, params.getRange()));
    }

    // Changing

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>> prepareRename(
            PrepareRenameParams params) {
        return answer(params.getTextDocument(), null, (project, text) -> refusing(() ->
                new Renaming(project, text).prepare(params.getPosition())
                        .<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>map(Either3::forFirst)
                        .orElse(null)));
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
        return answer(params.getTextDocument(), null, (project, text) -> refusing(() ->
                new Renaming(project, text).rename(params.getPosition(), params.getNewName())));
    }

    private static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (Renaming.Refused refused) {
            throw TflServer.refusal(refused.getMessage());
        }
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) -> Layouts.whole(text));
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> rangeFormatting(DocumentRangeFormattingParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) ->
                Layouts.within(text, params.getRange()));
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
        return answer(params.getTextDocument(), List.of(), (project, text) ->
                Repairs.of(project, text, params.getContext().getDiagnostics()));
    }
}
