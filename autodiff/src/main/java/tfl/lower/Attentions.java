package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.tensor.DType;

/**
 * Two products and a row kernel between them which nothing else reads from: softmax attention, with whatever scale and
 * mask. They become one kernel, so that the matrix in the middle is never whole.
 */
final class Attentions {
    /** Below so many bytes the middle stays in a cache as it is. */
    private static final long SMALL = 512 << 10;

    private final Flow flow;
    private final Map<Group, Found> found = new HashMap<>();
    private final Set<Group> parts = new HashSet<>();

    /**
     * What became one kernel.
     *
     * @param inputs of the kernel, as views of values
     */
    record Found(Kernel.Attention kernel, List<Flow.Source> inputs, List<Node> members) {}

    private Attentions(Flow flow) {
        this.flow = flow;
    }

    static Attentions of(Flow flow, List<Group> groups) {
        var all = new Attentions(flow);
        groups.forEach(all::look);
        return all;
    }

    /** The kernel that a group's product ends, or null. */
    Found endedBy(Group group) {
        return found.get(group);
    }

    /** Whether a group is the first product or the rows of such a kernel. */
    boolean isPart(Group group) {
        return parts.contains(group);
    }

    private void look(Group group) {
        if (group.kind != Group.Kind.ELEMENTS || !group.folds()) {
            return;
        }
        var draft = group.draft(flow);
        if (!(draft.kernel() instanceof Kernel.Rows rows) || draft.whole().size() != 1 || !draft.perRow().isEmpty()) {
            return;
        }
        var weights = draft.whole().getFirst();
        var last = onlyReader(weights);
        var dtype = weights.type().dtype();
        if (dtype != DType.F32 && dtype != DType.F64 || weights.type().bytes() < SMALL || last == null
                || !isProduct(last) || isTaken(last.group) || !isWhole(last, 0, weights)
                || isWhole(last, 1, weights)) {
            return;
        }
        for (int k = 0; k < draft.inputs().size(); k++) {
            if (draft.inputs().get(k).atom() instanceof Var scores && draft.inputs().get(k).chain().isEmpty()
                    && flow.maker(scores) instanceof Node first && isProduct(first) && isOnlyReadBy(scores, group)
                    && scores.type().equals(weights.type()) && !isTaken(first.group)) {
                take(group, draft, rows, k, first, last);
                return;
            }
        }
    }

    private void take(Group group, Draft.Finished draft, Kernel.Rows rows, int product, Node first, Node last) {
        var inputs = new ArrayList<Flow.Source>();
        first.in().forEach(atom -> inputs.add(flow.source(atom, Chain.NONE)));
        inputs.add(flow.source(last.in().get(1), Chain.NONE));
        for (int k = 0; k < draft.inputs().size(); k++) {
            if (k != product) {
                inputs.add(draft.inputs().get(k));
            }
        }
        var members = new ArrayList<>(List.of(first));
        members.addAll(group.members());
        members.add(last);
        parts.add(first.group);
        parts.add(group);
        found.put(last.group, new Found(new Kernel.Attention(rows, product), List.copyOf(inputs), members));
    }

    /** A product between two attentions belongs to one of them. */
    private boolean isTaken(Group product) {
        return parts.contains(product) || found.containsKey(product);
    }

    private static boolean isProduct(Node node) {
        return node.isOpaque() && Lower.kernel(node.equation.op(), node.in().stream().map(atom -> atom.type()).toList())
                instanceof Kernel.Contract;
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
