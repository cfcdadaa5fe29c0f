package tfl.language.shape;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.resolve.Reference;
import tfl.language.resolve.Resolution;
import tfl.language.shape.ShapeFault.Mismatch;

/** Statements, branches and loops: what is sure of the variables behind them. */
final class Flow {
    private static final int ROUNDS = 3;
    private final Walker walker;
    private final Resolution resolution;

    Flow(Walker walker, Resolution resolution) {
        this.walker = walker;
        this.resolution = resolution;
    }

    Value block(Expr.Block block) {
        Value last = Value.NONE;
        for (var statement : block.statements()) {
            last = statement(statement);
        }
        return last;
    }

    Value branch(Expr.If each) {
        if (walker.of(each.condition()) instanceof Value.Truth(boolean truth)) {
            return taken(truth ? each.thenBranch() : each.elseBranch().orElse(null));
        }
        boolean guards = walker.depth > 0 || Guards.shapes(each.condition());
        var before = walker.frame.copy();
        var results = new Value[] {Value.UNKNOWN, Value.NONE};
        Runnable yes = () -> results[0] = walker.of(each.thenBranch());
        Runnable no = () -> results[1] = each.elseBranch().map(walker::of).orElse(Value.NONE);
        run(guards, yes);
        var after = walker.frame.variables;
        walker.frame.variables = before;
        run(guards, no);
        walker.frame.variables = Frame.join(after, walker.frame.variables);
        left(each);
        return Value.join(results[0], results[1]);
    }

    /** The branch that surely runs; what stands behind it may not. */
    private Value taken(Expr branch) {
        if (branch == null) {
            return Value.NONE;
        }
        var value = walker.of(branch);
        walker.frame.mayHaveLeft |= Assigned.in(branch).leaves();
        return value;
    }

    private void run(boolean quietly, Runnable work) {
        if (quietly) {
            walker.silently(work);
        } else {
            work.run();
        }
    }

    /** Behind a branch that may leave the function, a call's arguments may have been turned away. */
    private void left(Node branch) {
        if (walker.depth > 0 && !walker.frame.mayHaveLeft && Assigned.in(branch).leaves()) {
            walker.frame.mayHaveLeft = true;
        }
    }

    Value forLoop(Expr.For loop) {
        var sequence = walker.of(loop.sequence());
        loop(loop.body(), () -> bind(loop.pattern(), element(sequence)));
        return Value.NONE;
    }

    /** Rounds until nothing changes; then once more, aloud. */
    Value loop(Expr.Block body, Runnable head) {
        var assigned = Assigned.in(body);
        if (assigned.jumps()) {
            walker.frame.forget(assigned.names());
        }
        for (int round = 0; round < ROUNDS; round++) {
            var before = walker.frame.copy();
            silent(() -> {
                head.run();
                block(body);
            });
            walker.frame.variables = Frame.join(before, walker.frame.variables);
            if (walker.frame.variables.equals(before)) {
                break;
            }
            if (round == ROUNDS - 1) {
                walker.frame.forget(assigned.names());
            }
        }
        var before = walker.frame.copy();
        head.run();
        walker.perhaps(() -> block(body));
        walker.frame.variables = Frame.join(before, walker.frame.variables);
        if (assigned.jumps()) {
            walker.frame.forget(assigned.names());
        }
        left(body);
        return Value.NONE;
    }

    private void silent(Runnable work) {
        boolean left = walker.frame.mayHaveLeft;
        walker.silently(() -> {
            walker.depth++;
            try {
                work.run();
            } finally {
                walker.depth--;
                walker.frame.mayHaveLeft = left;
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

    Value match(Expr.Match match) {
        walker.of(match.subject());
        Value result = null;
        var before = walker.frame.copy();
        Map<String, Value> after = null;
        for (var arm : match.arms()) {
            walker.frame.variables = new HashMap<>(before);
            bind(arm.pattern(), Value.UNKNOWN);
            var value = walker.silently(() -> {
                arm.guard().ifPresent(walker::of);
                return walker.of(arm.body());
            });
            result = result == null ? value : Value.join(result, value);
            after = after == null ? walker.frame.variables : Frame.join(after, walker.frame.variables);
        }
        walker.frame.variables = after == null ? before : Frame.join(before, after);
        left(match);
        return result == null ? Value.UNKNOWN : result;
    }

    Value attempt(Expr.Try each) {
        var assigned = Assigned.in(each.body());
        var value = each.handler().isPresent() ? walker.silently(() -> walker.of(each.body())) : walker.of(each.body());
        walker.frame.forget(assigned.names());
        if (each.handler().isPresent()) {
            var handler = each.handler().get();
            var before = walker.frame.copy();
            handler.error().ifPresent(error -> walker.frame.set(error.text(), Value.UNKNOWN));
            value = Value.join(value, walker.silently(() -> walker.of(handler.body())));
            walker.frame.variables = Frame.join(before, walker.frame.variables);
        }
        each.cleanup().ifPresent(walker::of);
        left(each);
        return value;
    }

    // Statements

    Value statement(Statement statement) {
        switch (statement) {
            case Statement.Expression(Expr value) -> {
                return walker.of(value);
            }
            case Statement.Assign assign -> bind(assign.target(), assign.value() instanceof Expr.Lambda lambda
                    && assign.target() instanceof Pattern.Bind bind ? walker.closure(lambda.function(), bind.name())
                            : walker.of(assign.value()));
            case Statement.Update update -> update(update);
            case Statement.FunctionDefinition definition -> walker.calls.define(definition);
            case Statement.StructDefinition struct -> walker.calls.define(struct);
            case Statement.Test test -> walker.closure(test.body(), "test");
            case Statement.Bench bench -> walker.closure(bench.body(), "bench");
            case Statement.Import imports -> walker.frame.forget(imports.modules().stream()
                    .map(each -> each.name().text()).toList());
            case Statement.FromImport imports -> walker.frame.forget(imports.names().stream()
                    .map(each -> each.boundName().text()).toList());
        }
        return Value.NONE;
    }

    /** A tensor keeps its shape and dtype when a part of it is replaced; with an operator it may not fit. */
    private void update(Statement.Update update) {
        var value = walker.of(update.value());
        update.path().steps().forEach(step -> {
            if (step instanceof Path.Step.Index index) {
                index.subscripts().forEach(walker::entry);
            }
        });
        String root = update.path().root().text();
        var reference = resolution.of(update.path().root());
        var before = reference instanceof Reference.Local(int slot) ? walker.frame.get(root, slot) : Value.UNKNOWN;
        if (update.path().steps().isEmpty() && update.operator().isPresent()) {
            Value after = Value.UNKNOWN;
            try {
                after = Operations.binary(update.operator().get(), before, value);
            } catch (Mismatch mismatch) {
                var left = update.path().span();
                var right = update.value().span();
                walker.report(mismatch.named("", ShapeFault.label(left, before, right, value),
                        List.of(ShapeFault.operand(left), ShapeFault.operand(right))), update.span());
            }
            walker.frame.set(root, after);
        } else {
            boolean isElement = update.path().steps().size() == 1
                    && update.path().steps().getFirst() instanceof Path.Step.Index;
            walker.frame.set(root, isElement && before instanceof Value.Tensor ? before : Value.UNKNOWN);
        }
        walker.note(update.path().root(), walker.frame.variables.getOrDefault(root, Value.UNKNOWN));
    }

    /** Binds the names of a pattern. */
    void bind(Pattern pattern, Value value) {
        switch (pattern) {
            case Pattern.Wildcard _, Pattern.Literal _ -> { }
            case Pattern.Bind bind -> {
                walker.frame.set(bind.name(), value);
                walker.note(bind, value);
            }
            case Pattern.Rest rest -> rest.name().ifPresent(name -> walker.frame.set(name.text(), Value.UNKNOWN));
            case Pattern.Tuple tuple -> {
                boolean fits = value instanceof Value.Tuple(var elements) && elements.size() == tuple.elements().size()
                        && tuple.elements().stream().noneMatch(Pattern.Rest.class::isInstance);
                for (int i = 0; i < tuple.elements().size(); i++) {
                    bind(tuple.elements().get(i), fits ? ((Value.Tuple) value).elements().get(i) : Value.UNKNOWN);
                }
            }
            case Pattern.Fields fields -> {
                fields.fields().forEach(each -> bind(each.pattern(), walker.field(value, each.name().text())));
                fields.rest().ifPresent(name -> walker.frame.set(name.text(), Value.UNKNOWN));
            }
            case Pattern.Typed typed -> {
                bind(typed.pattern(), Value.UNKNOWN);
                walker.frame.forget(Assigned.in(typed.annotation()).names());
            }
        }
    }
}
