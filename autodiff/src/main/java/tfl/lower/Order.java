package tfl.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** In which order kernels run: each finds its inputs; among those that do, the first wanted in the graph is first. */
final class Order {
    private final Map<Group, Integer> waits = new HashMap<>();
    private final Map<Group, Set<Group>> after = new HashMap<>();

    private Order() {}

    static List<Group> of(Flow flow, List<Group> groups, Products products) {
        var order = new Order();
        for (var group : groups) {
            for (var node : group.members()) {
                for (var reader : flow.next(node)) {
                    if (reader.group != group) {
                        products.waiting(group, reader.group)
                                .forEach(waiting -> order.link(products.giver(group), waiting));
                    }
                }
            }
        }
        return order.sorted(groups, Comparator.comparingInt(products::turn));
    }

    private void link(Group group, Group waiting) {
        if (after.computeIfAbsent(group, none -> new LinkedHashSet<>()).add(waiting)) {
            waits.merge(waiting, 1, Integer::sum);
        }
    }

    private List<Group> sorted(List<Group> groups, Comparator<Group> turn) {
        var ready = new PriorityQueue<Group>(turn);
        groups.stream().filter(group -> !waits.containsKey(group)).forEach(ready::add);
        var sorted = new ArrayList<Group>();
        while (!ready.isEmpty()) {
            var group = ready.remove();
            sorted.add(group);
            after.getOrDefault(group, Set.of()).stream().filter(next -> waits.merge(next, -1, Integer::sum) == 0)
                    .forEach(ready::add);
        }
        if (sorted.size() != groups.size()) {
            throw new IllegalStateException("kernels wait for each other: this is a bug in TFL");
        }
        return sorted;
    }
}
