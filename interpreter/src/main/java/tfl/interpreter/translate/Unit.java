package tfl.interpreter.translate;

import com.oracle.truffle.api.source.Source;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import tfl.interpreter.TflContext;
import tfl.interpreter.node.define.Importer;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.Annotation;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;
import tfl.language.resolve.Reference;
import tfl.language.resolve.Resolution;

/**
 * What the translation of one text needs to know.
 *
 * @param folder where the text's file is
 * @param main whether this is the program itself, not a module it imports
 */
record Unit(TflContext session, Source source, Resolution resolution, ModuleScope module, Globals globals,
        Importer importer,
        String folder, boolean main) {

    /** The value of a name that no text binds, or null. */
    Object global(String name) {
        return switch (name) {
            case "__main__" -> main;
            case "__args__" -> arguments();
            case "__dir__" -> folder;
            default -> {
                Object row = module.row(name);
                yield row != null ? row : globals.find(name);
            }
        };
    }

    /** Finds the names of the session's module that a piece of its text looks up in the module when it runs. */
    Supplier<Set<String>> liveNames(Node piece) {
        return !main ? Set::of : () -> {
            var names = new LinkedHashSet<String>();
            addLive(piece, names);
            return names;
        };
    }

    private void addLive(Node node, Set<String> names) {
        var reference = switch (node) {
            case Expr.Name name -> resolution.of(name);
            case Expr.Field field -> resolution.of(field);
            case Annotation.Named annotation -> resolution.of(annotation);
            default -> null;
        };
        switch (reference) {
            case Reference.Definition(var name) -> names.add(name);
            case Reference.Cell(var name) -> names.add(name);
            case null, default -> { }
        }
        Children.of(node).forEach(each -> addLive(each, names));
    }

    private Object arguments() {
        return new TupleValue((Object[]) session.env().getApplicationArguments());
    }
}
