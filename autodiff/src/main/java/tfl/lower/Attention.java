package tfl.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

/**
 * Products whose rows a kernel makes weights of that are multiplied again, which is softmax attention, with whatever
 * scale and mask; and its gradient, where products of weights are also summed over the rows. Both are one kernel each,
 * in which weights are never whole, as in FlashAttention (Dao et al., 2022). Large weights of which the gradient needs
 * the same again are computed again there.
 */
final class Attention {
    private final Flow flow;
    private final Products products;
    /** By the weights, what is computed once more for others. */
    private final Map<Atom, Again> again = new HashMap<>();

    /** Weights that one kernel computes for itself, the one that {@code last} ends. */
    private record Again(Weights weights, Node last) {}

    Attention(Flow flow, Products products) {
        this.flow = flow;
        this.products = products;
    }

    void find(List<Group> groups) {
        var all = groups.stream().map(this::weights).filter(Objects::nonNull).toList();
        var gradients = all.stream().filter(this::isGradient).toList();
        all.stream().filter(weights -> !gradients.contains(weights)).forEach(this::attention);
        gradients.stream().filter(weights -> !gradient(weights)).forEach(this::attention);
    }

    /** A kernel over rows that reads products just as they are, and gives values of their type. */
    private record Weights(Group group, Draft.Finished draft, List<Node> products) {
        List<Var> values() {
            return draft.whole();
        }

        Stream<Group> groups() {
            return Stream.concat(products.stream().map(node -> node.group), Stream.of(group));
        }

        List<Node> members() {
            return Stream.concat(products.stream(), group.members().stream()).toList();
        }
    }

    private Weights weights(Group group) {
        if (group.kind != Group.Kind.ELEMENTS || !group.folds()) {
            return null;
        }
        var draft = group.draft(flow);
        if (!(draft.kernel() instanceof Kernel.Rows) || !draft.perRow().isEmpty()) {
            return null;
        }
        var multiplied = products.products(group, draft);
        boolean alike = draft.whole().stream().allMatch(value -> !products.readers(value).contains(null)
                && multiplied.stream().allMatch(node -> node.out().getFirst().type().equals(value.type())));
        return alike && !multiplied.isEmpty() ? new Weights(group, draft, multiplied) : null;
    }

    private void attention(Weights weights) {
        if (isTaken(weights) || weights.values().size() > 1) {
            return;
        }
        var value = weights.values().getFirst();
        var readers = readers(weights, value);
        var last = readers.stream().filter(node -> isWeighted(node, value)).findFirst().orElse(null);
        if (last == null || readers.size() > 1 && value.type().bytes() <= Products.LARGE) {
            return;
        }
        var kernel = new PanelDraft();
        kernel.give(follow(kernel, last, value, compute(kernel, weights, Map.of())), last.out().getFirst());
        var members = new ArrayList<>(weights.members());
        members.add(last);
        products.put(last.group, kernel.finish(), members, readers.size() > 1);
        if (readers.size() > 1) {
            // To keep large weights for the gradient would cost as much time as to compute them again, and their room.
            int turn = readers.stream().filter(node -> node != last).mapToInt(node -> node.group.last()).min()
                    .orElseThrow();
            weights.groups().forEach(group -> products.delay(group, turn));
            again.put(value, new Again(weights, last));
        }
    }

    /** Who reads one of the weights outside the kernel that makes them. */
    private Set<Node> readers(Weights weights, Var value) {
        var readers = products.readers(value);
        readers.removeAll(weights.group().members());
        return readers;
    }

    private boolean isTaken(Weights weights) {
        return weights.products().stream().anyMatch(node -> products.isTaken(node.group));
    }

    /** Whether all that reads the weights multiplies them, and some of it sums over their rows. */
    private boolean isGradient(Weights weights) {
        return weights.values().stream().allMatch(value ->
                        readers(weights, value).stream().allMatch(node -> follows(node, value)))
                && weights.values().stream().anyMatch(value ->
                        readers(weights, value).stream().anyMatch(node -> sums(node, value)));
    }

    /** The gradient of attention. What it reads of earlier weights that are not kept is computed here. */
    private boolean gradient(Weights weights) {
        if (isTaken(weights) || !isGradient(weights)) {
            return false;
        }
        var earlier = weights.draft().inputs().stream().filter(source -> source.chain().isEmpty())
                .map(source -> again.get(source.atom())).filter(Objects::nonNull).findFirst().orElse(null);
        return earlier != null && gradient(weights, earlier) || gradient(weights, null);
    }

    private boolean gradient(Weights weights, Again earlier) {
        var kernel = new PanelDraft();
        var members = new ArrayList<Node>();
        var made = new HashMap<Var, Integer>();
        if (earlier != null) {
            var again = earlier.weights().values().getFirst();
            var others = readers(earlier.weights(), again);
            others.remove(earlier.last());
            others.removeAll(weights.group().members());
            if (!others.stream().allMatch(node -> follows(node, again))) {
                return false;
            }
            members.addAll(earlier.weights().members());
            int value = compute(kernel, earlier.weights(), made);
            made.put(again, value);
            followAll(kernel, others, again, value, members);
        }
        members.addAll(weights.members());
        int value = compute(kernel, weights, made);
        for (var each : weights.values()) {
            followAll(kernel, readers(weights, each), each, value--, members);
        }
        var draft = kernel.finish();
        var own = members.stream().flatMap(node -> node.out().stream()).collect(Collectors.toSet());
        var groups = Products.groups(members);
        if (draft.inputs().stream().anyMatch(source -> own.contains(source.atom())) || products.needsItself(groups)) {
            return false;
        }
        products.put(groups.stream().max(Comparator.comparingInt(Group::last)).orElseThrow(), draft, members, false);
        return true;
    }

    /** The products and the kernel of their rows; gives the first of the weights. */
    private int compute(PanelDraft kernel, Weights weights, Map<Var, Integer> made) {
        var known = new HashMap<>(made);
        weights.products().forEach(product ->
                known.put(product.out().getFirst(), products.multiply(kernel, product)));
        return kernel.apply(weights.draft().kernel(), Products.reads(kernel, weights.draft(), known),
                weights.values().size());
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
        return Products.isProduct(node) && !products.isTaken(node.group) && products.isWhole(node, 0, weights)
                && !flow.source(node.in().get(1), Chain.NONE).atom().equals(weights);
    }

    /** Whether it is {@code weightsᵀ @ c} or {@code c @ weights}, and so a sum over their rows. */
    private boolean sums(Node node, Var weights) {
        if (!Products.isProduct(node) || products.isTaken(node.group)) {
            return false;
        }
        var left = flow.source(node.in().get(0), Chain.NONE);
        var right = flow.source(node.in().get(1), Chain.NONE);
        boolean turned = left.atom().equals(weights) && left.chain().moves().equals(List.of(turn(left)));
        return turned ? !right.atom().equals(weights)
                : products.isWhole(node, 1, weights) && !left.atom().equals(weights);
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
}
