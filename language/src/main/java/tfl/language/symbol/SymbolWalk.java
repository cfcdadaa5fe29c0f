package tfl.language.symbol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tfl.language.ast.Annotation;
import tfl.language.ast.Argument;
import tfl.language.ast.Children;
import tfl.language.ast.Clause;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Identifier;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.ast.Parameter;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.RecordEntry;
import tfl.language.ast.Statement;
import tfl.language.resolve.Reference;
import tfl.language.resolve.Resolution;
import tfl.language.resolve.Scope;
import tfl.language.source.Span;
import tfl.language.symbol.Occurrence.Form;
import tfl.language.symbol.Occurrence.Role;
import tfl.language.symbol.Symbol.Kind;

/** Walks a tree in the frames that the resolver made, and gives each slot a symbol. */
final class SymbolWalk {
    /** A frame while the walk is in it. */
    private static final class Room {
        final Scope scope;
        final Room outer;
        final Map<Integer, Symbol> slots = new HashMap<>();
        final Map<String, Symbol> names = new LinkedHashMap<>();

        Room(Scope scope, Room outer) {
            this.scope = scope;
            this.outer = outer;
        }
    }

    private final Resolution resolution;
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final List<SymbolTable.Region> regions = new ArrayList<>();
    private final Map<String, Symbol> outside = new HashMap<>();
    private final Map<Symbol, Function> functions = new IdentityHashMap<>();
    private final Map<Function, Map<String, Symbol>> parameters = new IdentityHashMap<>();
    private final Set<Integer> announced = new HashSet<>();
    private final List<Expr.Call> calls = new ArrayList<>();
    private final Map<Node, Symbol> callees = new IdentityHashMap<>();
    private final Members members;
    private final Room top;
    private Room room;

    SymbolWalk(Resolution resolution) {
        this.resolution = resolution;
        this.top = new Room(resolution.module(), null);
        this.room = top;
        this.members = new Members(this::add);
    }

    SymbolTable walk(Module module) {
        announce(module.statements());
        module.statements().forEach(this::visit);
        calls.forEach(this::keywords);
        return new SymbolTable(occurrences, regions, top.names);
    }

    /** Functions may use those below them, so their symbols are made first. */
    private void announce(List<? extends Node> nodes) {
        for (var node : nodes) {
            switch (node) {
                case Statement.FunctionDefinition each -> define(each.name(), Kind.FUNCTION, each, null);
                case Statement.StructDefinition each -> {
                    members.announce(each, define(each.name(), Kind.STRUCT, each, null));
                }
                case Statement.Import each -> each.modules()
                        .forEach(one -> define(one.name(), Kind.MODULE, one, one));
                case Statement.FromImport each -> each.names()
                        .forEach(one -> define(one.boundName(), Kind.IMPORTED, one, each.module()));
                case Function _ -> { }
                default -> announce(Children.of(node));
            }
        }
    }

    private void visit(Node node) {
        switch (node) {
            case Expr.Name name -> use(name, name.name(), name.span(), resolution.of(name), Form.PLAIN);
            case Expr.Call call -> {
                calls.add(call);
                call.arguments().forEach(this::visit);
                visit(call.callee());
            }
            case Expr.Field field -> field(field);
            case Expr.Comprehension comprehension -> comprehension(comprehension);
            case Expr.Try.Catch handler -> {
                handler.error().ifPresent(error -> bind(error, error.text(), error.span(), resolution.of(error),
                        Kind.VARIABLE, handler, Form.PLAIN));
                visit(handler.body());
            }
            case Function function -> function(function);
            case Pattern pattern -> pattern(pattern, Kind.VARIABLE, pattern, Form.PLAIN);
            case Path path -> path(path);
            case RecordEntry.Field(Identifier name, Expr.Name value, _) when value.span().equals(name.span()) ->
                    use(value, value.name(), value.span(), resolution.of(value), Form.SHORTHAND);
            case Annotation annotation -> annotation(annotation);
            case Statement statement -> statement(statement);
            case Argument.Keyword keyword -> visit(keyword.value());
            default -> Children.of(node).forEach(this::visit);
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.FunctionDefinition definition -> {
                definition.decorators().forEach(this::visit);
                var symbol = define(definition.name(), Kind.FUNCTION, definition, null);
                functions.put(symbol, definition.function());
                function(definition.function());
            }
            case Statement.StructDefinition struct -> struct(struct);
            case Statement.Import imports -> imports.modules()
                    .forEach(each -> define(each.name(), Kind.MODULE, each, each));
            case Statement.FromImport imports -> imports.names().forEach(each -> {
                define(each.boundName(), Kind.IMPORTED, each, imports.module());
                if (each.alias().isPresent()) {
                    add(member(imports.module(), each.name().text()), each.name().span(), Role.READ, Form.PLAIN);
                }
            });
            case Statement.Assign assign -> {
                visit(assign.value());
                pattern(assign.target(), Kind.VARIABLE, assign, Form.PLAIN);
                if (assign.target() instanceof Pattern.Bind bind && assign.value() instanceof Expr.Lambda lambda) {
                    functions.put(bind(bind, bind.name(), bind.span(), resolution.of(bind), Kind.VARIABLE, assign,
                            null), lambda.function());
                }
            }
            case Statement.Update update -> {
                visit(update.value());
                visit(update.path());
            }
            case Statement.Test test -> visit(test.body());
            case Statement.Bench bench -> visit(bench.body());
            case Statement.Expression expression -> visit(expression.value());
        }
    }

    private void function(Function function) {
        room = new Room(resolution.scope(function), room);
        for (var parameter : function.parameters()) {
            parameter(parameter);
        }
        parameters.put(function, Map.copyOf(room.names));
        function.result().ifPresent(this::visit);
        announce(List.of(function.body()));
        visit(function.body());
        regions.add(new SymbolTable.Region(function.span(), room.names));
        room = room.outer;
    }

    private void parameter(Parameter parameter) {
        pattern(parameter.pattern(), Kind.PARAMETER, parameter, Form.PLAIN);
        parameter.annotation().ifPresent(this::visit);
        parameter.defaultValue().ifPresent(this::visit);
    }

    private void struct(Statement.StructDefinition struct) {
        define(struct.name(), Kind.STRUCT, struct, null);
        room = new Room(resolution.scope(struct), room);
        for (var field : struct.fields()) {
            var symbol = members.field(struct, field);
            if (resolution.of(field.name()) instanceof Reference.Local(int slot)) {
                room.slots.put(slot, symbol);
            }
            field.annotation().ifPresent(this::visit);
            field.defaultValue().ifPresent(this::visit);
        }
        room = room.outer;
        for (var method : struct.methods()) {
            method.decorators().forEach(this::visit);
            members.method(struct, method);
            members.within(struct, method, () -> function(method.function()));
        }
    }

    private void comprehension(Expr.Comprehension comprehension) {
        var before = new LinkedHashMap<>(room.names);
        for (var clause : comprehension.clauses()) {
            switch (clause) {
                case Clause.For loop -> {
                    visit(loop.sequence());
                    pattern(loop.pattern(), Kind.VARIABLE, loop, Form.PLAIN);
                }
                case Clause.If condition -> visit(condition.condition());
            }
        }
        visit(comprehension.result());
        var own = new LinkedHashMap<>(room.names);
        own.entrySet().removeIf(each -> before.get(each.getKey()) == each.getValue());
        regions.add(new SymbolTable.Region(comprehension.span(), own));
        room.names.clear();
        room.names.putAll(before);
    }

    private void pattern(Pattern pattern, Kind kind, Node owner, Form form) {
        switch (pattern) {
            case Pattern.Wildcard _ -> { }
            case Pattern.Bind each -> bind(each, each.name(), each.span(), resolution.of(each), kind, owner, form);
            case Pattern.Literal each -> visit(each.value());
            case Pattern.Tuple each -> each.elements().forEach(one -> pattern(one, kind, owner, form));
            case Pattern.Rest rest -> rest.name().ifPresent(name -> bind(name, name.text(), name.span(),
                    resolution.of(name), kind, owner, form));
            case Pattern.Fields fields -> {
                for (var field : fields.fields()) {
                    boolean shorthand = field.pattern().span().equals(field.name().span());
                    pattern(field.pattern(), kind, owner, shorthand ? Form.SHORTHAND : form);
                }
                fields.rest().ifPresent(name -> bind(name, name.text(), name.span(), resolution.of(name), kind,
                        owner, form));
            }
            case Pattern.Typed typed -> {
                pattern(typed.pattern(), kind, owner, form);
                visit(typed.annotation());
            }
        }
    }

    private void path(Path path) {
        path.steps().forEach(this::visit);
        use(path.root(), path.root().text(), path.root().span(), resolution.of(path.root()), Form.PLAIN);
        var last = occurrences.getLast();
        occurrences.set(occurrences.size() - 1, new Occurrence(last.symbol(), last.span(), Role.WRITE, Form.PLAIN));
    }

    private void annotation(Annotation annotation) {
        switch (annotation) {
            case Annotation.Named named -> {
                var reference = resolution.of(named);
                if (reference != null) {
                    int dot = named.name().indexOf('.');
                    var first = dot < 0 ? named.span()
                            : named.span().source().span(named.span().start(), named.span().start() + dot);
                    use(named, dot < 0 ? named.name() : named.name().substring(0, dot), first, reference, Form.PLAIN);
                }
            }
            case Annotation.Tensor tensor -> tensor.dims().forEach(dim -> {
                if (dim instanceof Annotation.Dim.Named named) {
                    dimension(named);
                }
            });
        }
    }

    /** {@code n*2+1} begins with the name, unless it is {@code 2*n}. */
    private void dimension(Annotation.Dim.Named dim) {
        int start = dim.span().start() + dim.span().text().indexOf(dim.name());
        var span = dim.span().source().span(start, start + dim.name().length());
        var reference = resolution.of(dim);
        if (reference == null) {
            reference = room.scope.dimensions().stream().filter(each -> each.name().equals(dim.name()))
                    .map(each -> (Reference) new Reference.Local(each.slot())).findFirst().orElse(null);
        }
        bind(dim, dim.name(), span, reference, Kind.DIMENSION, dim, Form.PLAIN);
    }

    private void field(Expr.Field field) {
        visit(field.target());
        if (field.target() instanceof Expr.Name target) {
            var symbol = symbol(target.name(), resolution.of(target), null);
            if (symbol.kind() == Kind.MODULE) {
                var member = member(symbol.module().orElseThrow(), field.name().text());
                add(member, field.name().span(), Role.READ, Form.PLAIN);
                callees.put(field, member);
                return;
            }
            var own = members.of(target.name(), field.name().text(), symbol);
            if (own.isPresent()) {
                add(own.get(), field.name().span(), Role.READ, Form.PLAIN);
                return;
            }
        }
        var uniform = resolution.of(field);
        if (uniform != null) {
            use(field, field.name().text(), field.name().span(), uniform, Form.PLAIN);
        }
    }

    private Symbol member(Statement.ImportedModule module, String name) {
        return outside.computeIfAbsent(module.target() + "#" + name,
                key -> new Symbol(name, Kind.MEMBER, null, null, module));
    }

    /** Keyword arguments of calls whose function is sure name its parameters. */
    private void keywords(Expr.Call call) {
        var callee = callees.get(call.callee());
        if (callee == null) {
            return;
        }
        var names = callee.kind() == Kind.STRUCT ? members.fields(callee)
                : functions.containsKey(callee) ? parameters.get(functions.get(callee)) : Map.<String, Symbol>of();
        for (var argument : call.arguments()) {
            if (argument instanceof Argument.Keyword keyword && names != null
                    && names.containsKey(keyword.name().text())) {
                add(names.get(keyword.name().text()), keyword.name().span(), Role.READ, Form.PLAIN);
            }
        }
    }

    // Symbols

    private Symbol define(Identifier name, Kind kind, Node node, Statement.ImportedModule module) {
        var reference = resolution.of(name);
        var known = reference == null ? null : find(name.text(), reference);
        boolean keepsName = node instanceof Statement.ImportedName imported && imported.alias().isEmpty();
        var form = keepsName ? Form.IMPORT : Form.PLAIN;
        var symbol = known != null ? known
                : enter(name.text(), reference, new Symbol(name.text(), kind, name.span(), node, module));
        if (announced.add(name.span().start())) {
            add(symbol, name.span(), Role.DEFINE, form);
        }
        return symbol;
    }

    private Symbol bind(Node node, String name, Span span, Reference reference, Kind kind, Node owner, Form form) {
        var known = reference == null ? null : find(name, reference);
        var symbol = known != null ? known : enter(name, reference, new Symbol(name, kind, span, owner, null));
        if (form != null) {
            add(symbol, span, known == null ? Role.DEFINE : Role.WRITE, form);
        }
        return symbol;
    }

    private void use(Node node, String name, Span span, Reference reference, Form form) {
        var symbol = symbol(name, reference, span);
        callees.put(node, symbol);
        add(symbol, span, Role.READ, form);
    }

    private Symbol symbol(String name, Reference reference, Span span) {
        var found = reference == null ? null : find(name, reference);
        if (found != null) {
            return found;
        }
        return reference instanceof Reference.Global || reference == null
                ? outside.computeIfAbsent(name, key -> new Symbol(name, Kind.PRELUDE, null, null, null))
                : enter(name, reference, new Symbol(name, Kind.VARIABLE, span, null, null));
    }

    /** The symbol of a reference, if it has been met. */
    private Symbol find(String name, Reference reference) {
        return switch (reference) {
            case Reference.Local(int slot) -> find(name, slot, room);
            case Reference.Definition _, Reference.Cell _ -> top.names.get(name);
            case Reference.Global _ -> null;
        };
    }

    private Symbol find(String name, int slot, Room from) {
        if (from.slots.containsKey(slot)) {
            return from.slots.get(slot);
        }
        Optional<Scope.Capture> capture = from.scope.captures().stream().filter(each -> each.inner() == slot)
                .findFirst();
        if (capture.isPresent() && from.outer != null) {
            return find(name, capture.get().outer(), from.outer);
        }
        boolean isSelf = from.scope.self().isPresent() && from.scope.self().getAsInt() == slot;
        return isSelf && from.outer != null ? from.outer.names.get(name) : null;
    }

    private Symbol enter(String name, Reference reference, Symbol symbol) {
        switch (reference) {
            case Reference.Local(int slot) -> {
                var owner = room;
                int at = slot;
                while (owner.outer != null) {
                    var capture = capture(owner.scope, at);
                    if (capture.isEmpty()) {
                        break;
                    }
                    at = capture.get().outer();
                    owner = owner.outer;
                }
                owner.slots.put(at, symbol);
                owner.names.put(name, symbol);
            }
            case Reference.Definition _, Reference.Cell _ -> top.names.put(name, symbol);
            case Reference.Global _ -> { }
            case null -> { }
        }
        return symbol;
    }

    private static Optional<Scope.Capture> capture(Scope scope, int inner) {
        return scope.captures().stream().filter(each -> each.inner() == inner).findFirst();
    }

    private void add(Symbol symbol, Span span, Role role, Form form) {
        occurrences.add(new Occurrence(symbol, span, role, form));
    }
}
