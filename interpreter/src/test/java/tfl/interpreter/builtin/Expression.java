package tfl.interpreter.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.prelude.Prelude;
import tfl.interpreter.builtin.tensor.Indexing;
import tfl.interpreter.builtin.tensor.Operators;
import tfl.interpreter.builtin.tensor.Properties;
import tfl.interpreter.value.Ellipsis;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.ModuleValue;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RangeValue;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.SliceValue;
import tfl.interpreter.value.TupleValue;
import tfl.language.ast.Argument;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.RecordEntry;
import tfl.language.ast.Statement;
import tfl.language.ast.StringPart;
import tfl.language.ast.Subscript;
import tfl.language.parse.Parser;
import tfl.language.source.Source;
import tfl.primitive.ShapeProblem;
import tfl.tensor.DType;
import tfl.tensor.TensorValue;

/**
 * Evaluates one expression with nothing but builtins, operators and brackets, so that tables can test those
 * alone.
 */
final class Expression {
    private static final Map<String, BuiltinProvider> PROVIDERS = new LinkedHashMap<>();

    static {
        ServiceLoader.load(BuiltinProvider.class)
                .forEach(provider -> PROVIDERS.put(provider.module(), provider));
        PROVIDERS.put("prelude", new Prelude());
    }

    private Expression() {}

    static Object value(String text) {
        var parsed = Parser.parse(Source.of("test", text));
        if (!parsed.isValid()) {
            throw new IllegalArgumentException(text + ": " + parsed.problems());
        }
        try {
            return of(((Statement.Expression) parsed.module().statements().getFirst()).value());
        } catch (ShapeProblem problem) {
            throw TflException.of(ErrorKind.SHAPE, problem.code(), problem.message(List.of("x", "y")),
                    problem.help(List.of("x", "y")));
        }
    }

    private static Object of(Expr expr) {
        return switch (expr) {
            case Expr.IntLiteral(var value, var suffix, var span) -> suffixed(value, suffix);
            case Expr.FloatLiteral(var value, var suffix, var span) -> suffixed(value, suffix);
            case Expr.BoolLiteral(var value, var span) -> value;
            case Expr.NoneLiteral none -> None.NONE;
            case Expr.StringLiteral(var parts, var span) -> parts.stream().map(Expression::text)
                    .reduce("", String::concat);
            case Expr.Tuple(var elements, var span) -> TupleValue.of(values(elements));
            case Expr.Tensor(var elements, var span) -> Operators.stack(values(elements));
            case Expr.Record(var entries, var span) -> record(entries);
            case Expr.Name(var name, var span) -> prelude(name);
            case Expr.Unary(var operator, var operand, var span) -> Operators.unary(operator, of(operand));
            case Expr.Binary(var operator, var left, var right, var span) ->
                    Operators.binary(operator, of(left), of(right));
            case Expr.Comparison(var first, var links, var span) ->
                    Operators.compare(links.getFirst().operator(),
                    of(first), of(links.getFirst().right()));
            case Expr.Range(var start, var end, var inclusive, var step, var span) ->
                    RangeValue.of((Long) of(start),
                    (Long) of(end), inclusive, step.map(s -> (Long) of(s)).orElse(1L));
            case Expr.Index(var target, var subscripts, var span) -> Indexing.get(of(target),
                    subscripts.stream().map(Expression::of).toArray());
            case Expr.Field(var target, var name, var span) -> field(target, name.text());
            case Expr.Call call -> call(call);
            default -> throw new IllegalArgumentException("not in the language of these tests: " + expr);
        };
    }

    private static String text(StringPart part) {
        return ((StringPart.Text) part).value();
    }

    private static Object suffixed(Number value, Optional<String> suffix) {
        return suffix.isEmpty() ? value : call("asarray", value, DType.of(suffix.get()));
    }

    private static Object[] values(List<Element> elements) {
        return elements.stream().map(element -> of(((Element.Item) element).value())).toArray();
    }

    private static Object record(List<RecordEntry> entries) {
        var fields = new LinkedHashMap<String, Object>();
        for (var entry : entries) {
            var field = (RecordEntry.Field) entry;
            fields.put(field.name().text(), of(field.value()));
        }
        return RecordValue.of(fields);
    }

    private static Object of(Subscript subscript) {
        return switch (subscript) {
            case Subscript.At(var value) -> of(value);
            case Subscript.Slice(var start, var stop, var step, var span) ->
                    new SliceValue(bound(start), bound(stop),
                    bound(step));
            case Subscript.Ellipsis ellipsis -> Ellipsis.ELLIPSIS;
        };
    }

    private static Long bound(Optional<Expr> bound) {
        return bound.map(expr -> (Long) of(expr)).orElse(null);
    }

    private static Object prelude(String name) {
        return function("prelude", name);
    }

    private static Object function(String module, String name) {
        Object found = PROVIDERS.get(module).find(name);
        if (found == null) {
            throw new IllegalArgumentException("no " + module + "." + name);
        }
        return found instanceof Builtin row ? new BuiltinFunction(row) : found;
    }

    private static Object field(Expr target, String name) {
        if (target instanceof Expr.Name module && PROVIDERS.containsKey(module.name())) {
            return function(module.name(), name);
        }
        Object value = of(target);
        Object property = value instanceof TensorValue tensor ? Properties.get(tensor, name)
                : value instanceof FieldsValue fields ? fields.find(name) : null;
        if (property == null) {
            throw new IllegalArgumentException("no field " + name);
        }
        return property;
    }

    private static Object call(Expr.Call call) {
        var positional = new ArrayList<Object>();
        var keywords = new LinkedHashMap<String, Object>();
        Object callee;
        if (call.callee() instanceof Expr.Field(var target, var name, var span)
                && !(target instanceof Expr.Name module && PROVIDERS.containsKey(module.name()))) {
            callee = prelude(name.text());
            positional.add(of(target));
        } else {
            callee = of(call.callee());
        }
        for (var argument : call.arguments()) {
            switch (argument) {
                case Argument.Positional(var value) -> positional.add(of(value));
                case Argument.Keyword(var name, var value, var span) -> keywords.put(name.text(), of(value));
                default -> throw new IllegalArgumentException("no spreads in these tests");
            }
        }
        var function = callee instanceof ModuleValue module ? (BuiltinFunction) module.find("call")
                : (BuiltinFunction) callee;
        return apply(function, positional.toArray(), RecordValue.of(keywords));
    }

    private static Object apply(BuiltinFunction function, Object[] positional, RecordValue keywords) {
        var bound = Binding.bind(function, positional, keywords);
        var own = Arrays.copyOfRange(bound, 1, bound.length);
        return function.builtin().body().call(new CallContext(null), own);
    }

    /** Calls a function of the prelude. */
    static Object call(String name, Object... arguments) {
        return apply((BuiltinFunction) prelude(name), arguments, RecordValue.EMPTY);
    }
}
