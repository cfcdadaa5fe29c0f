package tfl.editor.feature;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import tfl.editor.model.Document;
import tfl.editor.model.Entry;
import tfl.editor.model.Project;
import tfl.language.ast.Expr;
import tfl.language.ast.Statement.ModuleKind;
import tfl.language.lex.TokenKind;
import tfl.language.resolve.Annotations;
import tfl.language.symbol.Symbol;
import tfl.session.Greek;

/** Gathers completions, each once; what is nearer comes first. */
final class Candidates {
    private static final int MOST_FILES = 500;
    private static final Map<String, String> PROPERTIES = Map.of("shape", "the sizes of its axes, a tuple", "dtype",
            "the type of its elements", "device", "where it lies", "rank", "how many axes it has", "size",
            "how many elements it has", "T", "the transposed matrix");
    private final Project project;
    private final Document document;
    private final Range range;
    private final Map<String, CompletionItem> items = new LinkedHashMap<>();

    Candidates(Project project, Document document, int start, int end) {
        this.project = project;
        this.document = document;
        this.range = document.positions().range(start, end);
    }

    List<CompletionItem> items() {
        return List.copyOf(items.values());
    }

    private CompletionItem add(String label, CompletionItemKind kind, String detail, String rank, JsonObject data) {
        var item = new CompletionItem(label);
        item.setKind(kind);
        item.setDetail(detail.isEmpty() ? null : detail);
        item.setSortText(rank + label);
        item.setTextEdit(Either.forLeft(new TextEdit(range, label)));
        item.setData(data);
        items.putIfAbsent(label, item);
        return item;
    }

    // Names

    void names(Document mended, int offset) {
        project.analysis(mended).symbols().visibleAt(offset).forEach((name, symbol) -> {
            if (!name.startsWith(Mended.NAME)) {
                add(name, kind(symbol), "", "2", Lazy.symbol(document, name, offset));
            }
        });
        project.catalog().prelude().values().forEach(each ->
                add(each.name(), kind(each), "", each.name().startsWith("_") ? "8" : "4", Lazy.prelude(each.name())));
        project.catalog().moduleNames().forEach(this::unimported);
    }

    /** A module that is not imported yet comes with its import. */
    private void unimported(String module) {
        if (!items.containsKey(module)) {
            var item = add(module, CompletionItemKind.Module, "import " + module, "6", Lazy.module(module));
            item.setAdditionalTextEdits(List.of(new TextEdit(Repairs.importPlace(project, document),
                    "import " + module + "\n")));
        }
    }

    void words(boolean constructs) {
        if (constructs) {
            for (var snippet : Keywords.SNIPPETS) {
                var item = new CompletionItem(snippet.word());
                item.setKind(CompletionItemKind.Snippet);
                item.setDetail(snippet.description());
                item.setSortText("3" + snippet.word() + snippet.description());
                item.setInsertTextFormat(InsertTextFormat.Snippet);
                item.setTextEdit(Either.forLeft(new TextEdit(range, snippet.body())));
                items.put(snippet.word() + " " + snippet.description(), item);
            }
        }
        TokenKind.words().forEach(word -> add(word, CompletionItemKind.Keyword, "", "5", Lazy.keyword(word)));
    }

    void annotations() {
        Annotations.DTYPES.forEach(each -> add(each, CompletionItemKind.TypeParameter, "dtype", "1", null));
        Annotations.KINDS.forEach(each -> add(each, CompletionItemKind.TypeParameter, "kind", "1", null));
    }

    /** The parameters that can still be given by keyword. */
    void keywords(Callee callee) {
        for (int i = callee.skipped() + callee.argument(); i < callee.parameters().size(); i++) {
            var parameter = callee.parameters().get(i);
            var name = Callee.name(parameter);
            if (!parameter.startsWith("*") && !callee.given().contains(name) && !name.isEmpty()
                    && callee.keyword().isEmpty()) {
                var item = add(name + "=", CompletionItemKind.Field, parameter, "0", null);
                item.setFilterText(name);
            }
        }
    }

    // Behind a dot

    List<CompletionItem> members(Document mended, Expr.Field field) {
        var analysis = project.analysis(mended);
        if (field.target() instanceof Expr.Name name) {
            var symbol = analysis.symbols().at(name.span().start()).map(each -> each.symbol());
            if (symbol.filter(each -> each.kind() == Symbol.Kind.MODULE).isPresent()) {
                return exports(mended, symbol.get());
            }
        }
        new MemberCandidates(analysis).of(field).forEach(each ->
                add(each.name(), each.kind(), each.detail(), "1", each.data()));
        PROPERTIES.forEach((name, detail) -> add(name, CompletionItemKind.Property, detail, "2", null));
        project.catalog().prelude().values().stream()
                .filter(each -> each.isFunction() && !each.name().startsWith("_")).forEach(each ->
                        add(each.name(), CompletionItemKind.Method, "", "3", Lazy.prelude(each.name())));
        return items();
    }

    private List<CompletionItem> exports(Document from, Symbol symbol) {
        var module = symbol.module().orElseThrow();
        project.module(from, module).ifPresent(this::exports);
        if (module.kind() == ModuleKind.LIBRARY) {
            project.catalog().members(module.target()).values().forEach(each -> add(each.name(), kind(each), "", "1",
                    Lazy.member(module.target(), each.name())));
        }
        return items();
    }

    private void exports(Document there) {
        for (var symbol : project.analysis(there).symbols().module()) {
            if (!symbol.name().startsWith("_")) {
                add(symbol.name(), kind(symbol), "", "1", Lazy.export(there, symbol.name()));
            }
        }
    }

    // Imports

    /** The names of the module behind {@code from}. */
    List<CompletionItem> exports(String target) {
        if (target.startsWith("\"")) {
            var path = target.replace("\"", "");
            Project.path(document.uri()).map(file -> file.resolveSibling(path).normalize())
                    .flatMap(file -> project.document(file.toUri().toString())).ifPresent(this::exports);
        } else {
            project.library().module(target).ifPresent(this::exports);
            project.catalog().members(target).values().forEach(each -> add(each.name(), kind(each), "", "1",
                    Lazy.member(target, each.name())));
        }
        return items();
    }

    List<CompletionItem> modules(String typed, int offset) {
        var whole = document.positions().range(offset - typed.length(), offset);
        for (var module : project.catalog().moduleNames()) {
            add(module, CompletionItemKind.Module, "", "1", Lazy.module(module))
                    .setTextEdit(Either.forLeft(new TextEdit(whole, module)));
        }
        return items();
    }

    /** The files and folders that a path in an import can go on with. */
    List<CompletionItem> paths(String typed) {
        var own = Project.path(document.uri());
        if (own.isEmpty()) {
            return List.of();
        }
        var folder = own.get().resolveSibling(typed.substring(0, typed.lastIndexOf('/') + 1)).normalize();
        int end = document.positions().offset(range.getEnd());
        var whole = document.positions().range(end - typed.length() + typed.lastIndexOf('/') + 1, end);
        try (Stream<Path> entries = Files.list(folder)) {
            entries.sorted().limit(MOST_FILES).forEach(each -> path(each, own.get(), typed.isEmpty(), whole));
        } catch (IOException missing) {
            return List.of(); // a folder that is not there has nothing to offer
        }
        return items();
    }

    private void path(Path entry, Path own, boolean first, Range whole) {
        var name = entry.getFileName().toString();
        boolean isFolder = Files.isDirectory(entry);
        if (name.startsWith(".") || !isFolder && !name.endsWith(".tfl") || entry.equals(own)) {
            return;
        }
        add((first ? "./" : "") + name + (isFolder ? "/" : ""),
                isFolder ? CompletionItemKind.Folder : CompletionItemKind.File, "", "1", null)
                .setTextEdit(Either.forLeft(new TextEdit(whole, (first ? "./" : "") + name + (isFolder ? "/" : ""))));
    }

    // Letters

    /** {@code \alpha} becomes the letter. */
    List<CompletionItem> letters(String typed, int start) {
        var whole = new Range(document.positions().position(start), range.getEnd());
        var found = new ArrayList<CompletionItem>();
        Greek.TABLE.forEach((name, letter) -> {
            if (name.startsWith(typed)) {
                var item = new CompletionItem("\\" + name);
                item.setKind(CompletionItemKind.Text);
                item.setDetail(letter);
                item.setFilterText("\\" + name);
                item.setTextEdit(Either.forLeft(new TextEdit(whole, letter)));
                found.add(item);
            }
        });
        return found;
    }

    // Kinds

    static CompletionItemKind kind(Symbol symbol) {
        return switch (symbol.kind()) {
            case VARIABLE, PARAMETER -> CompletionItemKind.Variable;
            case FUNCTION -> CompletionItemKind.Function;
            case STRUCT -> CompletionItemKind.Struct;
            case FIELD -> CompletionItemKind.Field;
            case METHOD -> CompletionItemKind.Method;
            case MODULE -> CompletionItemKind.Module;
            case DIMENSION -> CompletionItemKind.TypeParameter;
            case IMPORTED, MEMBER, PRELUDE -> Character.isUpperCase(symbol.name().codePointAt(0))
                    ? CompletionItemKind.Struct : CompletionItemKind.Function;
        };
    }

    private static CompletionItemKind kind(Entry entry) {
        return switch (entry.kind()) {
            case "struct" -> CompletionItemKind.Struct;
            case "module" -> CompletionItemKind.Module;
            default -> entry.isFunction() ? CompletionItemKind.Function : CompletionItemKind.Constant;
        };
    }
}
