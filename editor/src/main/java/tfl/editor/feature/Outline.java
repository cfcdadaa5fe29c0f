package tfl.editor.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.ast.Expr;
import tfl.language.ast.Identifier;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.format.SignatureText;
import tfl.language.source.Span;

/** The definitions of a text, as a tree; those of all texts, as a list. */
public final class Outline {
    private static final int MOST = 1000;
    private final Document document;
    private final SignatureText signatures;

    private Outline(Document document) {
        this.document = document;
        this.signatures = new SignatureText(document.source());
    }

    public static List<DocumentSymbol> of(Project project, Document document) {
        return new Outline(document).statements(project.analysis(document).parsed().module().statements());
    }

    private List<DocumentSymbol> statements(List<Statement> statements) {
        var seen = new ArrayList<String>();
        var found = new ArrayList<DocumentSymbol>();
        for (var statement : statements) {
            symbol(statement).filter(each -> each.getKind() != SymbolKind.Variable || !seen.contains(each.getName()))
                    .ifPresent(each -> {
                        seen.add(each.getName());
                        found.add(each);
                    });
        }
        return found;
    }

    private Optional<DocumentSymbol> symbol(Statement statement) {
        return switch (statement) {
            case Statement.FunctionDefinition each -> Optional.of(function(each, SymbolKind.Function));
            case Statement.StructDefinition each -> Optional.of(struct(each));
            case Statement.Test each -> Optional.of(node(each.name().isEmpty() ? "test" : "test " + each.name(),
                    SymbolKind.Event, each.span(), each.span(), "", List.of()));
            case Statement.Bench each -> Optional.of(node("bench " + each.name(), SymbolKind.Event, each.span(),
                    each.span(), "", List.of()));
            case Statement.Assign(Pattern.Bind bind, Expr.Lambda _, _, var span) ->
                    Optional.of(node(bind.name(), SymbolKind.Function, span, bind.span(), "", List.of()));
            case Statement.Assign(Pattern.Bind bind, _, _, var span) ->
                    Optional.of(node(bind.name(), SymbolKind.Variable, span, bind.span(), "", List.of()));
            default -> Optional.empty();
        };
    }

    private DocumentSymbol function(Statement.FunctionDefinition function, SymbolKind kind) {
        var inner = function.function().body() instanceof Expr.Block block ? block.statements().stream()
                .filter(each -> each instanceof Statement.FunctionDefinition
                        || each instanceof Statement.StructDefinition).toList() : List.<Statement>of();
        var signature = signatures.of(function);
        return node(function.name(), kind, function.span(), signature.substring(signature.indexOf('(')),
                statements(inner));
    }

    private DocumentSymbol struct(Statement.StructDefinition struct) {
        var parts = new ArrayList<DocumentSymbol>();
        struct.fields().forEach(each -> parts.add(node(each.name(), SymbolKind.Field, each.span(), "", List.of())));
        struct.methods().forEach(each -> parts.add(function(each, SymbolKind.Method)));
        return node(struct.name(), SymbolKind.Struct, struct.span(), "", parts);
    }

    private DocumentSymbol node(Identifier name, SymbolKind kind, Span span, String detail,
            List<DocumentSymbol> children) {
        return node(name.text(), kind, span, name.span(), detail, children);
    }

    private DocumentSymbol node(String name, SymbolKind kind, Span span, Span selection, String detail,
            List<DocumentSymbol> children) {
        return new DocumentSymbol(name, kind, document.positions().range(span.to(selection)),
                document.positions().range(selection), detail, children);
    }

    /** The definitions of the workspace whose names have the letters of a query, in order. */
    public static List<WorkspaceSymbol> workspace(Project project, String query) {
        var found = new ArrayList<WorkspaceSymbol>();
        for (var document : project.all()) {
            for (var each : of(project, document)) {
                add(document, each, null, query, found);
            }
        }
        return found.subList(0, Math.min(found.size(), MOST));
    }

    private static void add(Document document, DocumentSymbol symbol, String container, String query,
            List<WorkspaceSymbol> found) {
        if (symbol.getKind() != SymbolKind.Field && matches(symbol.getName(), query)) {
            found.add(new WorkspaceSymbol(symbol.getName(), symbol.getKind(),
                    Either.forLeft(new Location(document.uri(), symbol.getSelectionRange())), container));
        }
        symbol.getChildren().forEach(each -> add(document, each, symbol.getName(), query, found));
    }

    private static boolean matches(String name, String query) {
        var small = name.toLowerCase(Locale.ROOT);
        int at = 0;
        for (char each : query.toLowerCase(Locale.ROOT).toCharArray()) {
            at = small.indexOf(each, at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }
}
