package tfl.language.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.ast.Statement.ImportedModule;
import tfl.language.resolve.Footprint.Use;

/**
 * Walks a module's own code in the order in which it runs. What a function defined here looks up counts only from
 * where the function is mentioned; what it captures counts where it is made.
 */
final class FootprintWalk {
    private final Set<String> variables;
    private final Map<Use, Set<String>> reads = new LinkedHashMap<>();
    private final Set<Use> inner = new LinkedHashSet<>();
    private final Set<String> possible = new LinkedHashSet<>();
    private final Set<String> defined = new HashSet<>();
    private final Set<String> ownVariables = new HashSet<>();
    private final List<ImportedModule> imports = new ArrayList<>();
    private final Set<String> modules = new HashSet<>();
    private final Map<String, Set<Use>> waiting = new HashMap<>();
    private final FreeNames free = new FreeNames(this::use);
    private Set<String> bound = new LinkedHashSet<>();

    FootprintWalk(Set<String> variables) {
        this.variables = Set.copyOf(variables);
    }

    Footprint of(Module module) {
        module.statements().forEach(this::visit);
        var assigned = new HashSet<>(possible);
        assigned.removeAll(defined);
        return new Footprint(reads, inner, bound, possible, assigned, imports);
    }

    private void visit(Node node) {
        switch (node) {
            case Expr.If choice -> {
                visit(choice.condition());
                join(branch(() -> visit(choice.thenBranch())),
                        branch(() -> choice.elseBranch().ifPresent(this::visit)));
            }
            case Expr.While loop -> {
                visit(loop.condition());
                branch(() -> visit(loop.body()));
            }
            case Expr.For loop -> {
                visit(loop.sequence());
                branch(() -> {
                    bind(loop.pattern());
                    visit(loop.body());
                });
            }
            case Expr.Match match -> match(match);
            case Expr.Try attempt -> attempt(attempt);
            case Expr.And both -> sometimes(both.left(), both.right());
            case Expr.Or either -> sometimes(either.left(), either.right());
            case Expr.Call(Expr.Field method, var arguments, _) -> {
                visit(method.target());
                free.method(method, Set.of());
                arguments.forEach(this::visit);
            }
            case Expr.Lambda lambda -> free.walk(lambda, Set.of());
            case Expr.Comprehension comprehension -> free.walk(comprehension, Set.of());
            case Expr.Name name -> use(new Use(name.name(), null));
            case Statement statement -> statement(statement);
            default -> Children.of(node).forEach(this::visit);
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Assign(Pattern.Bind(var name, _), Expr.Lambda lambda, _, _) -> {
                make(name, lambda);
                bind(name, true);
            }
            case Statement.Assign assign -> {
                visit(assign.value());
                free.walk(assign.target(), Set.of());
                bind(assign.target());
            }
            case Statement.Update update -> {
                visit(update.value());
                path(update.path());
            }
            case Statement.FunctionDefinition definition -> {
                var name = definition.name().text();
                if (definition.decorators().isEmpty()) {
                    make(name, definition.function());
                } else {
                    definition.decorators().forEach(each -> visit(each.value()));
                    free.walk(definition.function(), Set.of(name));
                }
                bind(name, false);
            }
            case Statement.StructDefinition struct -> {
                make(struct.name().text(), struct);
                bind(struct.name().text(), false);
            }
            case Statement.Import all -> all.modules().forEach(each -> {
                imports.add(each);
                bind(each.name().text(), false);
                modules.add(each.name().text());
            });
            case Statement.FromImport some -> {
                imports.add(some.module());
                some.names().forEach(each -> bind(each.boundName().text(), false));
            }
            case Statement.Test _, Statement.Bench _ -> { }
            case Statement.Expression expression -> visit(expression.value());
        }
    }

    /** A function is made: what it captures is read now, what it looks up when somebody may call it. */
    private void make(String name, Node definition) {
        var later = new LinkedHashSet<Use>();
        new FreeNames(use -> {
            boolean captured = bound.contains(use.name()) ? ownVariables.contains(use.name())
                    : variables.contains(use.name());
            if (captured) {
                use(use);
            } else {
                later.add(use);
                inner.add(use);
            }
        }).walk(definition, Set.of(name));
        waiting.put(name, later);
    }

    private void path(Path path) {
        use(new Use(path.root().text(), null));
        path.steps().forEach(this::visit);
        bind(path.root().text(), true);
    }

    private void use(Use use) {
        if (use.isMethod() && modules.contains(use.owner())) {
            return;
        }
        var later = waiting.remove(use.name());
        if (!bound.contains(use.name())) {
            reads.computeIfAbsent(use, _ -> Set.copyOf(bound));
        }
        if (later != null) {
            later.forEach(this::use);
        }
    }

    private void bind(Pattern pattern) {
        Bindings.binders(pattern).forEach(each -> bind(Bindings.name(each), true));
    }

    private void bind(String name, boolean variable) {
        bound.add(name);
        possible.add(name);
        modules.remove(name);
        if (variable) {
            ownVariables.add(name);
        } else {
            ownVariables.remove(name);
            defined.add(name);
        }
    }

    // Branches

    /** Walks what may not run, or not to its end; the names bound if it does. */
    private Set<String> branch(Runnable walk) {
        var before = bound;
        bound = new LinkedHashSet<>(before);
        walk.run();
        var after = bound;
        bound = before;
        return after;
    }

    private void join(Set<String> one, Set<String> other) {
        bound.addAll(one.stream().filter(other::contains).toList());
    }

    private void sometimes(Expr always, Expr perhaps) {
        visit(always);
        branch(() -> visit(perhaps));
    }

    private void match(Expr.Match match) {
        visit(match.subject());
        Set<String> all = null;
        for (var arm : match.arms()) {
            var after = branch(() -> {
                free.walk(arm.pattern(), Set.of());
                bind(arm.pattern());
                arm.guard().ifPresent(this::visit);
                visit(arm.body());
            });
            if (all == null) {
                all = new LinkedHashSet<>(after);
            } else {
                all.retainAll(after);
            }
        }
        bound.addAll(Optional.ofNullable(all).orElse(Set.of()));
    }

    /** What is bound in the body counts if no handler can be reached instead. */
    private void attempt(Expr.Try attempt) {
        var whole = branch(() -> visit(attempt.body()));
        var caught = attempt.handler().map(handler -> branch(() -> {
            handler.error().ifPresent(error -> bind(error.text(), true));
            visit(handler.body());
        }));
        var last = attempt.cleanup().map(cleanup -> branch(() -> visit(cleanup)));
        join(whole, caught.orElse(whole));
        last.ifPresent(bound::addAll);
    }
}
