package tfl.interpreter.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tfl.interpreter.node.call.Rebinding;
import tfl.language.ast.Argument;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;
import tfl.language.ast.Pattern;
import tfl.language.resolve.Resolution;

/**
 * Finds the arguments that an assignment replaces: in {@code p, s, loss = step(p, s, x)} those are {@code p} and
 * {@code s}, which the call reads once each and nobody reads afterwards.
 */
final class Rebindings {
    private Rebindings() {}

    /** Those of a call or a pipe, among them maybe the receiver of a method; null if there are none. */
    static Rebinding of(Expr value, Pattern target, Resolution resolution) {
        var names = names(target);
        if (names.isEmpty()) {
            return null;
        }
        var bound = names.stream().map(resolution::of).collect(Collectors.toSet());
        var reads = new HashMap<String, Integer>();
        count(value, reads);
        var arguments = arguments(value).toList();
        int[] found = IntStream.range(0, arguments.size())
                .filter(place -> arguments.get(place) instanceof Expr.Name name && bound.contains(resolution.of(name))
                        && reads.get(name.name()) == 1).toArray();
        return found.length == 0 ? null : new Rebinding(found, target instanceof Pattern.Tuple tuple
                ? tuple.elements().size() : -1);
    }

    /** What the function gets, in the order in which it is evaluated: arguments with names come after the others. */
    private static Stream<Expr> arguments(Expr value) {
        return switch (value) {
            case Expr.Pipe pipe -> Stream.concat(receiver(pipe.target() instanceof Expr.Call call ? call.callee()
                    : pipe.target()), Stream.concat(Stream.of(pipe.value()), pipe.target() instanceof Expr.Call call
                            ? given(call) : Stream.of()));
            case Expr.Call call -> Stream.concat(receiver(call.callee()), given(call));
            default -> Stream.of();
        };
    }

    private static Stream<Expr> receiver(Expr callee) {
        return callee instanceof Expr.Field field ? Stream.of(field.target()) : Stream.of();
    }

    private static Stream<Expr> given(Expr.Call call) {
        var ordered = new ArrayList<>(call.arguments());
        ordered.sort((a, b) -> Boolean.compare(a instanceof Argument.Keyword, b instanceof Argument.Keyword));
        return ordered.stream().map(Argument::value);
    }

    /** What the target binds for certain, if the result has as many parts. */
    private static List<Pattern.Bind> names(Pattern target) {
        return switch (target) {
            case Pattern.Bind bind -> List.of(bind);
            case Pattern.Tuple tuple when tuple.elements().stream().allMatch(each -> each instanceof Pattern.Bind
                    || each instanceof Pattern.Wildcard) ->
                tuple.elements().stream().filter(Pattern.Bind.class::isInstance).map(Pattern.Bind.class::cast).toList();
            default -> List.of();
        };
    }

    private static void count(Node node, Map<String, Integer> reads) {
        if (node instanceof Expr.Name(var name, _)) {
            reads.merge(name, 1, Integer::sum);
        }
        Children.of(node).forEach(child -> count(child, reads));
    }
}
