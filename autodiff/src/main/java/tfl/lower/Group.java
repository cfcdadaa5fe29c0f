package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tfl.tensor.Shape;

/** Equations that become one kernel over one shape. */
final class Group {
    /** What it can become. */
    enum Kind {
        /** A loop, or rows once a member folds. */
        ELEMENTS,
        /** One reduction and what it reads. */
        REDUCTION,
        /** One equation on its own. */
        SINGLE
    }

    final Kind kind;
    final Shape space;
    private final TreeMap<Integer, Node> members = new TreeMap<>();
    private final Map<Node, Set<Chain>> places = new HashMap<>();
    private Draft.Finished draft;

    Group(Kind kind, Shape space) {
        this.kind = kind;
        this.space = space;
    }

    void add(Node node, Set<Chain> at) {
        members.put(node.index, node);
        places.computeIfAbsent(node, none -> new LinkedHashSet<>()).addAll(at);
        node.group = this;
        draft = null;
    }

    void remove(Node node) {
        members.remove(node.index);
        places.remove(node);
        node.group = null;
        draft = null;
    }

    void addAll(Group other) {
        other.members.values().forEach(node -> add(node, other.places.get(node)));
    }

    /** The members in the order of the graph. */
    List<Node> members() {
        return new ArrayList<>(members.values());
    }

    /** The views through which members see a member's results. */
    Set<Chain> places(Node node) {
        return places.get(node);
    }

    /** The kernel of the members so far. Whoever reads them is in a group by now, or in none for good. */
    Draft.Finished draft(Flow flow) {
        if (draft == null) {
            draft = Draft.of(flow, this);
        }
        return draft;
    }

    int last() {
        return members.lastKey();
    }

    /** Whether some member folds along rows. */
    boolean folds() {
        return members.values().stream().anyMatch(node -> node.form instanceof Form.Fold
                || node.form instanceof Form.Lines);
    }
}
