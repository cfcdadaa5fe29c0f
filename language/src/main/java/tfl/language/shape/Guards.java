package tfl.language.shape;

import java.util.Set;
import tfl.language.ast.Children;
import tfl.language.ast.Expr;
import tfl.language.ast.Node;

/** Conditions that ask for shapes or kinds may be there to keep others away. */
final class Guards {
    private static final Set<String> ASKING = Set.of("shape", "rank", "size", "dtype", "len", "typeof", "isdtype");

    private Guards() {}

    static boolean shapes(Node condition) {
        boolean asks = switch (condition) {
            case Expr.Name name -> ASKING.contains(name.name());
            case Expr.Field field -> ASKING.contains(field.name().text());
            case Expr.Call call -> call.callee() instanceof Expr.Name name && name.name().startsWith("is");
            default -> false;
        };
        return asks || Children.of(condition).stream().anyMatch(Guards::shapes);
    }
}
