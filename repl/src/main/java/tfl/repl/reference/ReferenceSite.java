package tfl.repl.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A folder of web pages: a page for each module, a first page with all names, and a search that works without a server.
 */
public final class ReferenceSite {
    private static final List<String> RESOURCES = List.of("style.css", "search.js");
    private final String title;
    private final List<ReferenceModule> modules;
    private final Map<String, String> links = new LinkedHashMap<>();

    /** A site of these modules, in the order of its contents. */
    public ReferenceSite(String title, List<ReferenceModule> modules) {
        this.title = title;
        this.modules = List.copyOf(modules);
        for (var module : modules) {
            links.put(module.name(), module.page());
            module.anchors().forEach(anchor -> links.putIfAbsent(anchor.title(), module.page() + "#" + anchor.id()));
        }
    }

    /**
     * Writes the pages; each appears whole or not at all.
     *
     * @return the first page
     */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var name : RESOURCES) {
            replace(folder.resolve(name), resource(name));
        }
        replace(folder.resolve("names.js"), names());
        var docs = new DocHtml(links);
        for (var module : modules) {
            replace(folder.resolve(module.page()), page(module.name(), new ModulePage(module, docs).html()));
        }
        var first = folder.resolve("index.html");
        replace(first, page(title, contents(docs)));
        return first;
    }

    private static void replace(Path file, String text) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** What the search looks through: a row {@code [name, address, first line]} for each name. */
    private String names() {
        return modules.stream().flatMap(module -> module.anchors().map(anchor -> "["
                + quoted(anchor.title()) + "," + quoted(module.page() + "#" + anchor.id()) + ","
                + quoted(anchor.entry().summary()) + "]"))
                .collect(Collectors.joining(",\n", "const names = [\n", "];\n"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("<", "\\u003c") + "\"";
    }

    private String contents(DocHtml docs) {
        var html = new StringBuilder("<h1>").append(CodeHtml.escape(title)).append("</h1>\n");
        for (var module : modules) {
            html.append("<section><h2><a href=\"").append(module.page()).append("\">").append(module.name())
                    .append("</a></h2>\n").append(docs.of(module.doc().lines().findFirst().orElse("")))
                    .append("<p class=\"names\">");
            module.entries().forEach(entry -> html.append("<a href=\"").append(module.page()).append('#')
                    .append(entry.name()).append("\"><code>").append(CodeHtml.escape(entry.name()))
                    .append("</code></a> "));
            html.append("</p></section>\n");
        }
        return html.toString();
    }

    private String page(String heading, String body) {
        var navigation = modules.stream().map(module -> "<a href=\"" + module.page() + "\""
                + (module.name().equals(heading) ? " class=\"here\"" : "") + ">" + CodeHtml.escape(module.name())
                + "</a>")
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title><link rel="stylesheet" href="style.css"></head>
                <body><nav><a href="index.html" class="home">%s</a>
                <input id="search" type="search" placeholder="Search (press /)" aria-label="Search">
                <ol id="found"></ol>
                %s</nav>
                <main>%s</main>
                <script src="names.js"></script><script src="search.js"></script></body></html>
                """.formatted(CodeHtml.escape(heading), CodeHtml.escape(title), navigation, body);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReferenceSite.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
