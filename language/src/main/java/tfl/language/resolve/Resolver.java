package tfl.language.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tfl.language.ast.Annotation;
import tfl.language.ast.Children;
import tfl.language.ast.Clause;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.lex.Spellings;
import tfl.language.source.Located;
import tfl.language.source.NearestName;
import tfl.language.source.Span;

/**
 * Decides where each name's value lives, in two steps for each function: {@link Bindings} collects what its
 * own code binds, then a walk looks each use up, from the inside out. A name found in an enclosing function
 * is captured by each function between. Note [Late variables]: a module variable that a function above its
 * first assignment uses cannot be captured by value, for it has none yet; it becomes a
 * {@link Reference.Cell}. Which variables are late shows only after all functions were walked, so with any
 * late variable the walk is done once more.
 */
public final class Resolver {
    private final Module module;
    private final Known known;
    private final Set<String> late;
    private final Set<String> foundLate = new HashSet<>();
    private final Map<Node, Scope> scopes = new IdentityHashMap<>();
    private final Map<Node, Reference> references = new IdentityHashMap<>();
    private final List<Located> problems = new ArrayList<>();
    private final Bindings moduleBindings;
    private final Frame moduleFrame = new Frame(null, "");
    private final Set<String> boundInModule = new HashSet<>();
    private final Annotations annotations = new Annotations(this);
    private Frame frame = moduleFrame;
    /** Where the function directly below the module, which holds the code being walked, begins. */
    private int outermostStart;

    private Resolver(Module module, Known known, Set<String> late) {
        this.module = module;
        this.known = known;
        this.late = late;
        this.moduleBindings = Bindings.of(module.statements());
    }

    /** Resolves all names of a text. Never throws; unknown names are among the problems. */
    public static Resolution resolve(Module module, Known known) {
        var resolver = new Resolver(module, known, Set.of());
        resolver.run();
        if (!resolver.foundLate.isEmpty()) {
            resolver = new Resolver(module, known, resolver.foundLate);
            resolver.run();
        }
        return resolver.resolution();
    }

    private void run() {
        for (var name : moduleBindings.variables.keySet()) {
            if (isModuleVariable(name) && !late.contains(name)) {
                moduleFrame.declare(name);
            }
        }
        module.statements().forEach(this::visit);
    }

    private boolean isModuleVariable(String name) {
        boolean definition = moduleBindings.definitions.contains(name) || known.definitions().contains(name);
        return !definition
                && (moduleBindings.variables.containsKey(name) || known.variables().contains(name));
    }

    private Resolution resolution() {
        var loads = moduleVariables(known.variables());
        var stores = moduleVariables(boundInModule);
        problems.sort(Comparator.comparingInt(problem -> problem.span().start()));
        return new Resolution(moduleFrame.scope(), scopes, references, loads, stores, problems);
    }

    private List<Resolution.ModuleVariable> moduleVariables(Set<String> names) {
        return moduleFrame.locals().stream().filter(names::contains)
                .map(name -> new Resolution.ModuleVariable(name, moduleFrame.slot(name)))
                .sorted(Comparator.comparingInt(Resolution.ModuleVariable::slot)).toList();
    }

    // The walk

    void visit(Node node) {
        switch (node) {
            case Expr.Name name -> references.put(name, use(name.name(), name.span()));
            case Expr.Call call -> {
                if (call.callee() instanceof Expr.Field method) {
                    uniform(method);
                }
                Children.of(call).forEach(this::visit);
            }
            case Expr.Comprehension comprehension -> comprehension(comprehension);
            case Expr.While loop -> {
                visit(loop.condition());
                loopBody(loop.body());
            }
            case Expr.For loop -> {
                visit(loop.sequence());
                visit(loop.pattern());
                loopBody(loop.body());
            }
            case Expr.Break jump -> jump("break", frame.loops > 0, jump.span());
            case Expr.Continue jump -> jump("continue", frame.loops > 0, jump.span());
            case Expr.Return jump -> {
                jump("return", frame.outer != null, jump.span());
                jump.value().ifPresent(this::visit);
            }
            case Expr.Try.Catch handler -> {
                handler.error().ifPresent(this::bind);
                visit(handler.body());
            }
            case Function function -> function(function, "");
            case Pattern pattern -> pattern(pattern);
            case Path path -> path(path);
            case Statement statement -> statement(statement);
            default -> Children.of(node).forEach(this::visit);
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Assign assign -> assign(assign);
            case Statement.Update update -> {
                visit(update.value());
                visit(update.path());
            }
            case Statement.FunctionDefinition definition -> {
                definition.decorators().forEach(this::visit);
                function(definition.function(), frame.outer == null ? "" : definition.name().text());
                bind(definition.name());
            }
            case Statement.StructDefinition struct -> struct(struct);
            case Statement.Import imports -> imports.modules().forEach(each -> bind(each.name()));
            case Statement.FromImport imports -> imports.names().forEach(each -> bind(each.boundName()));
            case Statement.Test test -> ofModule("a test", test, test.body());
            case Statement.Bench bench -> ofModule("a benchmark", bench, bench.body());
            case Statement.Expression expression -> visit(expression.value());
        }
    }

    private void ofModule(String what, Statement statement, Function body) {
        if (frame.outer != null) {
            report(new ScopeProblem.MisplacedStatement(what), statement.span());
        }
        visit(body);
    }

    /** A function assigned to a name may call itself by it, as a definition may. */
    private void assign(Statement.Assign assign) {
        if (assign.target() instanceof Pattern.Bind bind && assign.value() instanceof Expr.Lambda lambda) {
            function(lambda.function(), bind.name());
        } else {
            visit(assign.value());
        }
        visit(assign.target());
    }

    private void loopBody(Expr.Block body) {
        frame.loops++;
        visit(body);
        frame.loops--;
    }

    private void jump(String word, boolean allowed, Span span) {
        if (!allowed) {
            report(new ScopeProblem.MisplacedJump(word), span);
        }
    }

    /** A clause's sequence is evaluated before its variables are bound; the result comes last. */
    private void comprehension(Expr.Comprehension comprehension) {
        frame.enterComprehension(comprehension.span());
        for (var clause : comprehension.clauses()) {
            switch (clause) {
                case Clause.For loop -> {
                    visit(loop.sequence());
                    Bindings.binders(loop.pattern())
                            .forEach(each -> frame.declareInComprehension(Bindings.name(each)));
                    pattern(loop.pattern());
                }
                case Clause.If condition -> visit(condition.condition());
            }
        }
        visit(comprehension.result());
        frame.leaveComprehension();
    }

    private void pattern(Pattern pattern) {
        var seen = new HashSet<String>();
        for (var binder : Bindings.binders(pattern)) {
            bind(binder);
            if (!(binder instanceof Annotation.Dim) && !seen.add(Bindings.name(binder))) {
                report(new ScopeProblem.BoundTwice("name", Bindings.name(binder)), binder.span());
            }
        }
        annotations.inPattern(pattern);
    }

    /** The root of a path is read and bound again. */
    private void path(Path path) {
        path.steps().forEach(this::visit);
        String name = path.root().text();
        boolean inFunction = frame.outer != null;
        if (frame.slot(name) >= 0 || !inFunction && moduleReference(name, false).isPresent()) {
            bind(path.root());
            return;
        }
        references.put(path.root(), new Reference.Global(name));
        if (lookUp(name, frame).isPresent()) {
            report(new ScopeProblem.OuterUpdate(name, inFunction), path.span());
        } else {
            report(unknown(name, Set.of()), path.root().span());
        }
    }

    // Functions

    /** Walks a function in a frame of its own. */
    private void function(Function function, String name) {
        enter(name, function);
        var seen = new HashSet<String>();
        for (var parameter : function.parameters()) {
            for (var binder : Bindings.binders(parameter.pattern())) {
                frame.declare(Bindings.name(binder));
                if (!seen.add(Bindings.name(binder))) {
                    report(new ScopeProblem.BoundTwice("parameter", Bindings.name(binder)), binder.span());
                }
            }
        }
        annotations.dimensions(function).forEach(each -> frame.dimension(each, seen.contains(each)));
        var bindings = Bindings.of(List.of(function.body()));
        bindings.variables.keySet().forEach(frame::declare);
        bindings.definitions.forEach(frame::declare);
        for (var parameter : function.parameters()) {
            Bindings.binders(parameter.pattern()).forEach(this::bind);
            parameter.annotation().ifPresent(annotations::check);
            parameter.defaultValue().ifPresent(this::visit);
        }
        function.result().ifPresent(annotations::check);
        visit(function.body());
        leave(function);
    }

    private void struct(Statement.StructDefinition struct) {
        bind(struct.name());
        enter("", struct);
        var seen = new HashSet<String>();
        for (var field : struct.fields()) {
            references.put(field.name(), new Reference.Local(frame.declare(field.name().text())));
            if (!seen.add(field.name().text())) {
                report(new ScopeProblem.BoundTwice("field", field.name().text()), field.name().span());
            }
        }
        annotations.dimensions(struct).forEach(each -> frame.dimension(each, seen.contains(each)));
        for (var field : struct.fields()) {
            field.annotation().ifPresent(annotations::check);
            field.defaultValue().ifPresent(this::visit);
        }
        leave(struct);
        var methods = new HashSet<String>();
        for (var method : struct.methods()) {
            if (!methods.add(method.name().text()) || seen.contains(method.name().text())) {
                report(new ScopeProblem.BoundTwice("method", method.name().text()), method.name().span());
            }
            method.decorators().forEach(this::visit);
            function(method.function(), "");
        }
    }

    private void enter(String selfName, Node owner) {
        if (frame.outer == null) {
            outermostStart = owner.span().start();
        }
        frame = new Frame(frame, selfName);
    }

    private void leave(Node owner) {
        scopes.put(owner, frame.scope());
        frame = frame.outer;
    }

    // Names

    void bind(Node binder) {
        String name = Bindings.name(binder);
        int slot = frame.slot(name);
        if (slot >= 0) {
            references.put(binder, new Reference.Local(slot));
            if (frame == moduleFrame && frame.isLocal(name, slot)) {
                boundInModule.add(name);
            }
        } else if (frame.outer != null) {
            references.put(binder, new Reference.Local(frame.declare(name)));
        } else {
            references.put(binder,
                    moduleReference(name, false).orElseGet(() -> new Reference.Definition(name)));
        }
    }

    private Reference use(String name, Span span) {
        return use(name, span, Set.of());
    }

    /**
     * Where a used name lives; reports it if nowhere, with a guess at what was meant, the given names
     * included.
     */
    Reference use(String name, Span span, Set<String> alsoKnown) {
        return lookUp(name, frame).orElseGet(() -> {
            if (known.interactive() && frame.outer != null) {
                return new Reference.Cell(name);
            }
            report(unknown(name, alsoKnown), span);
            return new Reference.Global(name);
        });
    }

    void refer(Node node, Reference reference) {
        references.put(node, reference);
    }

    /**
     * In {@code x.f(y)} the name f may be that of a function. A late variable is not meant: fields are often
     * called like variables further down.
     */
    private void uniform(Expr.Field method) {
        String name = method.name().text();
        boolean isLate = frame != moduleFrame && isModuleVariable(name) && isLate(name) && !late.contains(name);
        if (!isLate || isLocalSomewhere(name)) {
            lookUp(name, frame).ifPresent(reference -> references.put(method, reference));
        }
    }

    /** Whether a function around this place binds the name. */
    private boolean isLocalSomewhere(String name) {
        for (var each = frame; each != moduleFrame; each = each.outer) {
            if (each.slot(name) >= 0 || each.isSelf(name)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Reference> lookUp(String name, Frame from) {
        int slot = from.slot(name);
        if (slot >= 0) {
            if (from == moduleFrame && frame != moduleFrame && isLate(name)) {
                foundLate.add(name);
            }
            return Optional.of(new Reference.Local(slot));
        } else if (from.outer == null) {
            return moduleReference(name, true);
        }
        int self = from.selfSlot(name);
        if (self >= 0) {
            return Optional.of(new Reference.Local(self));
        }
        return lookUp(name, from.outer).map(found -> found instanceof Reference.Local(int outer)
                ? new Reference.Local(from.capture(name, outer)) : found);
    }

    /** See Note [Late variables]. A variable that exists already is not late. */
    private boolean isLate(String name) {
        return moduleBindings.variables.getOrDefault(name, -1) > outermostStart
                && !known.variables().contains(name);
    }

    /** A name without a slot in the module's frame, as yet. */
    private Optional<Reference> moduleReference(String name, boolean read) {
        if (moduleBindings.definitions.contains(name) || known.definitions().contains(name)) {
            return Optional.of(new Reference.Definition(name));
        } else if (late.contains(name)) {
            return Optional.of(new Reference.Cell(name));
        } else if (known.variables().contains(name)) {
            return Optional.of(new Reference.Local(moduleFrame.declare(name)));
        }
        return read && known.globals().contains(name) ? Optional.of(new Reference.Global(name))
                : Optional.empty();
    }

    private ScopeProblem unknown(String name, Set<String> alsoKnown) {
        var names = new TreeSet<>(known.globals());
        names.addAll(alsoKnown);
        names.addAll(known.definitions());
        names.addAll(known.variables());
        names.addAll(moduleBindings.definitions);
        names.addAll(moduleBindings.variables.keySet());
        for (var each = frame; each != null; each = each.outer) {
            each.addNames(names);
        }
        return new ScopeProblem.UnknownName(name, NearestName.of(name, names), Spellings.ofWord(name));
    }

    void report(ScopeProblem problem, Span span) {
        problems.add(new Located(problem, span));
    }
}
