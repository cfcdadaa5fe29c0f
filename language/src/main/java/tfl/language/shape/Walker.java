package tfl.language.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tfl.language.ast.Argument;
import tfl.language.ast.Children;
import tfl.language.ast.Clause;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.RecordEntry;
import tfl.language.ast.Statement;
import tfl.language.ast.Subscript;
import tfl.language.resolve.Reference;
import tfl.language.resolve.Resolution;
import tfl.language.shape.ShapeFault.Mismatch;
import tfl.language.source.Span;

/**
 * Walks code in the order in which it runs, with what is sure of each variable.
 *
 * <p>Functions are looked at where they are defined, with parameters of which only annotations are known, and again
 * where they are called with arguments of which more is known. Note [Silence]: what may not be reached, or is meant to
 * fail, is walked in silence: the body of a {@code try} with a {@code catch}, arms of a match, functions without
 * parameters that are handed over; and in calls also every branch whose condition is not sure, for it may be there to
 * keep such arguments away.
 */
final class Walker {
    private static final int ROUNDS = 3;
    private final Inference inference;
    private final Resolution resolution;
    final Definitions definitions;
    private final Calls calls;
    Frame frame;
    private int silence;
    /** How deep in calls of functions of this text the walk is. */
    int depth;

    Walker(Inference inference, Module module, Resolution resolution) {
        this.inference = inference;
        this.resolution = resolution;
        this.definitions = new Definitions(module);
        this.calls = new Calls(this, resolution);
        this.frame = new Frame(resolution.module(), null, Map.of());
    }

    void module(Module module) {
        module.statements().forEach(this::statement);
    }

    // Complaints

    void report(ShapeFault fault, Span span) {
        if (silence == 0 && !frame.mayHaveLeft) {
            inference.report(fault, span);
        }
    }

    <T> T silently(java.util.function.Supplier<T> work) {
        silence++;
        try {
            return work.get();
        } finally {
            silence--;
        }
    }

    private void silently(Runnable work) {
        silently(() -> {
            work.run();
            return null;
        });
    }

    /** Code that may not run: in calls it may be what keeps these arguments away. */
    private void perhaps(Runnable work) {
        if (depth > 0) {
            silently(work);
        } else {
            work.run();
        }
    }

    private void note(Node node, Value value) {
        if (depth == 0) {
            inference.note(node, value);
        }
    }

    // Expressions

    Value of(Expr expr) {
        Value value;
        try {
            value = value(expr);
        } catch (Mismatch mismatch) {
            value = Value.UNKNOWN;
            complain(mismatch, expr);
        }
        note(expr, value);
        return value;
    }

    private void complain(Mismatch mismatch, Expr expr) {
        switch (expr) {
            case Expr.Binary binary -> {
                var left = binary.left().span();
                var right = binary.right().span();
                report(mismatch.named("", ShapeFault.label(left, silent(binary.left()), right, silent(binary.right())),
                        List.of(ShapeFault.operand(left), ShapeFault.operand(right))), expr.span());
            }
            case Expr.Comparison comparison -> report(mismatch.named("", "",
                    List.of(ShapeFault.operand(comparison.first().span()),
                            ShapeFault.operand(comparison.links().getFirst().right().span()))), expr.span());
            case Expr.Index index -> report(mismatch.named("",
                    ShapeFault.label(index.target().span(), silent(index.target())),
                    List.of(ShapeFault.operand(index.target().span()))), expr.span());
            default -> report(mismatch.named("", "", List.of()), expr.span());
        }
    }

    private Value silent(Expr expr) {
        return silently(() -> {
            depth++;
            try {
                return of(expr);
            } finally {
                depth--;
            }
        });
    }

    private Value value(Expr expr) {
        return switch (expr) {
            case Expr.Name name -> name(name);
            case Expr.IntLiteral each -> each.suffix().isPresent() ? Value.UNKNOWN : new Value.Int(Dim.of(each.value()));
            case Expr.FloatLiteral each -> each.suffix().isPresent() ? Value.UNKNOWN : Value.FLOAT;
            case Expr.BoolLiteral each -> new Value.Truth(each.value());
            case Expr.NoneLiteral _ -> Value.NONE;
            case Expr.StringLiteral text -> {
                Children.of(text).forEach(this::parts);
                yield Value.TEXT;
            }
            case Expr.Tuple tuple -> tuple(tuple);
            case Expr.Tensor tensor -> tensor(tensor);
            case Expr.Record record -> record(record);
            case Expr.Comprehension comprehension -> comprehension(comprehension);
            case Expr.Lambda lambda -> closure(lambda.function(), "");
            case Expr.Call call -> calls.call(call);
            case Expr.Pipe pipe -> calls.pipe(pipe);
            case Expr.Index index -> index(index);
            case Expr.Field field -> field(of(field.target()), field.name().text());
            case Expr.Unary unary -> Operations.unary(unary.operator(), of(unary.operand()));
            case Expr.Binary binary -> Operations.binary(binary.operator(), of(binary.left()), of(binary.right()));
            case Expr.Comparison comparison -> comparison(comparison);
            case Expr.And and -> condition(and.left(), and.right(), false);
            case Expr.Or or -> condition(or.left(), or.right(), true);
            case Expr.Range range -> {
                of(range.start());
                of(range.end());
                range.step().ifPresent(this::of);
                yield new Value.Plain("range");
            }
            case Expr.Block block -> block(block);
            case Expr.If each -> branch(each);
            case Expr.While loop -> loop(loop.body(), () -> of(loop.condition()));
            case Expr.For loop -> forLoop(loop);
            case Expr.Match match -> match(match);
            case Expr.Try each -> attempt(each);
            case Expr.Return each -> {
                frame.returns(each.value().map(this::of).orElse(Value.NONE));
                yield Value.UNKNOWN;
            }
            case Expr.Assert each -> {
                of(each.condition());
                each.message().ifPresent(message -> silently(() -> of(message)));
                yield Value.NONE;
            }
            case Expr.Break _, Expr.Continue _ -> Value.UNKNOWN;
        };
    }

    private void parts(Node node) {
        Children.of(node).forEach(each -> {
            if (each instanceof Expr inner) {
                of(inner);
            }
        });
    }

    private Value name(Expr.Name name) {
        return switch (resolution.of(name)) {
            case Reference.Local(int slot) -> frame.get(name.name(), slot);
            case Reference.Global(String global) -> new Value.Builtin(global);
            case Reference.Definition(String definition) -> definitions.of(definition);
            case Reference.Cell _ -> Value.UNKNOWN;
            case null -> Value.UNKNOWN;
        };
    }

    private Value tuple(Expr.Tuple tuple) {
        var elements = new ArrayList<Value>();
        boolean sure = true;
        for (var element : tuple.elements()) {
            switch (element) {
                case Element.Item(Expr value) -> elements.add(of(value));
                case Element.Spread(Expr value, _) -> {
                    if (of(value) instanceof Value.Tuple(var inner)) {
                        elements.addAll(inner);
                    } else {
                        sure = false;
                    }
                }
            }
        }
        return sure ? new Value.Tuple(elements) : new Value.Plain("tuple");
    }

    /** Equal shapes, stacked; numbers have none. */
    private Value tensor(Expr.Tensor tensor) {
        List<Dim> shape = null;
        int first = 0;
        String dtype = null;
        boolean sure = !tensor.elements().isEmpty();
        var kinds = new ArrayList<Value>();
        for (int i = 0; i < tensor.elements().size(); i++) {
            if (!(tensor.elements().get(i) instanceof Element.Item(Expr each))) {
                of(((Element.Spread) tensor.elements().get(i)).value());
                sure = false;
                continue;
            }
            var value = of(each);
            kinds.add(value);
            var own = value.isScalar() ? List.<Dim>of() : value instanceof Value.Tensor(_, var dims) ? dims : null;
            if (own == null) {
                continue;
            }
            if (shape != null && PreludeRules.surelyDiffer(shape, own)) {
                throw new Mismatch("TFL-E0352", "[ ] stacks equal shapes: element " + first + " has shape ("
                        + Rules.sizes(shape) + "), element " + i + " has shape (" + Rules.sizes(own) + ")",
                        "a sequence of any values is written with ( )");
            }
            first = shape == null ? i : first;
            shape = shape == null ? own : shape;
        }
        if (!sure || shape == null) {
            return Value.tensor(null, null);
        }
        var dims = new ArrayList<Dim>();
        dims.add(Dim.of(tensor.elements().size()));
        dims.addAll(shape);
        return Value.tensor(elements(kinds), dims);
    }

    private static String elements(List<Value> kinds) {
        if (kinds.stream().allMatch(Value.Int.class::isInstance)) {
            return "i64";
        }
        if (kinds.stream().allMatch(each -> each.equals(Value.FLOAT) || each instanceof Value.Int)) {
            return "f32";
        }
        if (kinds.stream().allMatch(each -> each instanceof Value.Truth || each.equals(Value.BOOL))) {
            return "bool";
        }
        var dtypes = kinds.stream().map(each -> each instanceof Value.Tensor(String dtype, _) ? dtype : null)
                .distinct().toList();
        return dtypes.size() == 1 ? dtypes.getFirst() : null;
    }

    private Value record(Expr.Record record) {
        var fields = new LinkedHashMap<String, Value>();
        boolean sure = true;
        for (var entry : record.entries()) {
            switch (entry) {
                case RecordEntry.Field(var name, Expr value, _) -> fields.put(name.text(), of(value));
                case RecordEntry.Spread(Expr value, _) -> {
                    if (of(value) instanceof Value.Record(var inner)) {
                        fields.putAll(inner);
                    } else {
                        sure = false;
                    }
                }
            }
        }
        return sure ? new Value.Record(fields) : new Value.Plain("record");
    }

    private Value comprehension(Expr.Comprehension comprehension) {
        var before = frame.copy();
        for (var clause : comprehension.clauses()) {
            switch (clause) {
                case Clause.For loop -> bind(loop.pattern(), element(of(loop.sequence())));
                case Clause.If condition -> of(condition.condition());
            }
        }
        var result = new Value[] {Value.UNKNOWN};
        perhaps(() -> result[0] = of(comprehension.result()));
        frame.variables = before;
        if (comprehension.kind() == Expr.Comprehension.Kind.TUPLE) {
            return new Value.Plain("tuple");
        }
        return switch (result[0]) {
            case Value.Tensor(String dtype, var shape) when shape != null -> {
                var dims = new ArrayList<Dim>();
                dims.add(Dim.UNKNOWN);
                dims.addAll(shape);
                yield Value.tensor(dtype, dims);
            }
            default -> Value.tensor(null, null);
        };
    }

    Value closure(Function function, String name) {
        var captured = new HashMap<String, Value>();
        for (var each : resolution.scope(function).captures()) {
            captured.put(each.name(), frame.get(each.name(), each.outer()));
        }
        var closure = new Value.Closure(function, name, captured);
        if (depth == 0) {
            calls.lookAt(closure);
        }
        return closure;
    }

    private Value index(Expr.Index index) {
        var target = of(index.target());
        var entries = index.subscripts().stream().map(this::entry).toList();
        if (target instanceof Value.Tuple(var elements) && entries.size() == 1
                && entries.getFirst() instanceof Operations.Entry.At(Value.Int(Dim at)) && at.isNumber()) {
            long i = at.offset() < 0 ? at.offset() + elements.size() : at.offset();
            return i >= 0 && i < elements.size() ? elements.get((int) i) : Value.UNKNOWN;
        }
        return target instanceof Value.Tensor tensor ? Operations.index(tensor, entries) : Value.UNKNOWN;
    }

    Operations.Entry entry(Subscript subscript) {
        return switch (subscript) {
            case Subscript.At(Expr value) -> new Operations.Entry.At(of(value));
            case Subscript.Ellipsis _ -> new Operations.Entry.Ellipsis();
            case Subscript.Slice slice -> {
                var start = bound(slice.start());
                var stop = bound(slice.stop());
                var step = bound(slice.step());
                boolean sure = slice.start().isPresent() == (start != null) && slice.stop().isPresent() == (stop != null)
                        && slice.step().isPresent() == (step != null);
                yield new Operations.Entry.Slice(start, stop, step, sure);
            }
        };
    }

    private Long bound(Optional<Expr> expr) {
        return expr.map(this::of).map(each -> each instanceof Value.Int(Dim dim) && dim.isNumber() ? dim.offset() : null)
                .orElse(null);
    }

    Value field(Value target, String name) {
        var found = switch (target) {
            case Value.Tensor tensor -> Operations.property(tensor, name);
            case Value.Record(var fields) -> fields.get(name);
            case Value.Struct(_, var fields) -> fields.get(name);
            default -> null;
        };
        return found == null ? Value.UNKNOWN : found;
    }

    private Value comparison(Expr.Comparison comparison) {
        var left = of(comparison.first());
        Value result = Value.UNKNOWN;
        for (var link : comparison.links()) {
            var right = of(link.right());
            result = comparison.links().size() == 1 ? Operations.compare(link.operator(), left, right) : Value.UNKNOWN;
            left = right;
        }
        return result;
    }

    private Value condition(Expr left, Expr right, boolean decides) {
        var first = of(left);
        if (first instanceof Value.Truth(boolean truth) && truth == decides) {
            return first;
        }
        var second = new Value[] {Value.UNKNOWN};
        if (first instanceof Value.Truth) {
            return of(right);
        }
        silently(() -> second[0] = of(right));
        return Value.BOOL;
    }

    // Flow

    Value block(Expr.Block block) {
        Value last = Value.NONE;
        for (var statement : block.statements()) {
            last = statement(statement);
        }
        return last;
    }

    private Value branch(Expr.If each) {
        if (of(each.condition()) instanceof Value.Truth(boolean truth)) {
            return truth ? of(each.thenBranch()) : each.elseBranch().map(this::of).orElse(Value.NONE);
        }
        boolean guards = depth > 0 || Guards.shapes(each.condition());
        var before = frame.copy();
        var results = new Value[] {Value.UNKNOWN, Value.NONE};
        Runnable yes = () -> results[0] = of(each.thenBranch());
        Runnable no = () -> results[1] = each.elseBranch().map(this::of).orElse(Value.NONE);
        run(guards, yes);
        var after = frame.variables;
        frame.variables = before;
        run(guards, no);
        frame.variables = Frame.join(after, frame.variables);
        left(each);
        return Value.join(results[0], results[1]);
    }

    private void run(boolean quietly, Runnable work) {
        if (quietly) {
            silently(work);
        } else {
            work.run();
        }
    }

    /** Behind a branch that may leave the function, a call's arguments may have been turned away. */
    private void left(Node branch) {
        if (depth > 0 && !frame.mayHaveLeft && Assigned.in(branch).leaves()) {
            frame.mayHaveLeft = true;
        }
    }

    private Value forLoop(Expr.For loop) {
        var sequence = of(loop.sequence());
        loop(loop.body(), () -> bind(loop.pattern(), element(sequence)));
        return Value.NONE;
    }

    /** Rounds until nothing changes; then once more, aloud. */
    private Value loop(Expr.Block body, Runnable head) {
        var assigned = Assigned.in(body);
        if (assigned.jumps()) {
            frame.forget(assigned.names());
        }
        for (int round = 0; round < ROUNDS; round++) {
            var before = frame.copy();
            silent(() -> {
                head.run();
                block(body);
            });
            frame.variables = Frame.join(before, frame.variables);
            if (frame.variables.equals(before)) {
                break;
            }
            if (round == ROUNDS - 1) {
                frame.forget(assigned.names());
            }
        }
        var before = frame.copy();
        head.run();
        perhaps(() -> block(body));
        frame.variables = Frame.join(before, frame.variables);
        if (assigned.jumps()) {
            frame.forget(assigned.names());
        }
        left(body);
        return Value.NONE;
    }

    private void silent(Runnable work) {
        boolean left = frame.mayHaveLeft;
        silently(() -> {
            depth++;
            try {
                work.run();
            } finally {
                depth--;
                frame.mayHaveLeft = left;
            }
        });
    }

    static Value element(Value sequence) {
        return switch (sequence) {
            case Value.Tensor(String dtype, var shape) when shape != null && shape.size() > 1 ->
                    Value.tensor(dtype, shape.subList(1, shape.size()));
            case Value.Tuple(var elements) when !elements.isEmpty() ->
                    elements.stream().reduce(Value::join).orElseThrow();
            case Value.Plain plain when plain.kind().equals("range") -> Value.INT;
            default -> Value.UNKNOWN;
        };
    }

    private Value match(Expr.Match match) {
        of(match.subject());
        Value result = null;
        var before = frame.copy();
        Map<String, Value> after = null;
        for (var arm : match.arms()) {
            frame.variables = new HashMap<>(before);
            bind(arm.pattern(), Value.UNKNOWN);
            var value = silently(() -> {
                arm.guard().ifPresent(this::of);
                return of(arm.body());
            });
            result = result == null ? value : Value.join(result, value);
            after = after == null ? frame.variables : Frame.join(after, frame.variables);
        }
        frame.variables = after == null ? before : Frame.join(before, after);
        left(match);
        return result == null ? Value.UNKNOWN : result;
    }

    private Value attempt(Expr.Try each) {
        var assigned = Assigned.in(each.body());
        var value = each.handler().isPresent() ? silently(() -> of(each.body())) : of(each.body());
        frame.forget(assigned.names());
        if (each.handler().isPresent()) {
            var handler = each.handler().get();
            var before = frame.copy();
            handler.error().ifPresent(error -> frame.set(error.text(), Value.UNKNOWN));
            value = Value.join(value, silently(() -> of(handler.body())));
            frame.variables = Frame.join(before, frame.variables);
        }
        each.cleanup().ifPresent(this::of);
        left(each);
        return value;
    }

    // Statements

    private Value statement(Statement statement) {
        switch (statement) {
            case Statement.Expression(Expr value) -> {
                return of(value);
            }
            case Statement.Assign assign -> bind(assign.target(), assign.value() instanceof Expr.Lambda lambda
                    && assign.target() instanceof Pattern.Bind bind ? closure(lambda.function(), bind.name())
                            : of(assign.value()));
            case Statement.Update update -> update(update);
            case Statement.FunctionDefinition definition -> calls.define(definition);
            case Statement.StructDefinition struct -> calls.define(struct);
            case Statement.Test test -> closure(test.body(), "test");
            case Statement.Import imports -> frame.forget(imports.modules().stream().map(each -> each.name().text())
                    .toList());
            case Statement.FromImport imports -> frame.forget(imports.names().stream()
                    .map(each -> each.boundName().text()).toList());
        }
        return Value.NONE;
    }

    /** A tensor keeps its shape and dtype when a part of it is replaced; with an operator it may not fit. */
    private void update(Statement.Update update) {
        var value = of(update.value());
        update.path().steps().forEach(step -> {
            if (step instanceof Path.Step.Index index) {
                index.subscripts().forEach(this::entry);
            }
        });
        String root = update.path().root().text();
        var reference = resolution.of(update.path().root());
        var before = reference instanceof Reference.Local(int slot) ? frame.get(root, slot) : Value.UNKNOWN;
        if (update.path().steps().isEmpty() && update.operator().isPresent()) {
            Value after = Value.UNKNOWN;
            try {
                after = Operations.binary(update.operator().get(), before, value);
            } catch (Mismatch mismatch) {
                var left = update.path().span();
                var right = update.value().span();
                report(mismatch.named("", ShapeFault.label(left, before, right, value),
                        List.of(ShapeFault.operand(left), ShapeFault.operand(right))), update.span());
            }
            frame.set(root, after);
        } else {
            boolean isElement = update.path().steps().size() == 1
                    && update.path().steps().getFirst() instanceof Path.Step.Index;
            frame.set(root, isElement && before instanceof Value.Tensor ? before : Value.UNKNOWN);
        }
        note(update.path().root(), frame.variables.getOrDefault(root, Value.UNKNOWN));
    }

    /** Binds the names of a pattern. */
    void bind(Pattern pattern, Value value) {
        switch (pattern) {
            case Pattern.Wildcard _, Pattern.Literal _ -> { }
            case Pattern.Bind bind -> {
                frame.set(bind.name(), value);
                note(bind, value);
            }
            case Pattern.Rest rest -> rest.name().ifPresent(name -> frame.set(name.text(), Value.UNKNOWN));
            case Pattern.Tuple tuple -> {
                boolean fits = value instanceof Value.Tuple(var elements) && elements.size() == tuple.elements().size()
                        && tuple.elements().stream().noneMatch(Pattern.Rest.class::isInstance);
                for (int i = 0; i < tuple.elements().size(); i++) {
                    bind(tuple.elements().get(i), fits ? ((Value.Tuple) value).elements().get(i) : Value.UNKNOWN);
                }
            }
            case Pattern.Fields fields -> {
                fields.fields().forEach(each -> bind(each.pattern(), field(value, each.name().text())));
                fields.rest().ifPresent(name -> frame.set(name.text(), Value.UNKNOWN));
            }
            case Pattern.Typed typed -> {
                bind(typed.pattern(), Value.UNKNOWN);
                frame.forget(Assigned.in(typed.annotation()).names());
            }
        }
    }

    /** The arguments of a call. */
    Arguments arguments(List<Argument> given) {
        var positional = new ArrayList<Value>();
        var keywords = new LinkedHashMap<String, Value>();
        boolean complete = true;
        for (var argument : given) {
            switch (argument) {
                case Argument.Positional(Expr value) -> positional.add(handed(value));
                case Argument.Keyword(var name, Expr value, _) -> keywords.put(name.text(), handed(value));
                case Argument.Spread(Expr value, _) -> {
                    if (of(value) instanceof Value.Tuple(var elements)) {
                        positional.addAll(elements);
                    } else {
                        complete = false;
                    }
                }
                case Argument.SpreadFields(Expr value, _) -> {
                    of(value);
                    complete = false;
                }
            }
        }
        return new Arguments(positional, keywords, complete);
    }

    /** See Note [Silence]. */
    private Value handed(Expr value) {
        boolean thunk = value instanceof Expr.Lambda lambda && lambda.function().parameters().isEmpty();
        return thunk ? silently(() -> of(value)) : of(value);
    }
}
