package tfl.interpreter.translate;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.source.Source;
import java.util.Set;
import java.util.TreeSet;
import tfl.interpreter.TflContext;
import tfl.interpreter.TflException;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.define.Importer;
import tfl.interpreter.node.define.ModuleRootNode;
import tfl.interpreter.node.variable.ModuleScope;
import tfl.interpreter.node.variable.Variable;
import tfl.interpreter.node.variable.WriteSlotNode;
import tfl.language.ast.Module;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.parse.Completeness;
import tfl.language.parse.Parser;
import tfl.language.resolve.Known;
import tfl.language.resolve.Resolution;
import tfl.language.resolve.Resolver;
import tfl.language.source.Located;

/** A text made ready to run. */
public final class Program {
    private Program() {}

    /**
     * Parses, resolves and translates a text that runs in a module.
     *
     * @param name what users see as the text's name
     * @param folder where the text's file is, for {@code __dir__}
     * @param interactive whether the module goes on later, so that functions may use names that do not exist yet
     * @throws TflException with all complaints, if the text is not well formed
     */
    public static RootCallTarget of(TflContext session, Source source, String name, ModuleScope module,
            Globals globals,
            Importer importer, String folder, boolean main, boolean interactive) {
        var tree = parsed(source, name);
        var known = new Known(rows(globals, module), Set.copyOf(module.definitionNames()),
                Set.copyOf(module.variableNames()), interactive);
        var resolution = resolved(source, tree, known);
        tree.doc().ifPresent(module::setDoc);
        for (var statement : tree.statements()) {
            if (statement instanceof Statement.Assign(Pattern.Bind bind, _, var doc, _) && doc.isPresent()) {
                module.setDoc(bind.name(), doc.get());
            }
            if (statement instanceof Statement.FromImport imports) {
                imports.names().forEach(each -> importer.taken(imports.module(), each.boundName().text(),
                        each.name().text()));
            }
        }
        return root(new Unit(session, source, resolution, module, globals, importer, folder, main), tree, interactive);
    }

    /**
     * A text that runs as if it stood in another one.
     *
     * @param names the module that it sees
     * @param variables the names that are variables there, also those without a value
     */
    static RootCallTarget within(Unit around, Source source, ModuleScope names, Set<String> variables) {
        var tree = parsed(source, source.getName());
        var definitions = new TreeSet<>(names.definitionNames());
        definitions.removeAll(variables);
        var all = new TreeSet<>(names.variableNames());
        all.addAll(variables);
        var resolution = resolved(source, tree, new Known(rows(around.globals(), names), definitions, all, true));
        return root(new Unit(around.session(), source, resolution, names, around.globals(), around.importer(),
                around.folder(), around.main()), tree, true);
    }

    private static Module parsed(Source source, String name) {
        var parsed = Parser.parse(tfl.language.source.Source.of(name, source.getCharacters().toString()));
        if (!parsed.isValid()) {
            throw TflException.syntax(parsed.problems(), source, parsed.completeness() == Completeness.INCOMPLETE);
        }
        return parsed.module();
    }

    private static Set<String> rows(Globals globals, ModuleScope module) {
        var rows = new TreeSet<>(globals.names());
        rows.addAll(module.rowNames());
        return rows;
    }

    private static Resolution resolved(Source source, Module tree, Known known) {
        var resolution = Resolver.resolve(tree, known);
        var errors = resolution.problems().stream().filter(Located::isError).toList();
        if (!errors.isEmpty()) {
            throw TflException.syntax(errors, source, false);
        }
        return resolution;
    }

    private static RootCallTarget root(Unit unit, Module tree, boolean interactive) {
        var resolution = unit.resolution();
        var module = unit.module();
        var frame = new FrameLayout(unit, resolution.module(),
                tree.statements().stream().anyMatch(Hazard::isIn));
        var expressions = new Expressions(unit, frame);
        var body = expressions.flow.block(tree.statements(), interactive ? assigned(expressions, tree)
                : null).at(tree.span()).as(ExpressionNode.Role.BODY).as(ExpressionNode.Role.WHOLE);
        var loads = resolution.loads().stream().map(each -> module.variable(each.name())).toArray(Variable[]::new);
        var targets = resolution.loads().stream().map(each ->
                frame.write(each.slot())).toArray(WriteSlotNode[]::new);
        var stores = resolution.stores().stream().map(each ->
                module.variable(each.name())).toArray(Variable[]::new);
        var slots = resolution.stores().stream().mapToInt(each -> each.slot()).toArray();
        return new ModuleRootNode(unit.session().language(), frame.build(), unit.source(), tree.span(), loads,
                targets, stores,
                slots, body).getCallTarget();
    }

    /** At a prompt, an assignment at the end shows what it assigned; null for none. */
    private static ExpressionNode assigned(Expressions expressions, Module tree) {
        var last = tree.statements().isEmpty() ? null : tree.statements().getLast();
        return switch (last) {
            case Statement.Assign assign when assign.target() instanceof Pattern.Bind bind ->
                expressions.names.read(expressions.unit.resolution().of(bind), bind.name());
            case Statement.Update update -> expressions.names.read(expressions.unit.resolution().of(
                    update.path().root()),
                    update.path().root().text());
            case null, default -> null;
        };
    }
}
