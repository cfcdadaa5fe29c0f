package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each feature of {@code tfl lsp}, asked for as an editor asks. {@code |} is the cursor, {@code ⏎} a line break. */
class LspFeaturesTest {
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

    // Diagnostics

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            x = 1                            =>  §§
            x = = 1⏎y = )                    =>  0:4-0:5 TFL-E0110; 1:4-1:5 TFL-E0110
            prnt(1)                          =>  0:0-0:4 TFL-E0150
            fn f(a) = a⏎f(1, 2)              =>  1:5-1:6 TFL-E0170
            fn f(a) = a⏎f(1, b=2)            =>  1:5-1:6 TFL-E0171
            fn f(a: f32[3]) = a⏎f([1, 2])    =>  1:2-1:8 TFL-E0174
            ones((2, 3)) @ ones((4, 5))      =>  0:0-0:27 TFL-E0301
            x = "𝄞𝄞"; prnt(x)                =>  0:12-0:16 TFL-E0150
            fn f() { return 1; 2 }           =>  0:19-0:20 TFL-E0175
            import nnn                       =>  0:7-0:10 TFL-E0260
            import "./no.tfl" as n           =>  0:7-0:22 TFL-E0261
            """)
    void diagnostics(String text, String expected) throws InterruptedException {
        client.open(uri, text.replace("⏎", "\n"));
        assertEquals(expected == null ? "" : expected, client.diagnostics(uri).stream().map(LspFeaturesTest::shown)
                .collect(Collectors.joining("; ")));
    }

    private static String shown(Diagnostic each) {
        var range = each.getRange();
        return range.getStart().getLine() + ":" + range.getStart().getCharacter() + "-" + range.getEnd().getLine()
                + ":" + range.getEnd().getCharacter() + " " + each.getCode().getLeft();
    }

    @Test
    void diagnosticsFollowTheKeys() throws InterruptedException {
        client.open(uri, "clef = \"𝄞\"\nprint(clef)\n");
        assertEquals(List.of(), client.diagnostics(uri));
        client.change(uri, new Range(new Position(1, 6), new Position(1, 8)), "ccl");
        assertEquals("unknown name `cclef`\nhelp: did you mean `clef`?",
                client.diagnostics(uri).getFirst().getMessage());
        client.change(uri, new Range(new Position(0, 0), new Position(0, 2)), "ccl");
        assertEquals(List.of(), client.diagnostics(uri));
        client.change(uri, null, "print(1");
        assertEquals("TFL-E0111", client.diagnostics(uri).getFirst().getCode().getLeft());
    }

    @Test
    void theSuggestionIsOneKeyAway() throws InterruptedException {
        var text = "value = 1\nprint(valeu)\n";
        client.open(uri, text);
        var found = client.diagnostics(uri);
        var actions = LspClient.await(client.server().getTextDocumentService().codeAction(new CodeActionParams(text(),
                found.getFirst().getRange(), new CodeActionContext(found))));
        var action = actions.getFirst().getRight();
        assertEquals("Change to `value`", action.getTitle());
        assertEquals("value = 1\nprint(value)\n", LspClient.apply(text, action.getEdit().getChanges().get(uri)));
        client.open(uri, "## a\nx = nn.relu(1)\n");
        found = client.diagnostics(uri);
        action = LspClient.await(client.server().getTextDocumentService().codeAction(new CodeActionParams(text(),
                found.getFirst().getRange(), new CodeActionContext(found)))).getLast().getRight();
        assertEquals("import nn\n## a\nx = nn.relu(1)\n",
                LspClient.apply("## a\nx = nn.relu(1)\n", action.getEdit().getChanges().get(uri)));
    }

    // Hover

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            x = ones((32, 784))⏎y = |x + 1           =>  x: f32[32, 784]
            fn f(x: f32[b, 784]) = |x                =>  x: f32[b, 784]
            ones((2, 3)) |@ ones((3, 4))             =>  ones((2, 3)) @ ones((3, 4)): f32[2, 4]
            ## Adds one.⏎fn f(x) = x + 1⏎|f(2)       =>  fn f(x)⏎Adds one.
            |sum([1, 2])                             =>  fn sum(x, axis=none, keepdims=false, dtype=none)⏎The sum of elements.
            import nn⏎nn.|dense(3, 4)                =>  fn dense(n_in: int, n_out: int⏎A fully connected layer⏎nn/dense.tfl
            import |nn                               =>  import nn⏎Neural networks
            import linalg⏎linalg.|inv                =>  fn inv(
            |while true { break }                    =>  Runs the block as long as
            s = "𝄞 {|sum([1])}"                      =>  fn sum(
            """)
    void hover(String marked, String parts) {
        var cursor = open(marked);
        var hover = LspClient.await(client.server().getTextDocumentService()
                .hover(new HoverParams(text(), cursor.position())));
        for (var part : parts.split("⏎")) {
            assertTrue(hover.getContents().getRight().getValue().contains(part), hover.toString());
        }
    }

    @Test
    void shapesStandBehindNames() {
        open("x = ones((2, 3))⏎y = x @ ones((3, 4))⏎n = 3⏎|");
        var hints = LspClient.await(client.server().getTextDocumentService().inlayHint(
                new InlayHintParams(text(), new Range(new Position(0, 0), new Position(3, 0)))));
        assertEquals("0:1 : f32[2, 3]; 1:1 : f32[2, 4]", hints.stream().map(each -> each.getPosition().getLine() + ":"
                + each.getPosition().getCharacter() + " " + each.getLabel().getLeft())
                .collect(Collectors.joining("; ")));
    }

    // Places

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            fn f(x) = x⏎|f(1)                        =>  main.tfl 0:3
            fn f(x) = |x                             =>  main.tfl 0:5
            import nn⏎nn.|dense(3, 4)                =>  dense.tfl fn dense
            from nn import dense⏎|dense(3, 4)        =>  dense.tfl fn dense
            import |nn                               =>  nn.tfl ## Neural
            |sum([1])                                =>  §§
            """)
    void definition(String marked, String expected) throws IOException {
        var cursor = open(marked);
        var found = LspClient.await(client.server().getTextDocumentService().definition(
                new DefinitionParams(text(), cursor.position()))).getLeft();
        if (expected.isEmpty()) {
            assertEquals(List.of(), found);
            return;
        }
        var place = found.getFirst();
        var start = place.getRange().getStart();
        var file = Path.of(java.net.URI.create(place.getUri()));
        if (expected.startsWith("main")) {
            assertEquals(expected, file.getFileName() + " " + start.getLine() + ":" + start.getCharacter());
        } else {
            var parts = expected.split(" ", 2);
            assertEquals(parts[0], file.getFileName().toString());
            assertTrue(Files.readAllLines(file).get(start.getLine()).startsWith(parts[1]), file.toString());
            assertFalse(Files.isWritable(file) && !System.getProperty("user.name").equals("root"), file.toString());
        }
    }

    @Test
    void otherFilesKnowTheName() throws IOException {
        var model = folder.resolve("model.tfl");
        Files.writeString(model, "## A layer.\nfn layer(x) = x\nfn twice(x) = layer(layer(x))\n");
        var user = folder.resolve("user.tfl");
        Files.writeString(user, "import \"./model.tfl\" as model\nmodel.layer(1)\n");
        var other = folder.resolve("other.tfl");
        Files.writeString(other, "from \"./model.tfl\" import layer as unit\nunit(1)\nlayer = 3\n");
        var cursor = open("from \"./model.tfl\" import layer⏎|layer(2)⏎r = {layer}⏎");
        var service = client.server().getTextDocumentService();
        var places = LspClient.await(service.references(new ReferenceParams(text(), cursor.position(),
                new ReferenceContext(true))));
        assertEquals("main.tfl 0:26; main.tfl 1:0; main.tfl 2:5; model.tfl 1:3; model.tfl 2:14; model.tfl 2:20; "
                + "other.tfl 0:26; other.tfl 0:35; other.tfl 1:0; user.tfl 1:6", shown(places));
        var edits = LspClient.await(service.rename(new RenameParams(text(), cursor.position(), "block")));
        var texts = new ArrayList<String>();
        for (var change : edits.getDocumentChanges()) {
            var each = change.getLeft();
            var file = Path.of(java.net.URI.create(each.getTextDocument().getUri()));
            var before = Files.exists(file) && !file.endsWith("main.tfl") ? Files.readString(file) : cursor.text();
            texts.add(file.getFileName() + ": " + LspClient.apply(before, each.getEdits()).replace("\n", "⏎"));
        }
        texts.sort(String::compareTo);
        assertEquals(List.of(
                "main.tfl: from \"./model.tfl\" import block⏎block(2)⏎r = {layer: block}⏎",
                "model.tfl: ## A layer.⏎fn block(x) = x⏎fn twice(x) = block(block(x))⏎",
                "other.tfl: from \"./model.tfl\" import block as unit⏎unit(1)⏎layer = 3⏎",
                "user.tfl: import \"./model.tfl\" as model⏎model.block(1)⏎"), texts);
        var symbols = LspClient.await(client.server().getWorkspaceService().symbol(new WorkspaceSymbolParams("twc")));
        assertEquals("twice", symbols.getRight().getFirst().getName());
        for (var file : List.of(model, user, other)) {
            Files.delete(file);
        }
    }

    private static String shown(List<? extends Location> places) {
        return places.stream().map(each -> each.getUri().substring(each.getUri().lastIndexOf('/') + 1) + " "
                + each.getRange().getStart().getLine() + ":" + each.getRange().getStart().getCharacter())
                .sorted().collect(Collectors.joining("; "));
    }

    @Test
    void circlesAreTold() throws IOException, InterruptedException {
        var second = folder.resolve("second.tfl");
        Files.writeString(second, "import \"./main.tfl\" as m\n");
        client.open(uri, "import \"./second.tfl\" as s\n");
        var found = client.diagnostics(uri).getFirst();
        assertEquals("TFL-E0262", found.getCode().getLeft());
        assertTrue(found.getMessage().startsWith("modules import each other in a circle: main.tfl -> second.tfl -> "
                + "main.tfl"), found.getMessage());
        Files.delete(second);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            fn f(|x) = x + 1; f(x=2)     => amount  =>  fn f(amount) = amount + 1; f(amount=2)
            |θ = 1; "𝄞 {θ}"; θ           => angle   =>  angle = 1; "𝄞 {angle}"; angle
            {|x, y} = r; x               => w       =>  {x: w, y} = r; w
            import nn as |n; n.dense     => net     =>  import nn as net; net.dense
            |x = 1; y = 2                => y       =>  ! there is a `y` already
            |x = 1                       => if      =>  ! `if` is a keyword
            |x = 1                       => 1a      =>  ! `1a` is no name
            |sum([1])                    => total   =>  ! `sum` belongs to the prelude
            x = 1; |x + sum([1])         => sum     =>  ! `sum` is used here
            struct P(|x) { }             => y       =>  ! `x` is read by name
            import nn; nn.|dense(1, 2)   => y       =>  ! `dense` belongs to the library
            """)
    void rename(String marked, String name, String expected) {
        var cursor = open(marked);
        var request = client.server().getTextDocumentService()
                .rename(new RenameParams(text(), cursor.position(), name));
        if (expected.startsWith("! ")) {
            var refused = assertThrows(IllegalStateException.class, () -> LspClient.await(request));
            assertTrue(refused.getMessage().startsWith(expected.substring(2)), refused.getMessage());
            return;
        }
        var edits = LspClient.await(request).getDocumentChanges().getFirst().getLeft().getEdits();
        assertEquals(expected, LspClient.apply(cursor.text(), edits));
    }

    @Test
    void onlyNamesCanBeRenamed() {
        var cursor = open("x = |1");
        assertEquals(null, LspClient.await(client.server().getTextDocumentService().prepareRename(
                new PrepareRenameParams(text(), cursor.position()))));
        var name = open("|long = 1");
        assertEquals(new Range(new Position(0, 0), new Position(0, 4)), LspClient.await(client.server()
                .getTextDocumentService().prepareRename(new PrepareRenameParams(text(), name.position()))).getFirst());
    }

    @Test
    void highlights() {
        var cursor = open("|x = 1⏎x += 2⏎y = x");
        assertEquals("Write Write Read", LspClient.await(client.server().getTextDocumentService().documentHighlight(
                new DocumentHighlightParams(text(), cursor.position()))).stream().map(each -> each.getKind().toString())
                .collect(Collectors.joining(" ")));
    }

    // Completion

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            fn f(alpha) {⏎  beta = 1⏎  |⏎}⏎gamma = 2         =>  alpha beta f gamma sum while nn !dense
            x = ones((2, 3))⏎x.|                             =>  shape dtype sum reshape !alpha
            r = {width: 1, height: 2}⏎r.|                    =>  width height
            struct P(x, y) { fn len(self) = self.| }         =>  x y len
            struct P(x, y) { fn len(self) = 1 }⏎P(1, 2).|    =>  x y len
            import nn⏎nn.|                                   =>  dense Dense sequential !while
            import nn⏎f = nn.de|                             =>  dense
            from nn import |                                 =>  dense !while
            import |                                         =>  nn optim linalg !sum
            sum([1], |                                       =>  axis= keepdims=
            fn f(rate, steps=1) = 1⏎f(1, |                   =>  steps= !rate=
            fn f(x: |                                        =>  f32 int str
            x = \\alp|                                       =>  \\alpha
            # a comm|                                        =>  !sum !while
            "a text |"                                       =>  !sum !while
            "value: {|}"                                     =>  sum
            [x * | for x in 0..3]                            =>  x sum
            map(item -> item.|, (1, 2))                      =>  shape
            0..|                                             =>  sum
            1.|                                              =>  !sum
            """)
    void completion(String marked, String expected) {
        var cursor = open(marked.replace("\\\\", "\\"));
        var labels = complete(cursor).stream().map(CompletionItem::getLabel).toList();
        for (var each : expected.replace("\\\\", "\\").split(" ")) {
            boolean absent = each.startsWith("!");
            assertEquals(!absent, labels.contains(absent ? each.substring(1) : each), () -> each + " in " + labels);
        }
    }

    private static List<CompletionItem> complete(LspClient.Cursor cursor) {
        return LspClient.await(client.server().getTextDocumentService().completion(
                new CompletionParams(text(), cursor.position()))).getRight().getItems();
    }

    @Test
    void completionWritesAndExplains() throws IOException {
        var letter = open("x = \\alp|");
        var edit = complete(letter).getFirst().getTextEdit().getLeft();
        assertEquals("x = α", LspClient.apply(letter.text(), List.of(edit)));
        var module = open("## doc⏎x = 1⏎y = opti|");
        var item = complete(module).stream().filter(each -> each.getLabel().equals("optim")).findFirst().orElseThrow();
        var edits = new ArrayList<>(item.getAdditionalTextEdits());
        edits.add(item.getTextEdit().getLeft());
        assertEquals("import optim\n## doc\nx = 1\ny = optim", LspClient.apply(module.text(), edits));
        var name = open("tanh|");
        var tanh = complete(name).stream().filter(each -> each.getLabel().equals("tanh")).findFirst().orElseThrow();
        assertEquals(null, tanh.getDocumentation());
        var resolved = LspClient.await(client.server().getTextDocumentService().resolveCompletionItem(tanh));
        assertTrue(resolved.getDocumentation().getRight().getValue().startsWith("```tfl\ntanh(x)\n```\n"),
                resolved.toString());
        Files.createDirectories(folder.resolve("parts"));
        Files.writeString(folder.resolve("parts/layer.tfl"), "x = 1\n");
        assertEquals(List.of("./parts/"), complete(open("import \"|\" as p")).stream().map(CompletionItem::getLabel)
                .toList());
        assertEquals(List.of("layer.tfl"), complete(open("import \"./parts/|\" as p")).stream()
                .map(CompletionItem::getLabel).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '§', textBlock = """
            fn f(a, b=1) = a⏎f(1, |                =>  f(a, b=1) 1
            fn f(a, b=1) = a⏎f(b=|                 =>  f(a, b=1) 1
            sum([1, 2], |)                         =>  sum(x, axis=none, keepdims=false, dtype=none) 1
            x = [1]⏎x.sum(|)                       =>  sum(x, axis=none, keepdims=false, dtype=none) 1
            x = [1]⏎x.reshape(1, 2, |              =>  reshape(x, *shape) 1
            import nn⏎nn.dense(3, |                =>  dense(n_in: int, n_out: int, bias: bool = true, start=init.glorot, key=none) 1
            struct P(x, y)⏎P(1, |                  =>  P(x, y) 1
            f = 1⏎(1, |                            =>  §§
            """)
    void signatures(String marked, String expected) {
        var cursor = open(marked);
        var help = LspClient.await(client.server().getTextDocumentService().signatureHelp(
                new SignatureHelpParams(text(), cursor.position())));
        assertEquals(expected, help == null ? "" : help.getSignatures().getFirst().getLabel() + " "
                + help.getActiveParameter());
    }
}
