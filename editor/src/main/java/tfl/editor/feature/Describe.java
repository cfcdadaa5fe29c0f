package tfl.editor.feature;

import java.util.Optional;
import tfl.editor.model.Document;
import tfl.editor.model.Entry;
import tfl.editor.model.Project;
import tfl.language.ast.Parameter;
import tfl.language.ast.Statement;
import tfl.language.format.SignatureText;
import tfl.language.symbol.Symbol;

/**
 * How a symbol is shown: a head as TFL is written, and its documentation in Markdown.
 *
 * @param origin the module it comes from, or an empty string
 */
record Describe(String head, String doc, String origin) {
    static Optional<Describe> of(Project project, Document document, Symbol symbol) {
        var entry = project.entry(document, symbol);
        var place = project.definition(document, symbol);
        if (place.isPresent()) {
            var there = place.get();
            boolean elsewhere = there.document() != document;
            return Optional.of(defined(there.document(), there.symbol(),
                    elsewhere ? there.document().source().name() : ""));
        }
        return entry.map(each -> new Describe(head(each), each.doc(), symbol.kind() == Symbol.Kind.PRELUDE ? "prelude"
                : symbol.module().map(Statement.ImportedModule::target).orElse("")));
    }

    private static String head(Entry entry) {
        return switch (entry.kind()) {
            case "function", "method" -> "fn " + entry.signature();
            case "struct" -> "struct " + entry.signature();
            default -> entry.isFunction() ? entry.signature() : entry.name() + ": " + entry.kind();
        };
    }

    private static Describe defined(Document document, Symbol symbol, String origin) {
        var text = new SignatureText(document.source());
        return switch (symbol.node().orElse(null)) {
            case Statement.FunctionDefinition function ->
                    new Describe(text.of(function), function.doc().orElse(""), origin);
            case Statement.StructDefinition struct -> new Describe(text.of(struct), struct.doc().orElse(""), origin);
            case Statement.StructField field -> new Describe(oneLine(field.span().text()), "", origin);
            case Parameter parameter -> new Describe(oneLine(parameter.span().text()), "", origin);
            case Statement.Assign assign -> new Describe(symbol.name(), assign.doc().orElse(""), origin);
            case Statement.ImportedModule module ->
                    new Describe("import " + oneLine(module.span().text()), "", origin);
            case null, default -> new Describe(symbol.name(), "", origin);
        };
    }

    static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** As a hover shows it. */
    String markdown() {
        var text = new StringBuilder("```tfl\n").append(head).append("\n```\n");
        if (!doc.isBlank()) {
            text.append("\n").append(Markdown.of(doc)).append("\n");
        }
        if (!origin.isEmpty()) {
            text.append("\n*").append(origin).append("*\n");
        }
        return text.toString();
    }
}
