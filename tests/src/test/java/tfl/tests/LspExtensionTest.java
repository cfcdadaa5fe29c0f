package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tfl.language.lex.Lexer;
import tfl.language.lex.TokenKind;
import tfl.language.parse.Parser;
import tfl.language.source.Source;

/** The VS Code extension with VS Code's own tools: it packs, its grammar reads as the lexer, its client connects. */
class LspExtensionTest {
    private static final Path EXTENSION = WallTest.ROOT.resolve("editors/vscode");
    private static final Path BUILT = WallTest.ROOT.resolve("build/vscode");
    private static final int RUN_SECONDS = 120;
    private static String missing = "";

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        missing = NodePackages.missingTools();
        if (missing.isEmpty()) {
            copy();
            missing = NodePackages.install(BUILT, "vscode-textmate");
        }
    }

    private static void copy() throws IOException {
        try (var files = Files.walk(EXTENSION)) {
            for (var file : files.filter(each -> !each.toString().contains("node_modules")).toList()) {
                var target = BUILT.resolve(EXTENSION.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static NodePackages.Ended run(String... command) throws IOException, InterruptedException {
        return NodePackages.run(BUILT, RUN_SECONDS, command);
    }

    @Test
    void packs() throws IOException, InterruptedException {
        assumeTrue(missing.isEmpty(), missing);
        var packed = BUILT.resolve("tfl.vsix");
        Files.deleteIfExists(packed);
        var ended = run("node", "node_modules/@vscode/vsce/vsce", "package",
                "--allow-missing-repository", "--no-rewrite-relative-links", "-o", packed.toString());
        assertEquals(0, ended.status(), ended.text());
        try (var zip = new ZipFile(packed.toFile())) {
            for (var name : List.of("package.json", "extension.js", "icon.png", "readme.md", "LICENSE.txt",
                    "syntaxes/tfl.tmLanguage.json", "language-configuration.json",
                    "node_modules/vscode-languageclient/package.json")) {
                assertTrue(zip.getEntry("extension/" + name) != null, name + " is not packed: " + ended.text());
            }
            assertEquals(null, zip.getEntry("extension/test/tokens.js"));
            assertEquals(null, zip.getEntry("extension/node_modules/vscode-textmate/package.json"));
            unpack(zip, BUILT.resolve("unpacked"));
        }
        var loaded = run("node", "test/load.js", BUILT.resolve("unpacked/extension").toString());
        assertEquals("activate deactivate\n", loaded.text());
    }

    private static void unpack(ZipFile zip, Path folder) throws IOException {
        for (var entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
            var file = folder.resolve(entry.getName());
            Files.createDirectories(file.getParent());
            try (var in = zip.getInputStream(entry)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void grammarReadsAsTheLexerDoes() throws IOException, InterruptedException {
        assumeTrue(missing.isEmpty(), missing);
        var files = new ArrayList<Path>();
        for (var folder : List.of("examples", "stdlib/src", "tests/src", "tests/bench", "runtime/src")) {
            try (var walk = Files.walk(WallTest.ROOT.resolve(folder))) {
                for (var file : walk.filter(each -> each.toString().endsWith(".tfl")).sorted().toList()) {
                    if (Parser.parse(Source.of("", Files.readString(file))).isValid()) {
                        files.add(file);
                    }
                }
            }
        }
        var command = new ArrayList<>(List.of("node", "test/tokens.js"));
        files.forEach(each -> command.add(each.toString()));
        var ended = run(command.toArray(String[]::new));
        assertEquals(0, ended.status(), ended.text());
        var lines = ended.text().lines().toList();
        assertEquals(files.size(), lines.size());
        var wrong = new ArrayList<String>();
        for (int i = 0; i < files.size(); i++) {
            compare(files.get(i), lines.get(i), wrong);
        }
        assertEquals(List.of(), wrong);
    }

    private static void compare(Path file, String grammar, List<String> wrong) throws IOException {
        var text = Files.readString(file);
        var lexer = letters(text);
        assertEquals(text.length(), grammar.length(), file.toString());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\n' && !Character.isWhitespace(text.charAt(i)) && lexer[i] != grammar.charAt(i)) {
                int start = text.lastIndexOf('\n', i) + 1;
                wrong.add(file.getFileName() + ":" + Source.of("", text).lineAt(i) + " lexer " + lexer[i] + ", grammar "
                        + grammar.charAt(i) + ": " + text.substring(start, i) + "⟨" + text.substring(i,
                                Math.max(i, text.indexOf('\n', i))));
                return;
            }
        }
    }

    private static char[] letters(String text) {
        var letters = "x".repeat(text.length()).toCharArray();
        for (var token : Lexer.tokens(Source.of("", text)).list()) {
            for (int i = token.start(); i < token.end(); i++) {
                letters[i] = letter(token.kind());
            }
        }
        return letters;
    }

    private static char letter(TokenKind kind) {
        return switch (kind.group()) {
            case COMMENT -> 'c';
            case STRING -> 's';
            case NUMBER -> 'n';
            case KEYWORD, CONSTANT, WORD_OPERATOR -> 'k';
            default -> 'x';
        };
    }

    @Test
    void theEditorsOwnProtocolLibraryConnects() throws IOException, InterruptedException {
        assumeTrue(missing.isEmpty(), missing);
        var command = new ArrayList<>(List.of("node", "test/client.js"));
        command.addAll(TflProcess.command(List.of("lsp")));
        var ended = run(command.toArray(String[]::new));
        assertEquals("TFL-E0301\nx: f32[2, 3]\nended 0\n", ended.text());
    }
}
