package tfl.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tfl.backend.Backend;
import tfl.graph.Atom;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Reshape;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.TensorType;

/**
 * Products that go on into one kernel and are wanted nowhere else: they become one kernel with it, and are never whole.
 * That is a bias, an activation and the like, where the backend does them with a product's elements at hand; softmax
 * attention, with whatever scale and mask, where the row kernel's result is multiplied again; what gives less than the
 * product, such as a fold along its rows, a comparison or another dtype; and row kernels of large ones.
 */
final class Products {
    /** Below so many bytes a product stays in a cache as it is. */
    private static final long SMALL = 512 << 10;
    /** A larger right matrix does not stay in a second cache while all panels are multiplied by it. */
    private static final long MOST_RIGHT = 1 << 20;

    /** Products of fewer rows are cut by columns, so that all threads have work. */
    private static final long FEW_ROWS = 512;
    /** Products of few multiplications for each element: writing and reading a larger one takes as long. */
    static final long LARGE = 16 << 20;
    private static final long SHORT = 64;

    private final Flow flow;
    private final Backend backend;
    private final boolean outermost;
    private final Map<Group, Found> found = new HashMap<>();
    /** For each group in such kernels, the groups that end them. */
    private final Map<Group, List<Group>> ends = new HashMap<>();
    /** Groups without a kernel of their own. */
    private final Set<Group> parts = new HashSet<>();
    /** Places in the graph by which groups are wanted, where that is not their own. */
    private final Map<Group, Integer> turns = new HashMap<>();

    /**
     * What became one kernel.
     *
     * @param groups those that it computes
     */
    record Found(Draft.Finished draft, List<Node> members, Set<Group> groups) {}

    private Products(Flow flow, Backend backend, boolean outermost) {
        this.flow = flow;
        this.backend = backend;
        this.outermost = outermost;
    }

    /** @param outermost whether the graph is no region, so that a caller may give up arguments for good */
    static Products of(Flow flow, List<Group> groups, Backend backend, boolean outermost) {
        var all = new Products(flow, backend, outermost);
        new Attention(flow, all).find(groups);
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
        return turns.getOrDefault(group, group.last());
    }

    /** The group whose kernel gives what others read of a group. */
    Group giver(Group group) {
        return parts.contains(group) ? ends.get(group).getLast() : group;
    }

    /** The kernels, by the groups that end them, that wait for one group's results because another one reads them. */
    List<Group> waiting(Group group, Group reader) {
        var kernels = new ArrayList<>(ends.getOrDefault(reader, List.of()));
        if (!parts.contains(reader) && !found.containsKey(reader)) {
            kernels.add(reader);
        }
        kernels.removeIf(kernel -> found.get(kernel) instanceof Found own && own.groups().contains(group));
        return kernels;
    }

    /**
     * Makes groups one kernel.
     *
     * @param end whose place in the order it takes
     * @param own whether its groups have kernels of their own beside it, by which others get their results
     */
    void put(Group end, Draft.Finished draft, List<Node> members, boolean own) {
        var kernel = new Found(draft, members, groups(members));
        found.put(end, kernel);
        for (var group : kernel.groups()) {
            ends.computeIfAbsent(group, none -> new ArrayList<>()).add(end);
            if (!own && group != end) {
                parts.add(group);
                turns.remove(group);
            }
        }
    }

    /** Lets a group wait until a place in the graph. */
    void delay(Group group, int turn) {
        turns.put(group, turn);
    }

    static Set<Group> groups(List<Node> members) {
        return members.stream().map(node -> node.group).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a kernel of some groups would have to wait for one that waits for it. */
    boolean needsItself(Set<Group> groups) {
        var seen = new HashSet<Group>(groups);
        var open = new ArrayDeque<Group>(groups);
        while (!open.isEmpty()) {
            var group = open.remove();
            for (var node : group.members()) {
                for (var reader : flow.next(node)) {
                    boolean within = groups.contains(group) && groups.contains(reader.group);
                    for (var kernel : within ? List.<Group>of() : waiting(group, reader.group)) {
                        if (groups.contains(kernel)) {
                            return true;
                        }
                        given(kernel).filter(seen::add).forEach(open::add);
                    }
                }
            }
        }
        return false;
    }

    /** The groups whose results a kernel gives. */
    private Stream<Group> given(Group end) {
        return found.get(end) instanceof Found kernel ? kernel.groups().stream().filter(group -> giver(group) == end)
                : Stream.of(end);
    }

    int multiply(PanelDraft kernel, Node product) {
        return kernel.multiply(kernel.input(flow.source(product.in().get(0), Chain.NONE)),
                kernel.input(flow.source(product.in().get(1), Chain.NONE)));
    }

    /** @param made values that steps before it make */
    static List<Integer> reads(PanelDraft kernel, Draft.Finished draft, Map<Var, Integer> made) {
        return draft.inputs().stream().map(source -> source.chain().isEmpty() && source.atom() instanceof Var variable
                && made.containsKey(variable) ? made.get(variable) : kernel.input(source)).toList();
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
        var first = draft.inputs().stream().filter(source -> isElementwise(source, group, draft)).findFirst()
                .or(() -> draft.inputs().stream().filter(source -> isPanels(source, group, draft)).findFirst())
                .orElse(null);
        if (first == null) {
            return;
        }
        var kernel = new PanelDraft();
        var product = flow.maker((Var) first.atom());
        int made = kernel.multiply(kernel.input(operand(product, 0, first)), kernel.input(operand(product, 1, first)));
        var reads = draft.inputs().stream().map(source -> source.equals(first) ? made : kernel.input(source)).toList();
        int results = kernel.apply(draft.kernel(), reads, draft.whole().size() + draft.perRow().size());
        for (var variable : draft.whole()) {
            kernel.give(results--, variable);
        }
        for (var variable : draft.perRow()) {
            kernel.givePerRow(results--, variable);
        }
        var members = new ArrayList<>(List.of(product));
        members.addAll(group.members());
        put(group, kernel.finish(), members, false);
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

    /** The products that are inputs of a kernel just as they are, read by nothing else, in the order of the inputs. */
    List<Node> products(Group group, Draft.Finished draft) {
        return draft.inputs().stream().filter(source -> isLargeProduct(source, group))
                .map(source -> flow.maker((Var) source.atom())).toList();
    }

    private boolean isLargeProduct(Flow.Source source, Group group) {
        return isProductOf(source, group) && source.chain().isEmpty() && isLarge(source.atom().type())
                && source.atom().type().shape().equals(group.space);
    }

    private boolean isPanels(Flow.Source source, Group group, Draft.Finished draft) {
        return isLargeProduct(source, group) && isFaster(flow.maker((Var) source.atom()), draft);
    }

    /** Whether a loop over its elements, such as a bias and an activation, goes with a product for nothing. */
    private boolean isElementwise(Flow.Source source, Group group, Draft.Finished draft) {
        if (!(draft.kernel() instanceof Kernel.Loop) || !isProductOf(source, group)
                || !(source.chain().isEmpty() || isSplit(source))) {
            return false;
        }
        var left = flow.maker((Var) source.atom()).in().get(0).type().shape();
        var seen = source.chain().type(source.atom().type());
        return seen.shape().equals(group.space) && backend.fusesInto(seen, left.dim(left.rank() - 1))
                && !isUpdate(draft);
    }

    /** Whether results may be written over what a graph is given, which is done when nothing can fail any more. */
    private boolean isUpdate(Draft.Finished draft) {
        return outermost && draft.inputs().stream().anyMatch(source -> source.chain().isEmpty()
                && source.atom() instanceof Var given
                && flow.maker(given) == null && draft.whole().stream().anyMatch(result -> flow.isResult(result)
                        && result.type().equals(given.type())));
    }

    /** Whether a product is seen as if the rows of one matrix were those of several. */
    private static boolean isSplit(Flow.Source source) {
        var matrix = source.atom().type().shape();
        var seen = source.chain().type(source.atom().type()).shape();
        return source.chain().moves().size() == 1 && source.chain().moves().getFirst() instanceof Reshape
                && matrix.rank() == 2 && seen.rank() > 2 && seen.dim(seen.rank() - 1) == matrix.dim(1);
    }

    /** A product's operand, as it is where the product is seen so. */
    private Flow.Source operand(Node product, int operand, Flow.Source seen) {
        var source = flow.source(product.in().get(operand), Chain.NONE);
        if (seen.chain().isEmpty()) {
            return source;
        }
        var matrix = product.in().get(operand).type().shape();
        var dims = seen.chain().type(seen.atom().type()).shape().dims();
        dims[dims.length - 1] = matrix.dim(1);
        if (operand == 1) {
            dims[dims.length - 2] = matrix.dim(0);
        }
        var shape = Shape.of(dims);
        return new Flow.Source(source.atom(), source.chain().then(operand == 0 ? new Reshape(shape)
                : new BroadcastTo(shape)));
    }

    /** A product between two kernels belongs to one of them. */
    boolean isTaken(Group group) {
        return parts.contains(group) || found.containsKey(group) || turns.containsKey(group);
    }

    static boolean isProduct(Node node) {
        return node.isOpaque() && Lower.kernel(node.equation.op(), node.in().stream().map(Atom::type).toList())
                instanceof Kernel.Contract;
    }

    private static boolean isLarge(TensorType product) {
        return (product.dtype() == DType.F32 || product.dtype() == DType.F64) && product.bytes() >= SMALL;
    }

    /** Whether an operand is that variable, just as it is. */
    boolean isWhole(Node node, int operand, Var variable) {
        var source = flow.source(node.in().get(operand), Chain.NONE);
        return source.atom().equals(variable) && source.chain().isEmpty();
    }

    /** Who reads a variable in the end, also through views; null stands for the graph's result. */
    Set<Node> readers(Var variable) {
        var readers = new LinkedHashSet<Node>();
        flow.uses(variable).forEach(use -> readers.add(use.reader()));
        return readers;
    }

    /** Whether it is a product that has no kernel yet and that a group reads so, and nothing else. */
    private boolean isProductOf(Flow.Source source, Group group) {
        return source.atom() instanceof Var variable && flow.maker(variable) instanceof Node node && isProduct(node)
                && !isTaken(node.group) && flow.uses(variable).stream().allMatch(use -> use.reader() != null
                        && use.reader().group == group && use.chain().equals(source.chain()));
    }
}
