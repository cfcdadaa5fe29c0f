package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.primitive.Scan;

/**
 * A loop that every element goes round on its own, which is one kernel: its values stay in registers or in the nearest
 * cache all rounds long.
 *
 * @param inputs the states first, as views of the values around the loop
 */
record Rounds(Kernel.Iterate kernel, List<Flow.Source> inputs) {
    /** Written-out size of the bodies. */
    private static final long MOST_TREE = 1000;

    /** The loop of a node as one kernel, or null where elements meet, rows are read or given, or something is done. */
    static Rounds of(Flow flow, Node node) {
        return node.equation.op() instanceof Scan scan && scan.body() instanceof Graph body && scan.carries() > 0
                && scan.carries() == body.outputs().size()
                && scan.constants() + scan.carries() == body.inputs().size() ? of(flow, node, scan, body) : null;
    }

    private static Rounds of(Flow flow, Node node, Scan scan, Graph body) {
        var states = body.inputs().subList(scan.constants(), body.inputs().size());
        var space = states.getFirst().type().shape();
        if (!states.stream().allMatch(state -> state.type().shape().equals(space))) {
            return null;
        }
        var inner = new Flow(body, Set.of());
        var group = new Group(Group.Kind.ELEMENTS, space);
        for (var each : inner.nodes()) {
            if (each.form instanceof Form.Points) {
                group.add(each, Set.of(Chain.NONE));
            } else if (!each.isMove()) {
                return null;
            }
        }
        var sources = body.outputs().stream().map(output -> inner.source(output, Chain.NONE)).toList();
        if (!sources.stream().allMatch(source -> source.atom() instanceof Literal || source.chain().isEmpty())) {
            return null;
        }
        var own = states.stream().map(state -> new Flow.Source(state, Chain.NONE)).toList();
        var draft = Draft.of(inner, group, own);
        var bodies = sources.stream().map(source -> switch (source.atom()) {
            case Literal literal -> Draft.constant(literal);
            case Var variable when draft.whole().contains(variable) ->
                draft.expressions().get(draft.whole().indexOf(variable));
            case Var variable when own.contains(source) ->
                new ScalarExpr.Input(own.indexOf(source), variable.type().dtype());
            case Var variable -> null;
        }).toList();
        boolean meets = draft.inputs().stream().skip(own.size()).anyMatch(source -> states.contains(source.atom()));
        if (meets || bodies.contains(null) || Price.tree(bodies) > MOST_TREE) {
            return null;
        }
        var inputs = new ArrayList<Flow.Source>();
        for (int k = 0; k < own.size(); k++) {
            inputs.add(flow.source(node.in().get(scan.constants() + k), Chain.NONE));
        }
        draft.inputs().stream().skip(own.size()).forEach(source -> inputs.add(
                flow.source(node.in().get(body.inputs().indexOf(source.atom())), source.chain())));
        var dtypes = draft.inputs().stream().map(source -> source.atom().type().dtype()).toList();
        return new Rounds(new Kernel.Iterate(dtypes, bodies, scan.length()), List.copyOf(inputs));
    }
}
