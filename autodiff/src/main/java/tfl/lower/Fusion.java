package tfl.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.tensor.Shape;

/**
 * Decides which equations become one kernel. From the last equation to the first, each joins a kernel that reads it:
 * so a value is kept in memory only where something outside that kernel needs it. What is as cheap to compute as to
 * read is computed by every reader.
 */
final class Fusion {
    /** Inputs and outputs of one kernel: more than this and the processor runs out of pointers. */
    static final int MOST_INPUTS = 24;
    static final int MOST_OUTPUTS = 12;
    /** Written-out size of a kernel's expressions. */
    private static final long MOST_TREE = 4000;
    /** Additions for each element that cost less than to write and read it. */
    private static final int CHEAP = 4;
    /** Additions from which an operation is not done twice where that can be avoided. */
    private static final int DEAR = 12;
    /** Fewer rows than that do not keep the threads busy, unless all of them are few elements. */
    private static final long FEW_ROWS = 16;
    private static final long FEW_ELEMENTS = 16 * 1024;

    private final Flow flow;
    private final Set<Group> groups = new LinkedHashSet<>();

    private Fusion(Flow flow) {
        this.flow = flow;
    }

    /** The groups of a graph's equations, in no particular order. */
    static List<Group> of(Flow flow) {
        var fusion = new Fusion(flow);
        flow.nodes().forEach(fusion::markFree);
        flow.nodes().reversed().forEach(fusion::place);
        new Siblings(flow, fusion.groups).merge();
        return List.copyOf(fusion.groups);
    }

    /** Marks what every reader may compute again: little work on no more bytes than the result has. */
    private void markFree(Node node) {
        if (!(node.form instanceof Form.Points points) || !onlyFused(node)) {
            return;
        }
        var read = new LinkedHashSet<Flow.Source>();
        int work = work(node, read);
        long bytes = node.out().stream().mapToLong(variable -> variable.type().bytes()).sum();
        long readBytes = read.stream().mapToLong(source -> source.atom().type().bytes()).sum();
        node.free = node.out().size() == 1 && work <= (read.isEmpty() ? DEAR : CHEAP) && readBytes <= bytes + 64;
    }

    /** Work for one element, with the free operands' own; collects what is read. */
    private int work(Node node, Set<Flow.Source> read) {
        int work = Price.work(((Form.Points) node.form).bodies());
        for (var atom : node.in()) {
            var source = flow.source(atom, Chain.NONE);
            if (source.atom() instanceof Var variable) {
                var maker = flow.maker(variable);
                if (maker != null && maker.free) {
                    work += work(maker, read);
                } else {
                    read.add(source);
                }
            }
        }
        return work;
    }

    /** Whether all that reads a node can take it in. */
    private boolean onlyFused(Node node) {
        var fused = new boolean[] {true};
        node.out().forEach(variable -> flow.visit(variable, Chain.NONE, (reader, chain) ->
                fused[0] &= reader != null && !reader.isOpaque()));
        return fused[0];
    }

    private void place(Node node) {
        if (node.isTransparent()) {
            return;
        }
        if (node.isOpaque()) {
            start(node, Group.Kind.SINGLE);
            return;
        }
        if (node.form instanceof Form.Fold(var reduce) && !isRowFold(node, reduce)) {
            start(node, Group.Kind.REDUCTION);
            return;
        }
        if (!(node.form instanceof Form.Fold)) {
            mergeReaders(node);
        }
        for (var group : uses(node).keySet()) {
            if (join(node, group)) {
                return;
            }
        }
        start(node, Group.Kind.ELEMENTS);
    }

    private void start(Node node, Group.Kind kind) {
        var group = new Group(kind, kind == Group.Kind.SINGLE ? Shape.SCALAR : node.space());
        group.add(node, Set.of(kind == Group.Kind.SINGLE ? Chain.NONE : ownPlace(node)));
        groups.add(group);
    }

    private static Chain ownPlace(Node node) {
        return node.form instanceof Form.Fold && node.space().rank() > 0 ? Chain.ofRow(node.space()) : Chain.NONE;
    }

    /** Whether a reduction can be part of a kernel over rows. */
    private static boolean isRowFold(Node node, Kernel.Reduce reduce) {
        var space = node.space();
        var fold = reduce.fold();
        boolean plain = fold == Kernel.Fold.SUM || fold == Kernel.Fold.PROD || fold == Kernel.Fold.MAX
                || fold == Kernel.Fold.MIN;
        return plain && !reduce.accumulator().isComplex() && space.rank() > 0
                && reduce.axes().equals(List.of(space.rank() - 1)) && areManyRows(space);
    }

    /** Whether there are rows enough for all threads. */
    static boolean areManyRows(Shape space) {
        long length = space.dim(space.rank() - 1);
        return space.size() > 0 && (space.size() / length >= FEW_ROWS || space.size() <= FEW_ELEMENTS);
    }

    /** The kernels that read a node, and through which views from their shapes. */
    private Map<Group, Set<Chain>> uses(Node node) {
        var uses = new LinkedHashMap<Group, Set<Chain>>();
        for (var variable : node.out()) {
            for (var use : flow.uses(variable)) {
                if (use.reader() != null && !use.reader().isOpaque()) {
                    var chains = uses.computeIfAbsent(use.reader().group, none -> new LinkedHashSet<>());
                    places(use.reader()).forEach(place -> chains.add(use.chain().then(place)));
                }
            }
        }
        return uses;
    }

    /** Through which views a node sees its operands, from its kernel's shape. */
    private static Set<Chain> places(Node node) {
        return node.form instanceof Form.Points ? node.group.places(node) : Set.of(Chain.NONE);
    }

    /** Kernels over the node's shape that read it become one, so that it need not be written for either. */
    private void mergeReaders(Node node) {
        Group first = null;
        for (var each : uses(node).entrySet()) {
            var group = each.getKey();
            boolean fits = group.kind == Group.Kind.ELEMENTS && group.space.equals(node.space())
                    && each.getValue().equals(Set.of(Chain.NONE));
            if (fits && first == null) {
                first = group;
            } else if (fits) {
                var merged = merge(flow, groups, first, group);
                first = merged == null ? first : merged;
            }
        }
    }

    /** One kernel of two over the same shape, or null if something lies between them or it would grow too large. */
    static Group merge(Flow flow, Set<Group> groups, Group into, Group other) {
        if (leadsOutside(flow, into, other) || leadsOutside(flow, other, into) || !readsPlainly(flow, into, other)
                || !readsPlainly(flow, other, into)) {
            return null;
        }
        var joined = new Group(into.kind, into.space);
        joined.addAll(into);
        joined.addAll(other);
        if (fits(flow, joined)) {
            groups.remove(into);
            groups.remove(other);
            groups.add(joined);
            return joined;
        }
        into.members().forEach(node -> node.group = into);
        other.members().forEach(node -> node.group = other);
        return null;
    }

    /** Whether what one kernel reads of another, it reads element by element. */
    private static boolean readsPlainly(Flow flow, Group from, Group by) {
        for (var node : from.members()) {
            for (var variable : node.out()) {
                for (var use : flow.uses(variable)) {
                    if (use.reader() != null && use.reader().group == by && (node.form instanceof Form.Fold
                            || !use.chain().isEmpty() || !places(use.reader()).equals(Set.of(Chain.NONE))
                            || !from.places(node).equals(Set.of(Chain.NONE)))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean leadsOutside(Flow flow, Group from, Group to) {
        var next = new LinkedHashSet<Node>();
        from.members().forEach(node -> next.addAll(flow.next(node)));
        next.removeIf(node -> node.group == from || node.group == to);
        return leads(flow, next, to);
    }

    /** Whether what follows from these nodes reaches a kernel. */
    private static boolean leads(Flow flow, Collection<Node> from, Group to) {
        var seen = new HashSet<Group>();
        var open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            var group = open.pop().group;
            if (group == to) {
                return true;
            }
            if (seen.add(group)) {
                group.members().forEach(node -> open.addAll(flow.next(node)));
            }
        }
        return false;
    }

    private static boolean fits(Flow flow, Group group) {
        var draft = group.draft(flow);
        return draft.inputs().size() <= MOST_INPUTS
                && draft.whole().size() + draft.perRow().size() <= MOST_OUTPUTS
                && Price.tree(draft.expressions()) <= MOST_TREE
                && (!group.folds() || group.members().stream().noneMatch(node -> isDearTwice(flow, node, group)));
    }

    private boolean join(Node node, Group group) {
        var chains = uses(node).get(group);
        if (chains == null || !isWelcome(node, group, chains)) {
            return false;
        }
        var others = new ArrayList<>(flow.next(node));
        others.removeIf(reader -> reader.group == group);
        boolean outside = !others.isEmpty() || node.out().stream().anyMatch(this::isResult);
        if (outside && !canGive(node, group, chains) || leads(flow, others, group)) {
            return false;
        }
        group.add(node, chains);
        if (fits(flow, group)) {
            return true;
        }
        group.remove(node);
        return false;
    }

    /** Whether the graph gives a variable back, maybe as a view. */
    private boolean isResult(Var variable) {
        return flow.uses(variable).stream().anyMatch(use -> use.reader() == null);
    }

    private boolean isWelcome(Node node, Group group, Set<Chain> chains) {
        return switch (node.form) {
            case Form.Lines lines -> group.kind == Group.Kind.ELEMENTS && group.space.equals(node.space())
                    && chains.equals(Set.of(Chain.NONE)) && areManyRows(node.space());
            case Form.Fold fold -> group.kind == Group.Kind.ELEMENTS && group.space.equals(node.space())
                    && chains.stream().allMatch(chain -> isRow(node, chain));
            case Form.Points points -> group.kind != Group.Kind.SINGLE
                    && chains.stream().allMatch(chain -> isWorthwhile(node, group, chain));
            default -> false;
        };
    }

    private static boolean isRow(Node node, Chain chain) {
        var strided = chain.over(node.out().getFirst().type().shape());
        return strided != null && strided.isRow();
    }

    /** Whether to compute a node where it is seen through views, rather than to keep it and look at it so. */
    private boolean isWorthwhile(Node node, Group group, Chain chain) {
        if (chain.isEmpty()) {
            return true;
        }
        var shape = node.out().getFirst().type().shape();
        var strided = chain.over(shape);
        if (strided != null && (strided.isScalar() || strided.isRow() && group.kind == Group.Kind.ELEMENTS)) {
            return true;
        }
        var read = new LinkedHashSet<Flow.Source>();
        int work = work(node, read);
        read.removeIf(source -> source.atom().type().shape().size() == 1);
        return read.size() <= 1 && (work <= CHEAP || group.space.size() <= shape.size());
    }

    /** Whether a kernel can also write what the node makes. */
    private boolean canGive(Node node, Group group, Set<Chain> chains) {
        if (group.kind != Group.Kind.ELEMENTS) {
            return false;
        }
        boolean whole = !(node.form instanceof Form.Fold) && chains.contains(Chain.NONE);
        if (whole) {
            return node.out().getFirst().type().shape().equals(group.space);
        }
        return group.space.rank() > 0 && areManyRows(group.space)
                && chains.stream().anyMatch(chain -> isRow(node, chain))
                && (group.folds() || reachesFold(node, group.space));
    }

    /** Whether a number for each row comes from folds over such rows, which can join the same kernel. */
    private boolean reachesFold(Node node, Shape space) {
        if (node.form instanceof Form.Fold(var reduce)) {
            return node.space().equals(space) && isRowFold(node, reduce);
        }
        return node.form instanceof Form.Points && node.in().stream().anyMatch(atom ->
                flow.source(atom, Chain.NONE).atom() instanceof Var variable
                        && flow.maker(variable) instanceof Node maker && reachesFold(maker, space));
    }

    /** Whether dear work would be done in several passes over a row. */
    private static boolean isDearTwice(Flow flow, Node node, Group group) {
        if (!(node.form instanceof Form.Points points) || Price.work(points.bodies()) < DEAR
                || !group.places(node).contains(Chain.NONE)) {
            return false;
        }
        int passes = 0;
        var seen = new HashSet<Node>(Set.of(node));
        var open = new ArrayDeque<Node>(seen);
        boolean written = false;
        while (!open.isEmpty()) {
            var each = open.pop();
            written |= each.out().stream().anyMatch(variable -> Draft.isNeeded(flow, group, variable));
            for (var reader : flow.next(each)) {
                if (reader.group == group && seen.add(reader)) {
                    switch (reader.form) {
                        case Form.Fold fold -> passes++;
                        case Form.Lines(var kernel) -> passes += 2;
                        default -> open.add(reader);
                    }
                }
            }
        }
        return passes + (written ? 1 : 0) > 1;
    }

    /** Whether reading a value takes time. */
    static boolean isLarge(Flow.Source source) {
        return !(source.atom() instanceof Literal) && source.atom().type().shape().size() > 1;
    }
}
