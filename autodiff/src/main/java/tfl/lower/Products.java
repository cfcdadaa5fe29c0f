package tfl.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tfl.graph.Atom;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.primitive.Transpose;
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
    /** For each group in such kernels, the groups that end them. */
    private final Map<Group, List<Group>> ends = new HashMap<>();
    /** Groups without a kernel of their own. */
    private final Set<Group> parts = new HashSet<>();
    private final Map<Group, Again> again = new HashMap<>();

    /**
     * What became one kernel.
     *
     * @param groups those that it computes
     */
    record Found(Draft.Finished draft, List<Node> members, Set<Group> groups) {}

    /**
     * A product and its weights that one kernel computes for itself, and that are computed once more for others.
     *
     * @param turn the place in the graph of the first of the others
     */
    private record Again(Weights weights, Node last, int turn) {}

    private Products(Flow flow) {
        this.flow = flow;
    }

    static Products of(Flow flow, List<Group> groups) {
        var all = new Products(flow);
        var kernels = groups.stream().map(all::weights).filter(Objects::nonNull).toList();
        var gradients = kernels.stream().filter(all::isGradient).toList();
        kernels.stream().filter(weights -> !gradients.contains(weights)).forEach(all::attention);
        gradients.stream().filter(weights -> !all.gradient(weights)).forEach(all::attention);
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
     * A kernel over rows that reads a product just as it is, and gives one value of the product's type.
     *
     * @param place which input the product is
     */
    private record Weights(Group group, Draft.Finished draft, int place, Node product, Var value) {
        List<Group> groups() {
            return List.of(product.group, group);
        }

        List<Node> members() {
            return Stream.concat(Stream.of(product), group.members().stream()).toList();
        }
    }

    private Weights weights(Group group) {
        if (group.kind != Group.Kind.ELEMENTS || !group.folds()) {
            return null;
        }
        var draft = group.draft(flow);
        if (!(draft.kernel() instanceof Kernel.Rows) || draft.whole().size() != 1 || !draft.perRow().isEmpty()) {
            return null;
        }
        int place = product(group, draft);
        var value = draft.whole().getFirst();
        return place >= 0 && draft.inputs().get(place).atom().type().equals(value.type())
                && !readers(value).contains(null) ? new Weights(group, draft, place, maker(draft, place), value) : null;
    }

    private void attention(Weights weights) {
        if (isTaken(weights.product().group)) {
            return;
        }
        var readers = readers(weights.value());
        var last = readers.stream().filter(node -> isWeighted(node, weights.value())).findFirst().orElse(null);
        if (last == null || readers.size() > 1 && weights.value().type().bytes() <= LARGE) {
            return;
        }
        var kernel = new PanelDraft();
        kernel.give(follow(kernel, last, weights.value(), compute(kernel, weights, Map.of())),
                last.out().getFirst());
        var members = new ArrayList<>(weights.members());
        members.add(last);
        if (readers.size() == 1) {
            parts.addAll(weights.groups());
        } else {
            // To keep large weights for the gradient would cost as much time as to compute them again, and their room.
            int turn = readers.stream().filter(node -> node != last).mapToInt(node -> node.group.last()).min()
                    .orElseThrow();
            weights.groups().forEach(each -> again.put(each, new Again(weights, last, turn)));
        }
        put(last.group, new Found(kernel.finish(), members, groups(members)));
    }

    /** Whether all that reads the weights multiplies them, and some of it sums over their rows. */
    private boolean isGradient(Weights weights) {
        var readers = readers(weights.value());
        return readers.stream().allMatch(node -> follows(node, weights.value()))
                && readers.stream().anyMatch(node -> sums(node, weights.value()));
    }

    /** The gradient of attention. What it reads of earlier weights that are not kept is computed here. */
    private boolean gradient(Weights weights) {
        if (isTaken(weights.product().group) || !isGradient(weights)) {
            return false;
        }
        var readers = readers(weights.value());
        var earlier = weights.draft().inputs().stream().filter(source -> source.chain().isEmpty())
                .map(source -> source.atom() instanceof Var value && flow.maker(value) instanceof Node node
                        && again.get(node.group) instanceof Again known && known.weights().value().equals(value)
                                ? known : null)
                .filter(Objects::nonNull).findFirst().orElse(null);
        return earlier != null && gradient(weights, readers, earlier) || gradient(weights, readers, null);
    }

    private boolean gradient(Weights weights, Set<Node> readers, Again earlier) {
        var kernel = new PanelDraft();
        var members = new ArrayList<Node>();
        var made = new HashMap<Var, Integer>();
        if (earlier != null) {
            var others = readers(earlier.weights().value());
            others.remove(earlier.last());
            others.removeAll(weights.group().members());
            if (!others.stream().allMatch(node -> follows(node, earlier.weights().value()))) {
                return false;
            }
            members.addAll(earlier.weights().members());
            int value = compute(kernel, earlier.weights(), made);
            made.put(earlier.weights().value(), value);
            followAll(kernel, others, earlier.weights().value(), value, members);
        }
        members.addAll(weights.members());
        followAll(kernel, readers, weights.value(), compute(kernel, weights, made), members);
        var groups = groups(members);
        var draft = kernel.finish();
        boolean readsItself = draft.inputs().stream().anyMatch(source -> source.atom() instanceof Var variable
                && draft.whole().contains(variable));
        if (readsItself || needsItself(groups)) {
            return false;
        }
        if (earlier != null) {
            earlier.weights().groups().forEach(again::remove);
        }
        var end = groups.stream().max(Comparator.comparingInt(Group::last)).orElseThrow();
        parts.addAll(groups);
        parts.remove(end);
        put(end, new Found(draft, members, groups));
        return true;
    }

    private void put(Group end, Found kernel) {
        found.put(end, kernel);
        kernel.groups().forEach(group -> ends.computeIfAbsent(group, none -> new ArrayList<>()).add(end));
    }

    private static Set<Group> groups(List<Node> members) {
        return members.stream().map(node -> node.group).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a kernel of some groups would have to wait for one that waits for it. */
    private boolean needsItself(Set<Group> groups) {
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

    /** The product and the kernel of its rows; gives the weights. */
    private int compute(PanelDraft kernel, Weights weights, Map<Var, Integer> made) {
        int product = multiply(kernel, weights.product());
        return kernel.apply(weights.draft().kernel(), reads(kernel, weights.draft(), weights.place(), product, made),
                1);
    }

    private int multiply(PanelDraft kernel, Node product) {
        return kernel.multiply(kernel.input(flow.source(product.in().get(0), Chain.NONE)),
                kernel.input(flow.source(product.in().get(1), Chain.NONE)));
    }

    private static List<Integer> reads(PanelDraft kernel, Draft.Finished draft, int place, int product,
            Map<Var, Integer> made) {
        var reads = new ArrayList<Integer>();
        for (int k = 0; k < draft.inputs().size(); k++) {
            var source = draft.inputs().get(k);
            reads.add(k == place ? product : source.chain().isEmpty() && source.atom() instanceof Var variable
                    && made.containsKey(variable) ? made.get(variable) : kernel.input(source));
        }
        return reads;
    }

    private void followAll(PanelDraft kernel, Set<Node> readers, Var weights, int value, List<Node> members) {
        for (var node : readers) {
            kernel.give(follow(kernel, node, weights, value), node.out().getFirst());
            members.add(node);
        }
    }

    private int follow(PanelDraft kernel, Node node, Var weights, int value) {
        var left = flow.source(node.in().get(0), Chain.NONE);
        var right = flow.source(node.in().get(1), Chain.NONE);
        if (isWeighted(node, weights)) {
            return kernel.multiply(value, kernel.input(right));
        }
        return left.atom().equals(weights) ? kernel.accumulate(value, kernel.input(right))
                : kernel.accumulate(kernel.input(turned(left)), value);
    }

    private boolean follows(Node node, Var weights) {
        return isWeighted(node, weights) || sums(node, weights);
    }

    /** Whether a product is {@code weights @ c}. */
    private boolean isWeighted(Node node, Var weights) {
        return isProduct(node) && !isTaken(node.group) && isWhole(node, 0, weights)
                && !flow.source(node.in().get(1), Chain.NONE).atom().equals(weights);
    }

    /** Whether it is {@code weightsᵀ @ c} or {@code c @ weights}, and so a sum over their rows. */
    private boolean sums(Node node, Var weights) {
        if (!isProduct(node) || isTaken(node.group)) {
            return false;
        }
        var left = flow.source(node.in().get(0), Chain.NONE);
        var right = flow.source(node.in().get(1), Chain.NONE);
        boolean turned = left.atom().equals(weights) && left.chain().moves().equals(List.of(turn(left)));
        return turned ? !right.atom().equals(weights) : isWhole(node, 1, weights) && !left.atom().equals(weights);
    }

    private static Transpose turn(Flow.Source source) {
        return Transpose.matrices(Task.type(source).shape().rank());
    }

    /** A value with its matrices turned. */
    private static Flow.Source turned(Flow.Source source) {
        var moves = source.chain().moves();
        return new Flow.Source(source.atom(), !moves.isEmpty() && moves.getLast().equals(turn(source))
                ? new Chain(moves.subList(0, moves.size() - 1)) : source.chain().then(turn(source)));
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
        if (place < 0 || !isFaster(maker(draft, place), draft)) {
            return;
        }
        var first = maker(draft, place);
        var kernel = new PanelDraft();
        int results = kernel.apply(draft.kernel(), reads(kernel, draft, place, multiply(kernel, first), Map.of()),
                draft.whole().size() + draft.perRow().size());
        for (var variable : draft.whole()) {
            kernel.give(results--, variable);
        }
        for (var variable : draft.perRow()) {
            kernel.givePerRow(results--, variable);
        }
        parts.add(first.group);
        var members = new ArrayList<>(List.of(first));
        members.addAll(group.members());
        put(group, new Found(kernel.finish(), members, groups(members)));
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
