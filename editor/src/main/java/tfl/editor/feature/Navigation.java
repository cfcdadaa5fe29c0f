package tfl.editor.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.ast.Children;
import tfl.language.ast.Node;
import tfl.language.ast.Statement;
import tfl.language.symbol.Occurrence;
import tfl.language.symbol.Symbol;

/** From a name to where it is defined, and to all places where it stands. */
public final class Navigation {
    private final Project project;
    private final Document document;

    public Navigation(Project project, Document document) {
        this.project = project;
        this.document = document;
    }

    Optional<Occurrence> at(Position position) {
        return project.analysis(document).symbols().at(document.positions().offset(position));
    }

    public List<Location> definition(Position position) {
        var found = at(position);
        if (found.isEmpty()) {
            return imported(document.positions().offset(position)).map(List::of).orElse(List.of());
        }
        var symbol = found.get().symbol();
        if (symbol.kind() == Symbol.Kind.MODULE) {
            return symbol.module().flatMap(module -> project.module(document, module))
                    .map(there -> List.of(new Location(there.uri(), new Range(new Position(), new Position()))))
                    .orElse(own(symbol));
        }
        return project.definition(document, symbol).map(place -> List.of(location(place.document(),
                place.symbol()))).orElse(List.of());
    }

    private List<Location> own(Symbol symbol) {
        return symbol.definition().isEmpty() ? List.of() : List.of(location(document, symbol));
    }

    private static Location location(Document document, Symbol symbol) {
        return new Location(document.uri(), document.positions().range(symbol.definition().orElseThrow()));
    }

    /** The name of the module in {@code from nn import dense}, or its path. */
    private Optional<Location> imported(int offset) {
        Node node = project.analysis(document).parsed().module();
        for (var child : Children.of(node)) {
            if (child instanceof Statement.FromImport imports && imports.module().span().start() <= offset
                    && offset <= imports.module().span().end()) {
                return project.module(document, imports.module())
                        .map(there -> new Location(there.uri(), new Range(new Position(), new Position())));
            }
            if (child instanceof Statement.Import imports) {
                for (var module : imports.modules()) {
                    if (module.span().start() <= offset && offset <= module.span().end()) {
                        return project.module(document, module)
                                .map(there -> new Location(there.uri(), new Range(new Position(), new Position())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    public List<DocumentHighlight> highlights(Position position) {
        var symbols = project.analysis(document).symbols();
        return at(position).map(found -> symbols.of(found.symbol()).stream().map(each ->
                new DocumentHighlight(document.positions().range(each.span()),
                        each.role() == Occurrence.Role.READ ? DocumentHighlightKind.Read
                                : DocumentHighlightKind.Write)).toList()).orElse(List.of());
    }

    public List<Location> references(Position position, boolean withDefinition) {
        return at(position).map(found -> everywhere(found.symbol()).stream()
                .filter(each -> withDefinition || each.occurrence().role() != Occurrence.Role.DEFINE)
                .map(Found::location).toList()).orElse(List.of());
    }

    /** A place in a text. */
    record Found(Document document, Occurrence occurrence) {
        Location location() {
            return new Location(document.uri(), document.positions().range(occurrence.span()));
        }
    }

    /** The places of a symbol in this text, and, if modules share it, in all texts of the workspace. */
    List<Found> everywhere(Symbol symbol) {
        var target = project.definition(document, symbol).orElse(new Project.Place(document, symbol));
        var found = new ArrayList<Found>();
        if (isShared(target.symbol()) || target.document() != document) {
            add(target.document(), target, found);
            project.all().stream().filter(each -> !each.uri().equals(target.document().uri()))
                    .filter(each -> each.text().contains(target.symbol().name()))
                    .forEach(each -> add(each, target, found));
        } else {
            project.analysis(document).symbols().of(symbol).forEach(each -> found.add(new Found(document, each)));
        }
        return found;
    }

    private void add(Document there, Project.Place target, List<Found> found) {
        for (var each : project.analysis(there).symbols().occurrences()) {
            boolean same = each.symbol() == target.symbol() || mayBe(each.symbol(), target.symbol())
                    && project.definition(there, each.symbol()).filter(place -> place.symbol() == target.symbol())
                            .isPresent();
            if (same) {
                found.add(new Found(there, each));
            }
        }
    }

    private static boolean mayBe(Symbol symbol, Symbol target) {
        return (symbol.kind() == Symbol.Kind.IMPORTED || symbol.kind() == Symbol.Kind.MEMBER)
                && symbol.originalName().equals(target.name());
    }

    /** Whether other modules can see it. */
    private boolean isShared(Symbol symbol) {
        return !symbol.name().startsWith("_") && switch (symbol.kind()) {
            case FUNCTION, STRUCT, VARIABLE -> project.analysis(document).symbols().module(symbol.name())
                    .filter(each -> each == symbol).isPresent();
            case PRELUDE -> true;
            default -> false;
        };
    }
}
