package tfl.editor.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.lex.Names;
import tfl.language.lex.TokenKind;
import tfl.language.symbol.Occurrence;
import tfl.language.symbol.Symbol;

/** Gives a symbol another name, everywhere; refuses where the program would mean something else afterwards. */
public final class Renaming {
    /** Why a name cannot be changed, as the user reads it. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final Project project;
    private final Document document;
    private final Navigation navigation;

    public Renaming(Project project, Document document) {
        this.project = project;
        this.document = document;
        this.navigation = new Navigation(project, document);
    }

    /** The name at a position that can get another; empty where there is no name. */
    public Optional<Range> prepare(Position position) {
        return navigation.at(position).map(found -> {
            target(found);
            return document.positions().range(found.span());
        });
    }

    private Project.Place target(Occurrence found) {
        var symbol = found.symbol();
        String name = symbol.name();
        switch (symbol.kind()) {
            case PRELUDE -> throw new Refused("`" + name + "` belongs to the prelude");
            case FIELD, METHOD -> throw new Refused("`" + name + "` is read by name wherever a value of the struct "
                    + "goes, which the text does not show");
            default -> { }
        }
        if (!project.analysis(document).parsed().isValid()) {
            throw new Refused("the text has syntax errors: in what was not understood the name would stay");
        }
        var place = project.definition(document, symbol).orElse(new Project.Place(document, symbol));
        if (project.library().holds(place.document().uri()) || place.symbol().definition().isEmpty()) {
            throw new Refused("`" + name + "` belongs to the library");
        }
        return place;
    }

    public WorkspaceEdit rename(Position position, String given) {
        String name = Names.canonical(given);
        var found = navigation.at(position).orElseThrow(() -> new Refused("there is no name here"));
        target(found);
        requireName(name);
        if (found.symbol().name().equals(name)) {
            return new WorkspaceEdit(List.<Either<TextDocumentEdit, ResourceOperation>>of());
        }
        var edits = new LinkedHashMap<Document, List<TextEdit>>();
        for (var place : places(found.symbol())) {
            requireFree(place, name);
            edits.computeIfAbsent(place.document(), key -> new ArrayList<>())
                    .add(edit(place, name));
        }
        return new WorkspaceEdit(edits.entrySet().stream().map(each -> Either
                .<TextDocumentEdit, ResourceOperation>forLeft(new TextDocumentEdit(
                        new VersionedTextDocumentIdentifier(each.getKey().uri(),
                                each.getKey().version() < 0 ? null : each.getKey().version()), each.getValue())))
                .toList());
    }

    /** An alias, {@code import m as x}, has its name in its own text only. */
    private List<Navigation.Found> places(Symbol symbol) {
        boolean alias = symbol.kind() == Symbol.Kind.MODULE
                || symbol.kind() == Symbol.Kind.IMPORTED && !symbol.originalName().equals(symbol.name());
        return alias ? project.analysis(document).symbols().of(symbol).stream()
                .map(each -> new Navigation.Found(document, each)).toList()
                : navigation.everywhere(symbol).stream().filter(Renaming::hasOwnName).toList();
    }

    /** Where it was imported under another name, that name stays. */
    private static boolean hasOwnName(Navigation.Found found) {
        var symbol = found.occurrence().symbol();
        return symbol.kind() != Symbol.Kind.IMPORTED || symbol.originalName().equals(symbol.name());
    }

    private static void requireName(String name) {
        if (TokenKind.words().contains(name)) {
            throw new Refused("`" + name + "` is a keyword");
        }
        if (!Names.isName(name)) {
            throw new Refused("`" + name + "` is no name: names have letters, digits and underscores");
        }
        if (name.equals("_")) {
            throw new Refused("`_` stands for a value that nobody names");
        }
    }

    private void requireFree(Navigation.Found place, String name) {
        var symbols = project.analysis(place.document()).symbols();
        Map<String, Symbol> visible = new HashMap<>(symbols.visibleAt(place.occurrence().span().start()));
        var other = visible.get(name);
        if (other != null && other != place.occurrence().symbol()) {
            throw new Refused("there is a `" + name + "` already: "
                    + other.definition().map(Object::toString).orElse(place.document().source().name()));
        }
        // A use of the new name below would be taken over, be it of the prelude or of an outer function.
        boolean used = symbols.occurrences().stream().anyMatch(each -> each.symbol().name().equals(name)
                && each.symbol() != place.occurrence().symbol() && each.symbol().kind() == Symbol.Kind.PRELUDE);
        if (used) {
            throw new Refused("`" + name + "` is used here, and means the one of the prelude");
        }
    }

    private static TextEdit edit(Navigation.Found place, String name) {
        var range = place.document().positions().range(place.occurrence().span());
        var old = place.occurrence().span().text();
        return switch (place.occurrence().form()) {
            case SHORTHAND -> new TextEdit(range, old + ": " + name);
            case PLAIN, IMPORT -> new TextEdit(range, name);
        };
    }
}
