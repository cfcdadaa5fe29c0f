package tfl.language.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tfl.language.ast.Argument;
import tfl.language.ast.Children;
import tfl.language.ast.Clause;
import tfl.language.ast.Expr;
import tfl.language.ast.Function;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
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
    private final Inference inference;
    private final Resolution resolution;
    final Definitions definitions;
    final Calls calls;
    final Flow flow;
    private final Literals literals = new Literals(this);
    Frame frame;
    private int silence;
    /** How deep in calls of functions of this text the walk is. */
    int depth;

    Walker(Inference inference, Module module, Resolution resolution) {
        this.inference = inference;
        this.resolution = resolution;
        this.definitions = new Definitions(module);
        this.calls = new Calls(this, resolution);
        this.flow = new Flow(this, resolution);
        this.frame = new Frame(resolution.module(), null, Map.of());
    }

    void module(Module module) {
        module.statements().forEach(flow::statement);
    }

    // Complaints

    void report(ShapeFault fault, Span span) {
        if (silence == 0 && !frame.mayHaveLeft) {
            inference.report(fault, span);
        }
    }

    <T> T silently(Supplier<T> work) {
        silence++;
        try {
            return work.get();
        } finally {
            silence--;
        }
    }

    void silently(Runnable work) {
        silently(() -> {
            work.run();
            return null;
        });
    }

    /** Code that may not run: in calls it may be what keeps these arguments away. */
    void perhaps(Runnable work) {
        if (depth > 0) {
            silently(work);
        } else {
            work.run();
        }
    }

    void note(Node node, Value value) {
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
            case Expr.IntLiteral each -> each.suffix().isPresent() ? Value.UNKNOWN
                    : new Value.Int(Dim.of(each.value()));
            case Expr.FloatLiteral each -> each.suffix().isPresent() ? Value.UNKNOWN : Value.FLOAT;
            case Expr.BoolLiteral each -> new Value.Truth(each.value());
            case Expr.NoneLiteral _ -> Value.NONE;
            case Expr.StringLiteral text -> {
                Children.of(text).forEach(this::parts);
                yield Value.TEXT;
            }
            case Expr.Tuple tuple -> literals.tuple(tuple);
            case Expr.Tensor tensor -> literals.tensor(tensor);
            case Expr.Record record -> literals.record(record);
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
            case Expr.Block block -> flow.block(block);
            case Expr.If each -> flow.branch(each);
            case Expr.While loop -> flow.loop(loop.body(), () -> of(loop.condition()));
            case Expr.For loop -> flow.forLoop(loop);
            case Expr.Match match -> flow.match(match);
            case Expr.Try each -> flow.attempt(each);
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

    private Value comprehension(Expr.Comprehension comprehension) {
        var before = frame.copy();
        for (var clause : comprehension.clauses()) {
            switch (clause) {
                case Clause.For loop -> flow.bind(loop.pattern(), Flow.element(of(loop.sequence())));
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
                boolean sure = slice.start().isPresent() == (start != null)
                        && slice.stop().isPresent() == (stop != null) && slice.step().isPresent() == (step != null);
                yield new Operations.Entry.Slice(start, stop, step, sure);
            }
        };
    }

    private Long bound(Optional<Expr> expr) {
        return expr.map(this::of)
                .map(each -> each instanceof Value.Int(Dim dim) && dim.isNumber() ? dim.offset() : null).orElse(null);
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
