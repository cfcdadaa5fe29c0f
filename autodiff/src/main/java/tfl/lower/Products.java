package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.graph.Atom;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.TensorType;

/**
 * Products that go on into one kernel and are wanted nowhere else: they become one kernel with it, and are never whole.
 * That is softmax attention, with whatever scale and mask, where the row kernel's result is multiplied again; what
 * gives less than the product, such as a fold along its rows, a comparison or another dtype; and row kernels of large
 * ones.
 */
final class Products {
    /** Below so many bytes a product stays in a cache as it is. */
    private static final long SMALL = 512 << 10;
    /** A larger right matrix does not stay in a second cache while all panels are multiplied by it. */
    private static final long MOST_RIGHT = 1 << 20;

    /** Products of fewer rows are cut by columns, so that all threads have work. */
    private static final long FEW_ROWS = 512;
    /** Products of few multiplications for each element: writing and reading a larger one takes as long. */
    private static final long LARGE = 16 << 20;
    private static final long SHORT = 64;

    private final Flow flow;
    private final Map<Group, Found> found = new HashMap<>();
    private final Set<Group> parts = new HashSet<>();

    /** What became one kernel. */
    record Found(Draft.Finished draft, List<Node> members) {}

    private Products(Flow flow) {
        this.flow = flow;
    }

    static Products of(Flow flow, List<Group> groups) {
        var all = new Products(flow);
        groups.forEach(all::attention);
        groups.forEach(all::panels);
        return all;
    }

    /** The kernel that gives a group's results, if it is one with a product. */
    Found endedBy(Group group) {
        return found.get(group);
    }

    /** Whether a group is in such a kernel, but not its end. */
    boolean isPart(Group group) {
        return parts.contains(group);
    }

    private void attention(Group group) {
        if (group.kind != Group.Kind.ELEMENTS || !group.folds()) {
            return;
        }
        var draft = group.draft(flow);
        if (!(draft.kernel() instanceof Kernel.Rows) || draft.whole().size() != 1 || !draft.perRow().isEmpty()) {
            return;
        }
        var weights = draft.whole().getFirst();
        var last = onlyReader(weights);
        if (last == null || !isProduct(last) || isTaken(last.group) || !isWhole(last, 0, weights)
                || isWhole(last, 1, weights)) {
            return;
        }
        int place = product(group, draft);
        if (place >= 0 && draft.inputs().get(place).atom().type().equals(weights.type())) {
            take(draft, place, group, last);
        }
    }

    private void panels(Group group) {
        if (group.kind == Group.Kind.SINGLE || isTaken(group)) {
            return;
        }
        var draft = group.draft(flow);
        if (draft.kernel() instanceof Kernel.Reduce reduce
                && !reduce.axes().equals(List.of(group.space.rank() - 1))) {
            return;
        }
        int place = product(group, draft);
        if (place >= 0 && isFaster(maker(draft, place), draft)) {
            take(draft, place, group, null);
        }
    }

    /** Panels of results as large as the product would only write to other memory, unless caches do not hold it. */
    private static boolean isFaster(Node product, Draft.Finished draft) {
        var type = product.out().getFirst().type();
        var right = product.in().get(1).type();
        long inner = right.shape().dim(right.shape().rank() - 2);
        long columns = right.shape().dim(right.shape().rank() - 1);
        if (type.shape().size() / columns < FEW_ROWS || inner * columns * right.dtype().bytes() > MOST_RIGHT) {
            return false;
        }
        return draft.whole().stream().noneMatch(variable -> variable.type().equals(type))
                || draft.kernel() instanceof Kernel.Rows && type.bytes() > LARGE && inner <= SHORT;
    }

    /** A product that is an input of a kernel just as it is, read by nothing else; its place, or -1. */
    private int product(Group group, Draft.Finished draft) {
        for (int k = 0; k < draft.inputs().size(); k++) {
            var node = maker(draft, k);
            if (node != null && isProduct(node) && !isTaken(node.group) && isLarge(node.out().getFirst().type())
                    && node.out().getFirst().type().shape().equals(group.space)
                    && isOnlyReadBy(node.out().getFirst(), group)) {
                return k;
            }
        }
        return -1;
    }

    /** What makes an input, if it is read just as it is. */
    private Node maker(Draft.Finished draft, int input) {
        var source = draft.inputs().get(input);
        return source.chain().isEmpty() && source.atom() instanceof Var variable ? flow.maker(variable) : null;
    }

    /**
     * Makes them one kernel.
     *
     * @param last multiplies once more; null where the group's results are the kernel's
     */
    private void take(Draft.Finished draft, int place, Group group, Node last) {
        var first = maker(draft, place);
        var inputs = new ArrayList<Flow.Source>();
        var members = new ArrayList<>(List.of(first));
        first.in().forEach(atom -> inputs.add(flow.source(atom, Chain.NONE)));
        members.addAll(group.members());
        parts.add(first.group);
        if (last != null) {
            inputs.add(flow.source(last.in().get(1), Chain.NONE));
            members.add(last);
            parts.add(group);
        }
        for (int k = 0; k < draft.inputs().size(); k++) {
            if (k != place) {
                inputs.add(draft.inputs().get(k));
            }
        }
        var kernel = new Kernel.Product(draft.kernel(), place, last != null);
        found.put(last == null ? group : last.group, new Found(new Draft.Finished(kernel, List.copyOf(inputs),
                last == null ? draft.whole() : last.out(), last == null ? draft.perRow() : List.of()), members));
    }

    /** A product between two kernels belongs to one of them. */
    private boolean isTaken(Group group) {
        return parts.contains(group) || found.containsKey(group);
    }

    private static boolean isProduct(Node node) {
        return node.isOpaque() && Lower.kernel(node.equation.op(), node.in().stream().map(Atom::type).toList())
                instanceof Kernel.Contract;
    }

    private static boolean isLarge(TensorType product) {
        return (product.dtype() == DType.F32 || product.dtype() == DType.F64) && product.bytes() >= SMALL;
    }

    /** Whether an operand is that variable, just as it is. */
    private boolean isWhole(Node node, int operand, Var variable) {
        var source = flow.source(node.in().get(operand), Chain.NONE);
        return source.atom().equals(variable) && source.chain().isEmpty();
    }

    private Node onlyReader(Var variable) {
        var readers = new ArrayList<Node>();
        flow.visit(variable, Chain.NONE, (reader, chain) -> readers.add(chain.isEmpty() ? reader : null));
        return readers.size() == 1 ? readers.getFirst() : null;
    }

    private boolean isOnlyReadBy(Var variable, Group group) {
        var only = new boolean[] {true};
        flow.visit(variable, Chain.NONE, (reader, chain) -> only[0] &= reader != null && reader.group == group
                && chain.isEmpty());
        return only[0];
    }
}
