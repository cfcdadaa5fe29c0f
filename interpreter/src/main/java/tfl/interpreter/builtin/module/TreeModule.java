package tfl.interpreter.builtin.module;

import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.builtin.Builtin;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Elements;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.table.RowsModule;
import tfl.interpreter.builtin.tensor.Axes;
import tfl.interpreter.builtin.tensor.Norms;
import tfl.interpreter.builtin.tensor.Reductions;
import tfl.interpreter.value.TupleValue;
import tfl.kernel.UnaryOp;
import tfl.primitive.Activation;
import tfl.tensor.TensorValue;
import tfl.transform.Lifted;

/** {@code tree}: functions of the float leaves of nested values. */
public final class TreeModule extends RowsModule {
    public TreeModule() {
        super("tree", "The float leaves of nested tuples, records and structs: what grad differentiates.",
                TreeModule::table);
    }

    private static List<Builtin> table() {
        return new Rows("tree")
                .add("map", "f, tree, *trees",
                        "The tree with f of each leaf, or of the leaves of several trees.",
                        TreeModule::map)
                .add("leaves", "tree", "The leaves, as a tuple.", call -> tuple(Tree.leaves(call.value(0))))
                .add("flatten", "tree",
                        "(leaves, structure), where unflatten(structure, leaves) is the tree.",
                        call -> TupleValue.of(tuple(Tree.leaves(call.value(0))), call.value(0)))
                .add("unflatten", "structure, leaves", "A tree of that structure with these leaves.",
                        TreeModule::unflatten)
                .add("reduce", "f, tree, initial=?",
                        "f(f(initial, leaf), leaf): all leaves folded into one value.",
                        TreeModule::reduce)
                .add("zip", "*trees", "The first tree, with tuples of the leaves of all trees as leaves.",
                        call ->
                        Tree.map("", ((TupleValue) call.value(0)).elements(),
                                parts -> TupleValue.of(parts.toArray())))
                .add("size", "tree", "How many numbers there are in all leaves.",
                        call -> Tree.leaves(call.value(0)).stream()
                        .mapToLong(leaf -> leaf instanceof TensorValue tensor ? tensor.type().shape().size()
                        : 1).sum())
                .add("norm", "tree", "The square root of the sum of the squares of all numbers.",
                        TreeModule::norm)
                .list();
    }

    private static TupleValue tuple(List<Object> elements) {
        return TupleValue.of(elements.toArray());
    }

    private static Object map(Call call) {
        var trees = new ArrayList<Object>();
        trees.add(call.value(1));
        trees.addAll(((TupleValue) call.value(2)).elements());
        return Tree.map("", trees, parts -> call.context().call(call.value(0), parts.toArray()));
    }

    private static Object unflatten(Call call) {
        var leaves = Elements.of(call, call.value(1));
        var result = Tree.map(call.value(0), leaf -> {
            if (!leaves.hasNext()) {
                throw call.fail("there are fewer leaves than places", null);
            }
            return leaves.next();
        });
        if (leaves.hasNext()) {
            throw call.fail("there are more leaves than places", null);
        }
        return result;
    }

    private static Object reduce(Call call) {
        var leaves = Tree.leaves(call.value(1)).iterator();
        Object folded = call.value(2);
        if (folded == null) {
            if (!leaves.hasNext()) {
                throw call.fail("the tree has no leaves, and no initial value is given", null);
            }
            folded = leaves.next();
        }
        while (leaves.hasNext()) {
            folded = call.context().call(call.value(0), folded, leaves.next());
        }
        return folded;
    }

    private static Object norm(Call call) {
        var ops = call.ops();
        Object sum = 0.0;
        for (var leaf : Tree.leaves(call.value(0))) {
            if (!(leaf instanceof TensorValue x)) {
                double square = (Double) leaf * (Double) leaf;
                sum = sum instanceof Double known ? (Object) (known + square) : ops.add(sum, square);
                continue;
            }
            var real = x.type().dtype().isComplex() ? ops.unary(UnaryOp.ABS, x) : x;
            var squares = ops.activation(Activation.Function.SQUARE, real);
            int rank = x.type().shape().rank();
            sum = ops.add(rank == 0 ? squares : Reductions.sum(ops, squares, Axes.all(rank), false, null), sum);
        }
        if (!(sum instanceof TensorValue total)) {
            return Math.sqrt((Double) sum);
        }
        var root = Norms.root(ops, total, 2);
        return Lifted.isWeak(total) ? ops.number(root) : root;
    }
}
