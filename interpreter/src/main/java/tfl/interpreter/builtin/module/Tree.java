package tfl.interpreter.builtin.module;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tfl.interpreter.ErrorKind;
import tfl.interpreter.TflException;
import tfl.interpreter.builtin.text.Kinds;
import tfl.interpreter.value.FieldsValue;
import tfl.interpreter.value.StructValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/**
 * The float leaves of a nesting of tuples, records and structs, in order: float scalars and float tensors.
 * Fields that a struct declares {@code static} are not visited.
 */
public final class Tree {
    private Tree() {}

    /** Whether this is a leaf. */
    public static boolean isLeaf(Object value) {
        return value instanceof Double || value instanceof TensorValue tensor
                && tensor.type().dtype().isDifferentiable();
    }

    /** The leaves in order. */
    public static List<Object> leaves(Object tree) {
        var leaves = new ArrayList<Object>();
        map(tree, leaf -> {
            leaves.add(leaf);
            return leaf;
        });
        return leaves;
    }

    /** The same tree with each leaf replaced. */
    public static Object map(Object tree, Function<Object, Object> change) {
        return map("", List.of(tree), parts -> change.apply(parts.getFirst()));
    }

    /**
     * The first tree with each leaf replaced by a function of the values that stand at its place in all the
     * trees.
     *
     * @throws TflException if another tree has no such place
     */
    public static Object map(String path, List<Object> trees, Function<List<Object>, Object> change) {
        return switch (trees.getFirst()) {
            case TupleValue tuple -> {
                var elements = new Object[tuple.size()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = map(path + "[" + i + "]", parts(path, trees, i, null), change);
                }
                yield TupleValue.of(elements);
            }
            case FieldsValue fields -> fields.withAll(contents(path, fields, trees, change));
            case Object leaf when isLeaf(leaf) -> change.apply(trees);
            case Object other -> other;
        };
    }

    private static Object[] contents(String path, FieldsValue fields, List<Object> trees,
            Function<List<Object>, Object> change) {
        var contents = fields.toArray();
        for (int i = 0; i < contents.length; i++) {
            String name = fields.layout().name(i);
            if (!(fields instanceof StructValue struct && struct.type().isStatic(name))) {
                contents[i] = map(path + "." + name, parts(path, trees, i, name), change);
            }
        }
        return contents;
    }

    /** What lies at one place of all trees; where the first has no leaf below, the others do not matter. */
    private static List<Object> parts(String path, List<Object> trees, int index, String name) {
        var parts = new ArrayList<Object>();
        for (var tree : trees) {
            Object part = part(tree, index, name);
            if (part == null && hasLeaf(parts.getFirst())) {
                throw TflException.of(ErrorKind.VALUE, "TFL-E0410", "the trees differ: the first has "
                        + (path.isEmpty() ? "" : path + " with ")
                        + (name == null ? "element " + index : "a field " + name)
                        + ", another has " + Kinds.describe(tree) + " there", null);
            }
            parts.add(part);
        }
        return parts;
    }

    private static Object part(Object tree, int index, String name) {
        return switch (tree) {
            case TupleValue tuple when name == null && index < tuple.size() -> tuple.get(index);
            case FieldsValue fields when name != null -> fields.find(name);
            case null, default -> null;
        };
    }

    private static boolean hasLeaf(Object tree) {
        return !leaves(tree).isEmpty();
    }
}
