package tfl.lower;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;

/** Makes equal expressions of one kernel the same object, so that each is computed once. Parts come first. */
final class Interning {
    private final Map<ScalarExpr, Integer> numbers = new IdentityHashMap<>();
    private final Map<Key, ScalarExpr> known = new HashMap<>();
    private final Map<Key, Integer> stages = new HashMap<>();

    /** What an expression is, its parts named by number: nothing that grows with it. */
    private record Key(Object own, List<Integer> parts) {}

    /** The one object for expressions like this, whose parts are such objects already. */
    ScalarExpr one(ScalarExpr expr) {
        Object own = switch (expr) {
            case ScalarExpr.Unary unary -> unary.op();
            case ScalarExpr.Binary binary -> binary.op();
            case ScalarExpr.Cast cast -> cast.dtype();
            case ScalarExpr.Select select -> ScalarExpr.Select.class;
            default -> expr;
        };
        var parts = expr.parts();
        var numbers = new Integer[parts.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = number(parts.get(k));
        }
        var key = new Key(own, List.of(numbers));
        var one = known.putIfAbsent(key, expr);
        return one == null ? expr : one;
    }

    /** The position of a stage like this, or {@code next} where there is none yet. */
    int stage(Kernel.RowStage stage, int next) {
        var fold = stage.fold() == null ? "step" : stage.fold();
        var known = stages.putIfAbsent(new Key(fold, List.of(number(stage.body()))), next);
        return known == null ? next : known;
    }

    private int number(ScalarExpr expr) {
        return numbers.computeIfAbsent(expr, fresh -> numbers.size());
    }
}
