package tfl.lower;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.primitive.BroadcastTo;
import tfl.primitive.Reshape;
import tfl.primitive.Scan;
import tfl.tensor.Shape;

/** Finds the loop that every element goes round on its own, which is one kernel. */
final class Rounds {
    /** Written-out size of the bodies. */
    private static final long MOST_TREE = 1000;

    private final Flow outer;
    private final Node node;
    private final Scan scan;
    private final Graph body;
    private final Flow inner;
    private final List<Var> states;
    private final List<Var> sequences;
    private final Shape space;

    private Rounds(Flow outer, Node node, Scan scan, Graph body) {
        this.outer = outer;
        this.node = node;
        this.scan = scan;
        this.body = body;
        this.inner = new Flow(body, Set.of());
        int behind = scan.constants() + scan.carries();
        this.states = body.inputs().subList(scan.constants(), behind);
        this.sequences = body.inputs().subList(behind, body.inputs().size());
        this.space = states.getFirst().type().shape();
    }

    /** The kernel and what it reads, as views of the values around the loop. */
    record Found(Kernel.Iterate kernel, List<Flow.Source> inputs) {}

    /** The loop of a node as one kernel, or null where elements meet or something is done. */
    static Found of(Flow flow, Node node) {
        return node.equation.op() instanceof Scan scan && scan.body() instanceof Graph body && scan.carries() > 0
                ? new Rounds(flow, node, scan, body).found() : null;
    }

    private Found found() {
        var group = group();
        var results = body.outputs().stream().map(output -> inner.source(output, Chain.NONE)).toList();
        boolean even = Stream.concat(states.stream(), body.outputs().stream())
                .allMatch(atom -> atom.type().shape().equals(space))
                && results.stream().allMatch(source -> source.atom() instanceof Literal || source.chain().isEmpty());
        if (group == null || !even) {
            return null;
        }
        var own = states.stream().map(state -> new Flow.Source(state, Chain.NONE)).toList();
        var read = new LinkedHashSet<Flow.Source>(own);
        // What the results are made of tells which rows are read; these come next, before the rest.
        read.addAll(results.stream().filter(source -> sequences.contains(source.atom())).toList());
        read.addAll(Draft.of(inner, group, own).inputs().stream().filter(each -> sequences.contains(each.atom()))
                .toList());
        var draft = Draft.of(inner, group, List.copyOf(read));
        var bodies = results.stream().map(source -> expression(source, draft)).toList();
        boolean meets = draft.inputs().stream().skip(own.size()).anyMatch(source -> states.contains(source.atom()));
        if (meets || bodies.contains(null) || Price.tree(bodies) > MOST_TREE || bodies.size() > Fusion.MOST_OUTPUTS
                || draft.inputs().size() > Fusion.MOST_INPUTS) {
            return null;
        }
        var inputs = draft.inputs().stream().map(this::outside).toList();
        var dtypes = draft.inputs().stream().map(source -> source.atom().type().dtype()).toList();
        return inputs.contains(null) ? null : new Found(new Kernel.Iterate(dtypes, own.size(), read.size() - own.size(),
                bodies, scan.length(), scan.reverse()), inputs);
    }

    /** All that the body computes, or null if it is more than a formula of each element. */
    private Group group() {
        var group = new Group(Group.Kind.ELEMENTS, space);
        for (var each : inner.nodes()) {
            if (each.form instanceof Form.Points) {
                group.add(each, Set.of(Chain.NONE));
            } else if (!each.isMove()) {
                return null;
            }
        }
        return group;
    }

    private static ScalarExpr expression(Flow.Source source, Draft.Finished draft) {
        return switch (source.atom()) {
            case Literal literal -> Draft.constant(literal);
            case Var variable when draft.whole().contains(variable) ->
                draft.expressions().get(draft.whole().indexOf(variable));
            case Var variable when draft.inputs().contains(source) ->
                new ScalarExpr.Input(draft.inputs().indexOf(source), variable.type().dtype());
            case Var variable -> null;
        };
    }

    /** What an input of the body is around the loop: of a sequence all rows, or null where these are no view. */
    private Flow.Source outside(Flow.Source source) {
        var atom = node.in().get(body.inputs().indexOf(source.atom()));
        if (!sequences.contains(source.atom())) {
            return outer.source(atom, states.contains(source.atom()) ? Chain.NONE : source.chain());
        }
        var row = source.atom().type().shape();
        if (source.chain().isEmpty()) {
            return row.equals(space) ? outer.source(atom, Chain.NONE) : null;
        }
        if (source.chain().moves().size() != 1 || !(source.chain().moves().getFirst() instanceof BroadcastTo)) {
            return null;
        }
        var ones = LongStream.generate(() -> 1).limit(space.rank() - row.rank());
        var spread = LongStream.concat(LongStream.of(scan.length()),
                LongStream.concat(ones, LongStream.of(row.dims())));
        return outer.source(atom, Chain.NONE.then(new Reshape(Shape.of(spread.toArray())))
                .then(new BroadcastTo(rows())));
    }

    private Shape rows() {
        return Shape.of(LongStream.concat(LongStream.of(scan.length()), LongStream.of(space.dims())).toArray());
    }
}
