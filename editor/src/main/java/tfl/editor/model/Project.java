package tfl.editor.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tfl.language.ast.Statement.ImportedModule;
import tfl.language.ast.Statement.ModuleKind;
import tfl.language.symbol.Symbol;

/** The open texts and what they import. Used by one thread at a time. */
public final class Project {
    private static final int MOST_FILES = 5000;
    private static final int DEEPEST_FOLDER = 12;
    private static final int LONGEST_CHAIN = 8;

    private record OnDisk(FileTime changed, Document document) {}

    /** A symbol and the text that defines it. */
    public record Place(Document document, Symbol symbol) {}

    private final Catalog catalog;
    private final Library library;
    private final Map<String, Document> open = new LinkedHashMap<>();
    private final Map<String, OnDisk> files = new HashMap<>();
    private final List<Path> folders = new ArrayList<>();

    public Project(Catalog catalog, Library library) {
        this.catalog = catalog;
        this.library = library;
    }

    public Catalog catalog() {
        return catalog;
    }

    public Library library() {
        return library;
    }

    // Texts

    /** Opens a text, or replaces what it was. */
    public Document put(String uri, int version, String text) {
        var document = new Document(uri, version, name(uri), text);
        open.put(key(uri), document);
        return document;
    }

    public void close(String uri) {
        open.remove(key(uri));
    }

    public Collection<Document> open() {
        return List.copyOf(open.values());
    }

    /** The open text, or the file. */
    public Optional<Document> document(String uri) {
        var found = open.get(key(uri));
        return found != null ? Optional.of(found) : path(uri).flatMap(this::read);
    }

    public Analysis analysis(Document document) {
        return document.analysis(catalog);
    }

    private Optional<Document> read(Path file) {
        var uri = file.toUri().toString();
        try {
            var changed = Files.getLastModifiedTime(file);
            var known = files.get(uri);
            if (known == null || !known.changed.equals(changed)) {
                known = new OnDisk(changed, new Document(uri, -1, file.toString(), Files.readString(file)));
                files.put(uri, known);
            }
            return Optional.of(known.document);
        } catch (IOException missing) {
            files.remove(uri);
            return Optional.empty();
        }
    }

    /** Editors escape the same path in different ways. */
    private static String key(String uri) {
        return path(uri).map(path -> path.toUri().toString()).orElse(uri);
    }

    /** The file that a URI names; empty for buffers without a file. */
    public static Optional<Path> path(String uri) {
        try {
            return uri.startsWith("file:") ? Optional.of(Path.of(URI.create(uri)).normalize()) : Optional.empty();
        } catch (IllegalArgumentException noPath) {
            return Optional.empty();
        }
    }

    private static String name(String uri) {
        return path(uri).map(Path::toString).orElse(uri);
    }

    // Folders

    public void add(Path folder) {
        if (!folders.contains(folder)) {
            folders.add(folder);
        }
    }

    public void remove(Path folder) {
        folders.remove(folder);
    }

    /** Every text of the workspace: open ones first, then files that no editor has open. */
    public List<Document> all() {
        var found = new LinkedHashMap<String, Document>(open);
        for (var folder : folders) {
            try (Stream<Path> walk = Files.walk(folder, DEEPEST_FOLDER)) {
                walk.filter(file -> file.toString().endsWith(".tfl") && !isHidden(folder, file)).limit(MOST_FILES)
                        .forEach(file -> read(file.normalize())
                                .ifPresent(each -> found.putIfAbsent(key(each.uri()), each)));
            } catch (IOException | UncheckedIOException unreadable) {
                continue; // a folder that went away has no files
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean isHidden(Path folder, Path file) {
        for (var part : folder.relativize(file)) {
            if (part.toString().startsWith(".") || part.toString().equals("node_modules")) {
                return true;
            }
        }
        return false;
    }

    // Imports

    /** The text of an imported module; empty for what is written in Java, and for what is not there. */
    public Optional<Document> module(Document from, ImportedModule module) {
        return switch (module.kind()) {
            case JAVA -> Optional.empty();
            case LIBRARY -> library.module(module.target());
            case FILE -> path(from.uri()).map(Path::getParent).or(() -> folders.stream().findFirst())
                    .map(folder -> folder.resolve(module.target()).normalize())
                    .flatMap(file -> document(file.toUri().toString()));
        };
    }

    /** The definition behind a symbol: imported names and members are followed to the text that defines them. */
    public Optional<Place> definition(Document document, Symbol symbol) {
        var place = new Place(document, symbol);
        for (int step = 0; step < LONGEST_CHAIN; step++) {
            boolean foreign = place.symbol.kind() == Symbol.Kind.IMPORTED || place.symbol.kind() == Symbol.Kind.MEMBER;
            if (!foreign) {
                return place.symbol.definition().isPresent() ? Optional.of(place) : Optional.empty();
            }
            var next = exported(place);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            place = next.get();
        }
        return Optional.empty();
    }

    private Optional<Place> exported(Place place) {
        return place.symbol.module().flatMap(module -> module(place.document, module))
                .flatMap(there -> analysis(there).symbols().module(place.symbol.originalName())
                        .map(found -> new Place(there, found)));
    }

    /** The entry of a name of a module that is written in Java, or of the prelude. */
    public Optional<Entry> entry(Document document, Symbol symbol) {
        return switch (symbol.kind()) {
            case PRELUDE -> catalog.prelude(symbol.name());
            case IMPORTED, MEMBER -> symbol.module().filter(module -> module.kind() == ModuleKind.LIBRARY)
                    .map(module -> catalog.members(module.target()).get(symbol.originalName()));
            default -> Optional.empty();
        };
    }
}
