package tfl.language.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.language.ast.Annotation;
import tfl.language.ast.Children;
import tfl.language.ast.Clause;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Node;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;

/**
 * The names that a function's or module's own code binds, inner functions and comprehension variables left
 * out.
 */
final class Bindings {
    /** Names bound by assignments, loops, patterns, and the offset from which on the first has a value. */
    final Map<String, Integer> variables = new LinkedHashMap<>();
    /** Names bound by fn, struct and import. */
    final Set<String> definitions = new LinkedHashSet<>();

    static Bindings of(Iterable<? extends Node> nodes) {
        var bindings = new Bindings();
        nodes.forEach(bindings::collect);
        return bindings;
    }

    /** The names in a pattern, in order, with the nodes that bind them. */
    static List<Node> binders(Pattern pattern) {
        var binders = new ArrayList<Node>();
        addBinders(pattern, binders);
        return binders;
    }

    private static void addBinders(Pattern pattern, List<Node> binders) {
        switch (pattern) {
            case Pattern.Wildcard _, Pattern.Literal _ -> { }
            case Pattern.Bind bind -> binders.add(bind);
            case Pattern.Rest rest -> rest.name().ifPresent(binders::add);
            case Pattern.Typed typed -> {
                addBinders(typed.pattern(), binders);
                Annotations.named(typed.annotation()).forEach(binders::add);
            }
            case Pattern.Tuple tuple -> tuple.elements().forEach(element -> addBinders(element, binders));
            case Pattern.Fields fields -> {
                fields.fields().forEach(field -> addBinders(field.pattern(), binders));
                fields.rest().ifPresent(binders::add);
            }
        }
    }

    static String name(Node binder) {
        return switch (binder) {
            case Pattern.Bind bind -> bind.name();
            case Identifier identifier -> identifier.text();
            case Annotation.Dim.Named dim -> dim.name();
            default -> throw new IllegalArgumentException("binds no name: " + binder);
        };
    }

    private void collect(Node node) {
        switch (node) {
            case Pattern pattern -> bind(pattern, pattern.span().start());
            case Statement.Assign assign -> {
                collect(assign.value());
                bind(assign.target(), assign.span().end());
            }
            case Expr.For loop -> {
                collect(loop.sequence());
                bind(loop.pattern(), loop.sequence().span().end());
                collect(loop.body());
            }
            case Function _ -> { }
            case Clause.For clause -> collect(clause.sequence());
            case Statement.FunctionDefinition definition -> {
                definition.decorators().forEach(this::collect);
                definitions.add(definition.name().text());
            }
            case Statement.StructDefinition struct -> definitions.add(struct.name().text());
            case Statement.Import statement -> statement.modules()
                    .forEach(module -> definitions.add(module.name().text()));
            case Statement.FromImport statement -> statement.names()
                    .forEach(name -> definitions.add(name.boundName().text()));
            case Expr.Try.Catch handler -> {
                handler.error().ifPresent(error -> variables.putIfAbsent(error.text(), error.span().start()));
                collect(handler.body());
            }
            default -> Children.of(node).forEach(this::collect);
        }
    }

    /** Notes the names of a pattern as bound from an offset on. */
    private void bind(Pattern pattern, int offset) {
        binders(pattern).forEach(binder -> variables.putIfAbsent(name(binder), offset));
    }
}
