package tfl.interpreter.translate;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.node.ExpressionNode;
import tfl.interpreter.node.call.ArgumentShape;
import tfl.interpreter.node.call.CallNode;
import tfl.interpreter.node.call.MethodCallNode;
import tfl.interpreter.node.call.Rebinding;
import tfl.interpreter.node.call.SpreadCallNode;
import tfl.interpreter.node.call.SpreadCallNode.Entry;
import tfl.language.ast.Argument;
import tfl.language.ast.Expr;
import tfl.language.ast.Pattern;

/** Calls to nodes. */
final class CallNodes {
    private final Expressions expressions;

    CallNodes(Expressions expressions) {
        this.expressions = expressions;
    }

    ExpressionNode call(Expr.Call call) {
        return call(call, null);
    }

    /** {@code value |> f(y)} is {@code f(value, y)}. */
    ExpressionNode pipe(Expr.Pipe pipe) {
        return pipe(pipe, null);
    }

    /** The value of a statement {@code target = value}. */
    ExpressionNode assigned(Expr value, Pattern target) {
        var rebinding = Rebindings.of(value, target, expressions.unit.resolution());
        return switch (value) {
            case Expr.Call call -> call(call, rebinding).at(call.span());
            case Expr.Pipe pipe -> pipe(pipe, rebinding).at(pipe.span());
            default -> expressions.node(value);
        };
    }

    private ExpressionNode call(Expr.Call call, Rebinding rebinding) {
        return call(call.callee(), List.of(), call.arguments(), rebinding).as(ExpressionNode.Role.CALL);
    }

    private ExpressionNode pipe(Expr.Pipe pipe, Rebinding rebinding) {
        var first = List.of(expressions.node(pipe.value()));
        return (pipe.target() instanceof Expr.Call call ? call(call.callee(), first, call.arguments(), rebinding)
                : call(pipe.target(), first, List.of(), rebinding)).as(ExpressionNode.Role.CALL);
    }

    /** @param rebinding null where no variable is bound again that is an argument */
    private ExpressionNode call(Expr callee, List<ExpressionNode> first, List<Argument> arguments,
            Rebinding rebinding) {
        if (arguments.stream().anyMatch(each -> each instanceof Argument.Spread
                || each instanceof Argument.SpreadFields)) {
            return spread(expressions.node(callee), first, arguments);
        }
        var positional = new ArrayList<>(first);
        var keywords = new ArrayList<String>();
        var values = new ArrayList<ExpressionNode>();
        for (var argument : arguments) {
            var value = expressions.node(argument.value());
            if (argument instanceof Argument.Keyword keyword) {
                keywords.add(keyword.name().text());
                values.add(value);
            } else {
                positional.add(value);
            }
        }
        var shape = new ArgumentShape(positional.size(), keywords);
        positional.addAll(values);
        var all = positional.toArray(new ExpressionNode[0]);
        if (callee instanceof Expr.Field field) {
            return new MethodCallNode(expressions.node(field.target()), field.name().text(),
                    expressions.names.function(field), all, shape, rebinding);
        }
        return new CallNode(expressions.node(callee), all, shape, rebinding);
    }

    private ExpressionNode spread(ExpressionNode callee, List<ExpressionNode> first, List<Argument> arguments) {
        var values = new ArrayList<>(first);
        var entries = new ArrayList<Entry>();
        first.forEach(each -> entries.add(new Entry(Entry.Kind.POSITIONAL, null)));
        for (var argument : arguments) {
            values.add(expressions.node(argument.value()));
            entries.add(switch (argument) {
                case Argument.Positional positional -> new Entry(Entry.Kind.POSITIONAL, null);
                case Argument.Keyword keyword -> new Entry(Entry.Kind.KEYWORD, keyword.name().text());
                case Argument.Spread spread -> new Entry(Entry.Kind.SPREAD, null);
                case Argument.SpreadFields spread -> new Entry(Entry.Kind.SPREAD_FIELDS, null);
            });
        }
        return new SpreadCallNode(callee, values.toArray(new ExpressionNode[0]), entries.toArray(new Entry[0]));
    }
}
