package tfl.language.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tfl.language.ast.Argument;
import tfl.language.ast.Children;
import tfl.language.ast.Element;
import tfl.language.ast.Expr;
import tfl.language.ast.Identifier;
import tfl.language.ast.Module;
import tfl.language.ast.Node;
import tfl.language.ast.Path;
import tfl.language.ast.Pattern;
import tfl.language.ast.Statement;
import tfl.language.resolve.Reference;
import tfl.language.resolve.Resolution;

/** What literals, and variables that are bound to one once, are worth. */
final class ValueGuess {
    /** Functions of the prelude whose result has the shape of their first argument. */
    private static final Set<String> OF_SHAPE = Set.of("zeros", "ones", "empty", "rand", "randn");

    private final Resolution resolution;
    private final Map<String, Expr> onceBound = new HashMap<>();
    private final Set<String> boundTwice = new HashSet<>();

    ValueGuess(Module module, Resolution resolution) {
        this.resolution = resolution;
        count(module);
        for (var statement : module.statements()) {
            if (statement instanceof Statement.Assign(Pattern.Bind bind, Expr value, _, _)
                    && !boundTwice.contains(bind.name())) {
                onceBound.put(bind.name(), value);
            }
        }
    }

    /**
     * Counts bindings of every name in the whole text, whatever their scope: enough to be sure of those with
     * one.
     */
    private void count(Module module) {
        var seen = new HashSet<String>();
        count(module, seen);
    }

    private void count(Node node, Set<String> seen) {
        var name = switch (node) {
            case Pattern.Bind bind -> Optional.of(bind.name());
            case Identifier identifier -> Optional.of(identifier.text());
            case Path path -> {
                boundTwice.add(path.root().text());
                yield Optional.<String>empty();
            }
            default -> Optional.<String>empty();
        };
        name.filter(each -> !seen.add(each)).ifPresent(boundTwice::add);
        Children.of(node).forEach(child -> count(child, seen));
    }

    /** The value of a whole number that is sure. */
    Optional<Long> integer(Expr expr) {
        return switch (expr) {
            case Expr.IntLiteral literal -> Optional.of(literal.value());
            case Expr.Name name -> variable(name).flatMap(this::integer);
            default -> Optional.empty();
        };
    }

    Optional<Guess> of(Expr expr) {
        return switch (expr) {
            case Expr.IntLiteral literal -> literal.suffix().isEmpty() ? Optional.of(Guess.of("int"))
                    : Optional.empty();
            case Expr.FloatLiteral literal -> literal.suffix().isEmpty() ? Optional.of(Guess.of("float"))
                    : Optional.empty();
            case Expr.StringLiteral _ -> Optional.of(Guess.of("str"));
            case Expr.BoolLiteral _ -> Optional.of(Guess.of("bool"));
            case Expr.NoneLiteral _ -> Optional.of(Guess.of("none"));
            case Expr.Lambda _ -> Optional.of(Guess.of("fn"));
            case Expr.Record _ -> Optional.of(Guess.of("record"));
            case Expr.Tuple _ -> Optional.of(Guess.of("tuple"));
            case Expr.Tensor tensor -> shape(tensor).map(shape -> new Guess("tensor", shape));
            case Expr.Call call -> constructed(call).map(shape -> new Guess("tensor", shape));
            case Expr.Name name -> variable(name).flatMap(this::of);
            default -> Optional.empty();
        };
    }

    private Optional<Expr> variable(Expr.Name name) {
        return resolution.of(name) instanceof Reference.Global ? Optional.empty()
                : Optional.ofNullable(onceBound.get(name.name()))
                        .filter(value -> !(value instanceof Expr.Name));
    }

    /** The shape of a tensor literal whose elements are numbers or such literals. */
    private Optional<List<Long>> shape(Expr.Tensor tensor) {
        Optional<List<Long>> inner = Optional.empty();
        for (var element : tensor.elements()) {
            var each = element instanceof Element.Item(Expr value) ? elementShape(value)
                    : Optional.<List<Long>>empty();
            if (each.isEmpty() || inner.isPresent() && !inner.equals(each)) {
                return Optional.empty();
            }
            inner = each;
        }
        long size = tensor.elements().size();
        return Optional.of(Stream.concat(Stream.of(size), inner.orElse(List.of()).stream()).toList());
    }

    private Optional<List<Long>> elementShape(Expr element) {
        return switch (element) {
            case Expr.Tensor inner -> shape(inner);
            case Expr.IntLiteral _, Expr.FloatLiteral _, Expr.BoolLiteral _ -> Optional.of(List.of());
            case Expr.Unary unary -> elementShape(unary.operand());
            default -> Optional.empty();
        };
    }

    private Optional<List<Long>> constructed(Expr.Call call) {
        boolean known = call.callee() instanceof Expr.Name name && OF_SHAPE.contains(name.name())
                && resolution.of(name) instanceof Reference.Global;
        if (!known || call.arguments().isEmpty()
                || !(call.arguments().getFirst() instanceof Argument.Positional(Expr shape))) {
            return Optional.empty();
        }
        if (shape instanceof Expr.Tuple tuple) {
            var sizes = tuple.elements().stream().map(each -> each instanceof Element.Item(Expr size)
                    ? integer(size)
                    : Optional.<Long>empty()).toList();
            return sizes.stream().allMatch(Optional::isPresent)
                    ? Optional.of(sizes.stream().map(Optional::get).toList()) : Optional.empty();
        }
        return call.arguments().size() == 1 ? integer(shape).map(List::of) : Optional.empty();
    }
}
