package tfl.editor.feature;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import tfl.editor.model.Document;
import tfl.editor.model.Entry;
import tfl.editor.model.Project;

/** The documentation of a completion, looked up when the user looks at it: what to look up travels with the item. */
public final class Lazy {
    private Lazy() {}

    static JsonObject symbol(Document document, String name, int offset) {
        var data = of("symbol", name);
        data.addProperty("uri", document.uri());
        data.addProperty("offset", offset);
        return data;
    }

    static JsonObject export(Document document, String name) {
        var data = of("export", name);
        data.addProperty("uri", document.uri());
        return data;
    }

    static JsonObject member(String module, String name) {
        var data = of("member", name);
        data.addProperty("module", module);
        return data;
    }

    static JsonObject prelude(String name) {
        return of("prelude", name);
    }

    static JsonObject module(String name) {
        return of("module", name);
    }

    static JsonObject keyword(String name) {
        return of("keyword", name);
    }

    private static JsonObject of(String what, String name) {
        var data = new JsonObject();
        data.addProperty("what", what);
        data.addProperty("name", name);
        return data;
    }

    /** The item with its documentation. */
    public static CompletionItem resolve(Project project, CompletionItem item) {
        if (item.getData() instanceof JsonObject data && data.has("what") && data.has("name")) {
            documentation(project, data).ifPresent(text ->
                    item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, text)));
        }
        return item;
    }

    private static Optional<String> documentation(Project project, JsonObject data) {
        String name = data.get("name").getAsString();
        return switch (data.get("what").getAsString()) {
            case "prelude" -> project.catalog().prelude(name).map(Lazy::markdown);
            case "member" -> Optional.ofNullable(project.catalog().members(data.get("module").getAsString()).get(name))
                    .map(Lazy::markdown);
            case "module" -> project.library().module(name)
                    .flatMap(there -> project.analysis(there).parsed().module().doc()).map(Markdown::of);
            case "keyword" -> Keywords.help(name);
            case "export" -> document(project, data).flatMap(there -> project.analysis(there).symbols().module(name)
                    .flatMap(symbol -> Describe.of(project, there, symbol)).map(Describe::markdown));
            case "symbol" -> document(project, data).flatMap(there -> Optional.ofNullable(project.analysis(there)
                    .symbols().visibleAt(data.get("offset").getAsInt()).get(name))
                    .flatMap(symbol -> Describe.of(project, there, symbol)).map(Describe::markdown));
            default -> Optional.empty();
        };
    }

    private static Optional<Document> document(Project project, JsonObject data) {
        String uri = data.get("uri").getAsString();
        return project.document(uri);
    }

    private static String markdown(Entry entry) {
        return new Describe(entry.isFunction() ? entry.signature() : entry.name() + ": " + entry.kind(), entry.doc(),
                "").markdown();
    }
}
