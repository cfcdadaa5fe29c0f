package tfl.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** A product outside the kernel of rows, or whatever else, that reads one of the weights. */
    private record Use(Weights weights, Var value, Node reader) {}

    private List<Use> uses(Weights weights) {
        return weights.values().stream().flatMap(value -> products.readers(value).stream()
                .filter(reader -> reader.group != weights.group()).map(reader -> new Use(weights, value, reader)))
                .toList();
    }

    private void attention(Weights weights) {
        var uses = uses(weights);
        var last = uses.stream().filter(this::isWeighted).findFirst().orElse(null);
        long bytes = weights.values().stream().mapToLong(value -> value.type().bytes()).sum();
        if (isTaken(weights) || last == null || uses.size() > 1 && bytes <= Products.LARGE) {
            return;
        }
        var kernel = new PanelDraft();
        var members = new ArrayList<>(weights.members());
        followAll(kernel, List.of(last), compute(kernel, weights, Map.of()), members);
        products.put(last.reader().group, kernel.finish(), members, uses.size() > 1);
        if (uses.size() > 1) {
            // To keep large weights for the gradient would cost as much time as to compute them again, and their room.
            int turn = uses.stream().filter(use -> use != last).mapToInt(use -> use.reader().group.last()).min()
                    .orElseThrow();
            weights.groups().forEach(group -> products.delay(group, turn));
            weights.values().forEach(value -> again.put(value, new Again(weights, last.reader())));
        }
    }

    private boolean isTaken(Weights weights) {
        return weights.products().stream().anyMatch(node -> products.isTaken(node.group));
    }

    /** Whether all that reads the weights multiplies them, and some of it sums over their rows. */
    private boolean isGradient(Weights weights) {
        var uses = uses(weights);
        return uses.stream().allMatch(this::follows) && uses.stream().anyMatch(this::sums);
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
        var made = Map.<Var, Integer>of();
        if (earlier != null) {
            var others = uses(earlier.weights()).stream().filter(use -> use.reader() != earlier.last()
                    && use.reader().group != weights.group()).toList();
            if (!others.stream().allMatch(this::follows)) {
                return false;
            }
            members.addAll(earlier.weights().members());
            made = compute(kernel, earlier.weights(), made);
            followAll(kernel, others, made, members);
        }
        members.addAll(weights.members());
        followAll(kernel, uses(weights), compute(kernel, weights, made), members);
        var draft = kernel.finish();
        var own = members.stream().flatMap(node -> node.out().stream()).collect(Collectors.toSet());
        var groups = Products.groups(members);
        if (draft.inputs().stream().anyMatch(source -> own.contains(source.atom())) || products.needsItself(groups)) {
            return false;
        }
        products.put(groups.stream().max(Comparator.comparingInt(Group::last)).orElseThrow(), draft, members, false);
        if (earlier != null) {
            again.values().remove(earlier);
        }
        return true;
    }

    /**
     * The products and the kernel of their rows.
     *
     * @param made what steps before it make
     * @return the same with the weights
     */
    private Map<Var, Integer> compute(PanelDraft kernel, Weights weights, Map<Var, Integer> made) {
        var known = new HashMap<>(made);
        weights.products().forEach(product ->
                known.put(product.out().getFirst(), products.multiply(kernel, product)));
        int value = kernel.apply(weights.draft().kernel(), Products.reads(kernel, weights.draft(), known),
                weights.values().size());
        for (var each : weights.values()) {
            known.put(each, value--);
        }
        return known;
    }

    private void followAll(PanelDraft kernel, List<Use> uses, Map<Var, Integer> made, List<Node> members) {
        for (var use : uses) {
            kernel.give(follow(kernel, use, made.get(use.value())), use.reader().out().getFirst());
            members.add(use.reader());
        }
    }

    private int follow(PanelDraft kernel, Use use, int value) {
        var left = operand(use, 0);
        var right = operand(use, 1);
        if (isWeighted(use)) {
            return kernel.multiply(value, kernel.input(right));
        }
        return left.atom().equals(use.value()) ? kernel.accumulate(value, kernel.input(right))
                : kernel.accumulate(kernel.input(turned(left)), value);
    }

    private Flow.Source operand(Use use, int place) {
        return flow.source(use.reader().in().get(place), Chain.NONE);
    }

    private boolean follows(Use use) {
        return isWeighted(use) || sums(use);
    }

    /** Whether it is {@code weights @ c}. */
    private boolean isWeighted(Use use) {
        return isFreeProduct(use.reader()) && products.isWhole(use.reader(), 0, use.value())
                && isOther(use, operand(use, 1));
    }

    /** Whether it is {@code weightsᵀ @ c} or {@code c @ weights}, and so a sum over their rows. */
    private boolean sums(Use use) {
        if (!isFreeProduct(use.reader())) {
            return false;
        }
        var left = operand(use, 0);
        boolean turned = left.atom().equals(use.value()) && left.chain().moves().equals(List.of(turn(left)));
        return turned ? isOther(use, operand(use, 1))
                : products.isWhole(use.reader(), 1, use.value()) && isOther(use, left);
    }

    private boolean isFreeProduct(Node node) {
        return node != null && Products.isProduct(node) && !products.isTaken(node.group);
    }

    private static boolean isOther(Use use, Flow.Source operand) {
        return use.weights().values().stream().noneMatch(operand.atom()::equals);
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
