package tfl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tfl.graph.Var;
import tfl.plan.Work;

/**
 * Updates that run at one time. What one of them reads is there until all are done, and what it makes is there from the
 * beginning. So that this takes no more memory than one after the other, all but little of what ends there gives its
 * place to a result.
 */
final class UpdateGroup {
    private static final int MOST_TASKS = 256;
    /** Of what only waits. */
    private static final long MOST_BYTES = 1 << 16;
    /** Results of a kernel that keeps all threads busy by itself, and is faster so. */
    private static final long LARGE_BYTES = 1 << 20;

    private final List<Task> tasks = new ArrayList<>();
    private final Set<Var> read = new HashSet<>();
    private final Set<Var> replaced = new HashSet<>();
    private long bytes;

    /**
     * As few groups as these updates can have; some consist of one.
     *
     * @param given the inputs of the graph, which stay in any case
     */
    static List<List<Task>> of(List<Task> updates, Set<Var> given) {
        var all = new ArrayList<List<Task>>();
        var groups = new ArrayList<UpdateGroup>();
        for (var task : updates) {
            if (Updates.made(task) >= LARGE_BYTES) {
                all.add(List.of(task));
            } else if (groups.stream().noneMatch(group -> group.takes(task, given))) {
                var group = new UpdateGroup();
                groups.add(group);
                group.takes(task, given);
            }
        }
        groups.forEach(group -> all.add(group.tasks));
        return all;
    }

    private boolean takes(Task task, Set<Var> given) {
        var made = new ArrayList<>(((Work.Launch) task.work()).outputs());
        var own = new HashSet<Var>();
        var gone = new HashSet<Var>();
        long waiting = 0;
        for (var source : task.in()) {
            if (source.atom() instanceof Var value && !given.contains(value) && own.add(value)) {
                if (value.type().shape().size() > 1 && source.chain().isEmpty() && made.remove(value.type())) {
                    gone.add(value);
                } else {
                    waiting += value.type().bytes();
                }
            }
        }
        boolean fits = tasks.isEmpty() || tasks.size() < MOST_TASKS && bytes + waiting <= MOST_BYTES
                && Collections.disjoint(gone, read) && Collections.disjoint(own, replaced);
        if (fits) {
            tasks.add(task);
            read.addAll(own);
            replaced.addAll(gone);
            bytes += waiting;
        }
        return fits;
    }
}
