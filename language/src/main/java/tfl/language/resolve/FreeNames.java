package tfl.language.resolve;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tfl.language.ast.Annotation;
import tfl.language.ast.Children;
import tfl.language.ast.Clause;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Statement;
import tfl.language.resolve.Footprint.Use;

/** Walks a piece of a text and tells each name that it uses and does not bind in a function of its own. */
final class FreeNames {
    private final Consumer<Use> found;

    FreeNames(Consumer<Use> found) {
        this.found = found;
    }

    /** The uses of everything in a node; {@code bound} are names that mean something nearer. */
    void walk(Node node, Set<String> bound) {
        switch (node) {
            case Expr.Name name -> use(name.name(), bound);
            case Expr.Call(Expr.Field method, var arguments, _) -> {
                walk(method.target(), bound);
                method(method, bound);
                arguments.forEach(each -> walk(each, bound));
            }
            case Expr.Comprehension comprehension -> comprehension(comprehension, bound);
            case Function function -> function(function, bound);
            case Statement.StructDefinition struct -> struct(struct, bound);
            case Path path -> {
                use(path.root().text(), bound);
                path.steps().forEach(each -> walk(each, bound));
            }
            case Annotation.Named named -> annotation(named.name(), bound);
            default -> Children.of(node).forEach(each -> walk(each, bound));
        }
    }

    private void use(String name, Set<String> bound) {
        if (!bound.contains(name)) {
            found.accept(new Use(name, null));
        }
    }

    /** In {@code x.f(y)} the name may be that of a function, unless x is a module. */
    void method(Expr.Field method, Set<String> bound) {
        if (!bound.contains(method.name().text())) {
            found.accept(new Use(method.name().text(), method.target() instanceof Expr.Name owner
                    && !bound.contains(owner.name()) ? owner.name() : ""));
        }
    }

    private void annotation(String name, Set<String> bound) {
        int dot = name.indexOf('.');
        var first = dot < 0 ? name : name.substring(0, dot);
        if (!Annotations.KINDS.contains(first) && !Annotations.DTYPES.contains(first)) {
            use(first, bound);
        }
    }

    private void comprehension(Expr.Comprehension comprehension, Set<String> bound) {
        var inner = new HashSet<>(bound);
        for (var clause : comprehension.clauses()) {
            switch (clause) {
                case Clause.For loop -> {
                    walk(loop.sequence(), inner);
                    Bindings.binders(loop.pattern()).forEach(each -> inner.add(Bindings.name(each)));
                    walk(loop.pattern(), inner);
                }
                case Clause.If condition -> walk(condition.condition(), inner);
            }
        }
        walk(comprehension.result(), inner);
    }

    /** All that a function's own code binds is its own, wherever the binding stands. */
    private void function(Function function, Set<String> bound) {
        var inner = new HashSet<>(bound);
        for (var parameter : function.parameters()) {
            Bindings.binders(parameter.pattern()).forEach(each -> inner.add(Bindings.name(each)));
            parameter.annotation().ifPresent(each -> dimensions(each, inner));
        }
        function.result().ifPresent(each -> dimensions(each, inner));
        var own = Bindings.of(List.of(function.body()));
        inner.addAll(own.variables.keySet());
        inner.addAll(own.definitions);
        Children.of(function).forEach(each -> walk(each, inner));
    }

    private static void dimensions(Annotation annotation, Set<String> inner) {
        Annotations.named(annotation).forEach(each -> inner.add(each.name()));
    }

    /** Fields are known to the defaults of those behind them. */
    private void struct(Statement.StructDefinition struct, Set<String> bound) {
        var inner = new HashSet<>(bound);
        inner.add(struct.name().text());
        struct.methods().forEach(method -> {
            method.decorators().forEach(each -> walk(each, inner));
            walk(method.function(), inner);
        });
        struct.fields().forEach(field -> {
            inner.add(field.name().text());
            field.annotation().ifPresent(each -> dimensions(each, inner));
        });
        struct.fields().forEach(field -> Children.of(field).forEach(each -> walk(each, inner)));
    }
}
