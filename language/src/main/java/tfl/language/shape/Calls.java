package tfl.language.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Parameter;
import tfl.language.ast.Statement;
import tfl.language.resolve.Reference;
import tfl.language.resolve.Resolution;
import tfl.language.shape.ShapeFault.Mismatch;
import tfl.language.source.Span;

/** Calls of the prelude's functions and of this text's. */
final class Calls {
    private static final int DEEPEST = 6;
    private static final int MOST = 400;
    private final Walker walker;
    private final Resolution resolution;
    private final List<Function> running = new ArrayList<>();
    private int count;

    Calls(Walker walker, Resolution resolution) {
        this.walker = walker;
        this.resolution = resolution;
    }

    // Definitions

    void define(Statement.FunctionDefinition definition) {
        definition.decorators().forEach(each -> walker.of(each.value()));
        var closure = walker.closure(definition.function(), definition.name().text());
        bind(definition.name().text(), resolution.of(definition.name()),
                definition.decorators().stream().allMatch(Definitions::keepsCalls) ? closure : Value.UNKNOWN);
    }

    void define(Statement.StructDefinition struct) {
        bind(struct.name().text(), resolution.of(struct.name()), new Value.Constructor(struct));
        struct.methods().forEach(each -> walker.closure(each.function(), each.name().text()));
    }

    private void bind(String name, Reference reference, Value value) {
        if (reference instanceof Reference.Local) {
            walker.frame.set(name, value);
        } else {
            walker.definitions.define(name, value);
        }
    }

    /** Walks a function once where it is made, knowing what its annotations say. */
    void lookAt(Value.Closure closure) {
        run(closure, parameters -> {
            for (var parameter : closure.function().parameters()) {
                walker.flow.bind(parameter.pattern(), parameter.annotation()
                        .map(each -> Annotated.value(each, closure.function(), parameter)).orElse(Value.UNKNOWN));
            }
        }, false, Map.of());
    }

    private interface Binding {
        void bind(List<Parameter> parameters);
    }

    private Value run(Value.Closure closure, Binding binding, boolean called, Map<String, Dim> sizes) {
        var function = closure.function();
        var outer = walker.frame;
        walker.frame = new Frame(resolution.scope(function), function, closure.captured());
        walker.frame.mayHaveLeft = outer.mayHaveLeft;
        running.add(function);
        try {
            for (var dimension : resolution.scope(function).dimensions()) {
                walker.frame.set(dimension.name(), new Value.Int(Dim.named(dimension.name(), function)));
            }
            binding.bind(function.parameters());
            for (var parameter : function.parameters()) {
                if (!called) {
                    parameter.defaultValue().ifPresent(walker::of);
                }
            }
            var value = walker.of(function.body());
            var result = walker.frame.returned == null ? value
                    : endsWithReturn(function.body()) ? walker.frame.returned
                            : Value.join(walker.frame.returned, value);
            // Where dimensions have sizes the result is checked against them, else against the names.
            Annotated.result(closure, result, called ? sizes : Annotated.names(function))
                    .ifPresent(fault -> walker.report(fault, last(function.body())));
            return result;
        } finally {
            running.removeLast();
            walker.frame = outer;
        }
    }

    private static boolean endsWithReturn(Expr body) {
        return body instanceof Expr.Return || body instanceof Expr.Block block && !block.statements().isEmpty()
                && block.statements().getLast() instanceof Statement.Expression(Expr.Return _);
    }

    private static Span last(Expr body) {
        return body instanceof Expr.Block block && !block.statements().isEmpty()
                && block.statements().getLast() instanceof Statement.Expression(Expr value) ? last(value) : body.span();
    }

    // Calls

    Value call(Expr.Call call) {
        if (call.callee() instanceof Expr.Field method) {
            return method(call, method);
        }
        var callee = walker.of(call.callee());
        return apply(callee, walker.arguments(call.arguments()), call);
    }

    /** {@code x |> f(y)} is {@code f(x, y)}. */
    Value pipe(Expr.Pipe pipe) {
        var first = walker.of(pipe.value());
        if (pipe.target() instanceof Expr.Call call && !(call.callee() instanceof Expr.Field)) {
            var callee = walker.of(call.callee());
            return apply(callee, walker.arguments(call.arguments()).behind(first), pipe);
        }
        if (pipe.target() instanceof Expr.Call call) {
            walker.of(call);
            return Value.UNKNOWN;
        }
        return apply(walker.of(pipe.target()), new Arguments(List.of(first), Map.of(), true), pipe);
    }

    private Value method(Expr.Call call, Expr.Field method) {
        var target = walker.of(method.target());
        var given = walker.arguments(call.arguments());
        String name = method.name().text();
        return switch (target) {
            case Value.Tensor _ -> resolution.of(method) instanceof Reference.Global
                    ? apply(new Value.Builtin(name), given.behind(target), call)
                    : resolution.of(method) instanceof Reference.Definition
                            ? apply(walker.definitions.of(name), given.behind(target), call) : Value.UNKNOWN;
            case Value.Struct struct -> ofStruct(struct, name, given, call);
            case Value.Record(var fields) when fields.containsKey(name) -> apply(fields.get(name), given, call);
            default -> Value.UNKNOWN;
        };
    }

    private Value ofStruct(Value.Struct struct, String name, Arguments given, Expr call) {
        if (struct.fields().containsKey(name)) {
            return apply(struct.fields().get(name), given, call);
        }
        return struct.definition().methods().stream()
                .filter(each -> each.name().text().equals(name) && each.decorators().isEmpty()).findFirst()
                .map(each -> apply(new Value.Closure(each.function(), name, Map.of()), given.behind(struct), call))
                .orElse(Value.UNKNOWN);
    }

    private Value apply(Value callee, Arguments given, Expr call) {
        return switch (callee) {
            case Value.Builtin(String name) -> given.first() instanceof Value.Closure function
                    && given.positional().size() == 1 && given.keywords().isEmpty() ? transformed(name, function)
                            : builtin(name, given, call);
            case Value.Derivative derivative -> derived(derivative, given, call);
            case Value.Closure closure -> closure(closure, given, call);
            case Value.Constructor(var definition) -> constructed(definition, given);
            case Value.Struct struct -> ofStruct(struct, "call", given, call);
            default -> Value.UNKNOWN;
        };
    }

    /** A function of this text, handed to a transformation without options. */
    private static Value transformed(String name, Value.Closure function) {
        return switch (name) {
            case "grad" -> new Value.Derivative(function, false);
            case "value_and_grad" -> new Value.Derivative(function, true);
            case "graph", "checkpoint" -> function;
            default -> Value.UNKNOWN;
        };
    }

    /** The function runs; the gradient of a tensor is one like it. */
    private Value derived(Value.Derivative derivative, Arguments given, Expr call) {
        var value = closure(derivative.function(), given, call);
        Value gradient = given.first() instanceof Value.Tensor x && x.dtype() != null && x.dtype().startsWith("f") ? x
                : Value.UNKNOWN;
        return derivative.withValue() ? new Value.Tuple(List.of(value, gradient)) : gradient;
    }

    private Value builtin(String name, Arguments given, Expr call) {
        try {
            return PreludeRules.call(name, given);
        } catch (Mismatch mismatch) {
            String prefix = mismatch.getMessage().startsWith(name + " ") ? "" : name + ": ";
            walker.report(mismatch.named(prefix, "", List.of()), call.span());
            return Value.UNKNOWN;
        }
    }

    private static Value constructed(Statement.StructDefinition struct, Arguments given) {
        var fields = new LinkedHashMap<String, Value>();
        if (given.complete()) {
            for (int i = 0; i < struct.fields().size(); i++) {
                String name = struct.fields().get(i).name().text();
                given.get(i, name).ifPresent(value -> fields.put(name, value));
            }
        }
        return new Value.Struct(struct, fields);
    }

    private Value closure(Value.Closure closure, Arguments given, Expr call) {
        var function = closure.function();
        boolean tooMuch = walker.depth >= DEEPEST || running.contains(function) || ++count > MOST;
        var bound = tooMuch || !given.complete() ? Optional.<Map<Parameter, Value>>empty() : bound(function, given);
        if (bound.isEmpty()) {
            return function.result().map(each -> Annotated.loose(each)).orElse(Value.UNKNOWN);
        }
        var sizes = new HashMap<String, Dim>();
        for (var each : bound.get().entrySet()) {
            var annotation = each.getKey().annotation();
            var fault = annotation.flatMap(one -> Annotated.refusal(each.getKey(), one, each.getValue(), sizes));
            if (fault.isPresent()) {
                walker.report(fault.get(), call.span());
                return Value.UNKNOWN;
            }
        }
        walker.depth++;
        try {
            return Annotated.completed(run(closure, parameters -> {
                sizes.forEach((name, dim) -> walker.frame.set(name, new Value.Int(dim)));
                bound.get().forEach((parameter, value) -> walker.flow.bind(parameter.pattern(), value));
            }, true, sizes), function.result(), sizes);
        } finally {
            walker.depth--;
        }
    }

    /** What each parameter gets; empty if the call is odd, which is not for shapes to say. */
    private Optional<Map<Parameter, Value>> bound(Function function, Arguments given) {
        var bound = new LinkedHashMap<Parameter, Value>();
        int used = 0;
        for (var parameter : function.parameters()) {
            if (parameter.kind() != Parameter.Kind.PLAIN) {
                return Optional.empty();
            }
            var value = given.get(used, parameter.name().orElse(""));
            used++;
            bound.put(parameter, value.or(() -> parameter.defaultValue().map(this::defaulted)).orElse(Value.UNKNOWN));
        }
        return given.positional().size() > used ? Optional.empty() : Optional.of(bound);
    }

    private Value defaulted(Expr value) {
        return switch (value) {
            case Expr.IntLiteral _, Expr.FloatLiteral _, Expr.BoolLiteral _, Expr.NoneLiteral _, Expr.StringLiteral _ ->
                    walker.of(value);
            default -> Value.UNKNOWN;
        };
    }
}
