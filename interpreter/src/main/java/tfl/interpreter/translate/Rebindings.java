package tfl.interpreter.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    /** Null if there are none. */
    static Rebinding of(Expr.Call call, Pattern target, Resolution resolution) {
        var names = names(target);
        if (names.isEmpty()) {
            return null;
        }
        var bound = names.stream().map(resolution::of).collect(Collectors.toSet());
        var reads = new HashMap<String, Integer>();
        count(call, reads);
        var found = new ArrayList<Integer>();
        int place = 0;
        for (var argument : ordered(call.arguments())) {
            if (argument.value() instanceof Expr.Name name && bound.contains(resolution.of(name))
                    && reads.get(name.name()) == 1) {
                found.add(place);
            }
            place++;
        }
        return found.isEmpty() ? null : new Rebinding(found.stream().mapToInt(each -> each).toArray(),
                target instanceof Pattern.Tuple tuple ? tuple.elements().size() : -1);
    }

    /** As calls evaluate them: those with names come after the others. */
    private static List<Argument> ordered(List<Argument> arguments) {
        var ordered = new ArrayList<>(arguments);
        ordered.sort((a, b) -> Boolean.compare(a instanceof Argument.Keyword, b instanceof Argument.Keyword));
        return ordered;
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
