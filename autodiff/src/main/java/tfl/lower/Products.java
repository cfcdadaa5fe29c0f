package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    private final Map<Group, Again> again = new HashMap<>();

    /** What became one kernel. */
    record Found(Draft.Finished draft, List<Node> members) {}

    /**
     * A product and its weights that one kernel computes for itself, and that are computed once more for others.
     *
     * @param turn the place in the graph of the first of the others
     */
    record Again(Group product, Group weights, Group last, int turn) {}

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

    /** By when a group is wanted: a place in the graph. */
    int turn(Group group) {
        return again.get(group) instanceof Again repeated ? repeated.turn() : group.last();
    }

    /** Who waits for one group because another one does, in fact, as kernels are now. */
    List<Group> waiting(Group group, Group reader) {
        var own = again.get(group);
        var other = again.get(reader);
        if (own != null && reader == own.last()) {
            return List.of();
        }
        return other == null || other == own ? List.of(reader) : List.of(reader, other.last());
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
        var readers = readers(weights);
        var last = readers.contains(null) ? null : readers.stream().filter(node -> isWeighted(node, weights))
                .findFirst().orElse(null);
        if (last == null || readers.size() > 1 && weights.type().bytes() <= LARGE) {
            return;
        }
        int place = product(group, draft);
        if (place >= 0 && draft.inputs().get(place).atom().type().equals(weights.type())) {
            take(draft, place, group, last, readers.size() > 1);
            if (readers.size() > 1) {
                repeat(maker(draft, place).group, group, last, readers);
            }
        }
    }

    private boolean isWeighted(Node node, Var weights) {
        return isProduct(node) && !isTaken(node.group) && isWhole(node, 0, weights)
                && !flow.source(node.in().get(1), Chain.NONE).atom().equals(weights);
    }

    /** To keep large weights for the gradient would cost as much time as to compute them again, and their room. */
    private void repeat(Group product, Group weights, Node last, Set<Node> readers) {
        int turn = readers.stream().filter(node -> node != last).mapToInt(node -> node.group.last()).min()
                .orElseThrow();
        var repeated = new Again(product, weights, last.group, turn);
        again.put(product, repeated);
        again.put(weights, repeated);
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
            take(draft, place, group, null, false);
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
     * @param shared whether the first two stay kernels of their own, for others
     */
    private void take(Draft.Finished draft, int place, Group group, Node last, boolean shared) {
        var first = maker(draft, place);
        var inputs = new ArrayList<Flow.Source>();
        var members = new ArrayList<>(List.of(first));
        first.in().forEach(atom -> inputs.add(flow.source(atom, Chain.NONE)));
        members.addAll(group.members());
        if (last != null) {
            inputs.add(flow.source(last.in().get(1), Chain.NONE));
            members.add(last);
        }
        if (!shared) {
            parts.add(first.group);
            if (last != null) {
                parts.add(group);
            }
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
        return parts.contains(group) || found.containsKey(group) || again.containsKey(group);
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

    /** Who reads a variable in the end, also through views; null stands for the graph's result. */
    private Set<Node> readers(Var variable) {
        var readers = new LinkedHashSet<Node>();
        flow.uses(variable).forEach(use -> readers.add(use.reader()));
        return readers;
    }

    private boolean isOnlyReadBy(Var variable, Group group) {
        return flow.uses(variable).stream().allMatch(use -> use.reader() != null && use.reader().group == group
                && use.chain().isEmpty());
    }
}
