package tfl.lower;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Merges kernels over one shape that read the same memory and do not need each other. */
final class Siblings {
    private final Flow flow;
    private final Set<Group> groups;

    Siblings(Flow flow, Set<Group> groups) {
        this.flow = flow;
        this.groups = groups;
    }

    void merge() {
        while (mergeOne()) {
            // Each merger makes other pairs.
        }
    }

    private boolean mergeOne() {
        for (var readers : readers().values()) {
            var list = List.copyOf(readers);
            for (int i = 0; i < list.size(); i++) {
                for (int k = i + 1; k < list.size(); k++) {
                    if (list.get(i).space.equals(list.get(k).space)
                            && Fusion.merge(flow, groups, list.get(i), list.get(k)) != null) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** For each large value the kernels over elements that read it. */
    private Map<Flow.Source, Set<Group>> readers() {
        var readers = new LinkedHashMap<Flow.Source, Set<Group>>();
        for (var group : groups) {
            if (group.kind == Group.Kind.ELEMENTS) {
                for (var source : group.draft(flow).inputs()) {
                    if (Fusion.isLarge(source)) {
                        readers.computeIfAbsent(source, none -> new LinkedHashSet<>()).add(group);
                    }
                }
            }
        }
        return readers;
    }
}
