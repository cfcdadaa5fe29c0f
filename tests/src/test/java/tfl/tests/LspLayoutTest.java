package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentRangeFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SelectionRangeParams;
import org.eclipse.lsp4j.SemanticTokensDeltaParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tfl lsp} makes of a text as a whole: layout, outline, folds, colours, and how quickly. */
class LspLayoutTest {
    @TempDir
    static Path folder;
    private static LspClient client;
    private static String uri;

    @BeforeAll
    static void start() throws IOException {
        client = new LspClient();
        client.initialize(folder);
        uri = folder.resolve("main.tfl").toUri().toString();
    }

    @AfterAll
    static void end() throws InterruptedException {
        assertEquals(0, client.shutdown());
    }

    private static LspClient.Cursor open(String marked) {
        var cursor = LspClient.Cursor.of(marked.replace("⏎", "\n"));
        client.open(uri, cursor.text());
        return cursor;
    }

    private static TextDocumentIdentifier text() {
        return new TextDocumentIdentifier(uri);
    }

    private static List<CompletionItem> complete(LspClient.Cursor cursor) {
        return LspClient.await(client.server().getTextDocumentService().completion(
                new CompletionParams(text(), cursor.position()))).getRight().getItems();
    }

    // Layout and structure

    @Test
    void formatting() {
        var service = client.server().getTextDocumentService();
        var text = "x=1\ny = 2\nfn f( a ){\nreturn a}\n";
        client.open(uri, text);
        var edits = LspClient.await(service.formatting(new DocumentFormattingParams(text(), new FormattingOptions())));
        assertEquals("x = 1\ny = 2\nfn f(a) {\n  return a\n}\n", LspClient.apply(text, edits));
        assertTrue(edits.stream().noneMatch(each -> each.getRange().getStart().getLine() == 1), edits.toString());
        var part = LspClient.await(service.rangeFormatting(new DocumentRangeFormattingParams(text(),
                new FormattingOptions(), new Range(new Position(0, 0), new Position(1, 0)))));
        assertEquals("x = 1\ny = 2\nfn f( a ){\nreturn a}\n", LspClient.apply(text, part));
        client.open(uri, "x=(1\n");
        assertEquals(List.of(), LspClient.await(service.formatting(
                new DocumentFormattingParams(text(), new FormattingOptions()))));
    }

    @Test
    void structure() {
        var service = client.server().getTextDocumentService();
        var cursor = open("import nn⏎import optim⏎# one⏎# two⏎struct P(x) {⏎  fn len(self) = |self.x⏎}⏎fn f(a) {⏎  a⏎}⏎"
                + "n = 1⏎test \"t\" {⏎  assert true⏎}⏎");
        assertEquals("P(x len) f n test t", LspClient.await(service.documentSymbol(new DocumentSymbolParams(text())))
                .stream().map(each -> each.getRight().getName() + (each.getRight().getChildren().isEmpty() ? ""
                        : each.getRight().getChildren().stream().map(one -> one.getName())
                                .collect(Collectors.joining(" ", "(", ")")))).collect(Collectors.joining(" ")));
        assertEquals("0-1 imports; 2-3 comment; 4-5; 7-8; 11-12", LspClient.await(service.foldingRange(
                new FoldingRangeRequestParams(text()))).stream().map(each -> each.getStartLine() + "-"
                        + each.getEndLine() + (each.getKind() == null ? "" : " " + each.getKind())).sorted(
                                (a, b) -> Integer.parseInt(a.replaceAll("-.*", ""))
                                        - Integer.parseInt(b.replaceAll("-.*", ""))).collect(Collectors.joining("; ")));
        var around = LspClient.await(service.selectionRange(new SelectionRangeParams(text(),
                List.of(cursor.position())))).getFirst();
        assertEquals("self", LspClient.text(cursor.text(), around.getRange()));
        assertEquals("self.x", LspClient.text(cursor.text(), around.getParent().getRange()));
    }

    @Test
    void colours() {
        var service = client.server().getTextDocumentService();
        client.open(uri, "fn f(x) = x + 𝛼\n𝛼 = \"𝄞\"\n");
        var full = LspClient.await(service.semanticTokensFull(new SemanticTokensParams(text())));
        // A keyword; a function and a parameter that are defined; what they are used as; UTF-16 columns.
        assertEquals(List.of(0, 0, 2, 8, 0, 0, 3, 1, 6, 1, 0, 2, 1, 3, 1, 0, 5, 1, 3, 0),
                full.getData().subList(0, 20));
        client.change(uri, new Range(new Position(1, 2), new Position(1, 2)), "  ");
        var delta = LspClient.await(service.semanticTokensFullDelta(new SemanticTokensDeltaParams(text(),
                full.getResultId()))).getRight();
        assertEquals(1, delta.getEdits().size(), delta.toString());
        assertTrue(delta.getEdits().getFirst().getData().size() <= 5, delta.toString());
    }

    /** Told, and not held against anyone: the machine may be busy. */
    @Test
    void largeTextsAreQuick() throws InterruptedException {
        var text = new StringBuilder("import nn\n");
        for (int i = 0; i < 1000; i++) {
            text.append("fn f").append(i).append("(x, w) {\n  y = relu(x @ w)\n  z = y.sum(axis=0)\n  z * ").append(i)
                    .append("\n}\n");
        }
        client.open(uri, text + "f1");
        client.diagnostics(uri);
        var cursor = new LspClient.Cursor("", new Position(5001, 2));
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            assertTrue(complete(cursor).size() > 1000);
            long completed = System.nanoTime();
            client.change(uri, new Range(new Position(5001, 2), new Position(5001, 2)), "");
            LspClient.await(client.server().getTextDocumentService().hover(new HoverParams(text(),
                    new Position(2, 3))));
            System.out.printf("5,000 lines: completion %.0f ms, hover after a change %.0f ms%n",
                    (completed - start) / 1e6, (System.nanoTime() - completed) / 1e6);
        }
    }
}
