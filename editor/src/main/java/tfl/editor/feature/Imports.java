package tfl.editor.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tfl.editor.model.Document;
import tfl.editor.model.Project;
import tfl.language.ast.Statement;
import tfl.language.ast.Statement.ImportedModule;
import tfl.language.ast.Statement.ModuleKind;
import tfl.language.source.Located;
import tfl.language.source.NearestName;
import tfl.language.source.Problem;
import tfl.language.source.Span;

/** Imports of what is not there, and circles. */
final class Imports {
    /** With the words and codes that the program would be ended with. */
    private record ImportProblem(String code, String message, Optional<String> help) implements Problem {}

    private final Project project;
    private final Document document;
    private final List<Located> problems = new ArrayList<>();

    Imports(Project project, Document document) {
        this.project = project;
        this.document = document;
    }

    List<Located> problems() {
        for (var statement : project.analysis(document).parsed().module().statements()) {
            switch (statement) {
                case Statement.Import imports -> imports.modules().forEach(this::module);
                case Statement.FromImport imports -> module(imports.module());
                default -> { }
            }
        }
        return problems;
    }

    private void module(ImportedModule module) {
        switch (module.kind()) {
            case LIBRARY -> library(module);
            case FILE -> file(module);
            case JAVA -> { }
        }
    }

    private void library(ImportedModule module) {
        String name = module.target();
        var names = project.catalog().moduleNames();
        if (!names.contains(name) && project.library().module(name).isEmpty() && !name.contains(".")) {
            add("TFL-E0260", "there is no module " + name, NearestName.of(name, names)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("a file is imported by its path: import \"./" + name + ".tfl\""), module.span());
        }
    }

    private void file(ImportedModule module) {
        var there = project.module(document, module);
        if (there.isEmpty()) {
            if (Project.path(document.uri()).isPresent()) {
                add("TFL-E0261", "cannot read the module " + module.target() + ": there is no such file",
                        "paths are relative to the importing file", module.span());
            }
            return;
        }
        var chain = new ArrayList<String>();
        if (leadsBack(there.get(), chain, new HashSet<>())) {
            chain.addFirst(last(document.uri()));
            add("TFL-E0262", "modules import each other in a circle: " + String.join(" -> ", chain),
                    "move what both need to a third module", module.span());
        }
    }

    /** Whether a text imports this one, itself or by way of others; gathers the way. */
    private boolean leadsBack(Document from, List<String> chain, Set<String> seen) {
        chain.add(last(from.uri()));
        if (from.uri().equals(document.uri())) {
            return true;
        }
        if (seen.add(from.uri())) {
            for (var next : imported(from)) {
                if (leadsBack(next, chain, seen)) {
                    return true;
                }
            }
        }
        chain.removeLast();
        return false;
    }

    private List<Document> imported(Document from) {
        var found = new ArrayList<Document>();
        for (var statement : project.analysis(from).parsed().module().statements()) {
            var modules = switch (statement) {
                case Statement.Import imports -> imports.modules();
                case Statement.FromImport imports -> List.of(imports.module());
                default -> List.<ImportedModule>of();
            };
            modules.stream().filter(each -> each.kind() == ModuleKind.FILE)
                    .forEach(each -> project.module(from, each).ifPresent(found::add));
        }
        return found;
    }

    private static String last(String uri) {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    private void add(String code, String message, String help, Span span) {
        problems.add(new Located(new ImportProblem(code, message, Optional.of(help)), span));
    }
}
