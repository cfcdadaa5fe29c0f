package tfl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tfl.graph.Graph;
import tfl.graph.Var;
import tfl.kernel.Kernel;
import tfl.plan.Work;
import tfl.tensor.TensorType;

/**
 * Tasks that make results out of arguments of the same types, such as new parameters of old ones, and that nothing else
 * waits for. They are put last: when they begin, all that can fail is done, so they may write over the arguments if the
 * caller gives those up. Until then the gradients that they read take the room that their results would take.
 *
 * <p>They need nothing of each other, so they run at one time, as one step. A small one that would be a step for itself
 * stays where it is.
 *
 * @param groups the tasks of each step, in the order in which they run
 * @param first which of them begins the updates
 */
record Updates(List<List<Task>> groups, int first) {
    /** Results of fewer bytes are soon allocated, and need no more room than they are worth. */
    private static final long FEWEST_BYTES = 1 << 16;
    /** What may wait in any case, such as the numbers that an update of one element reads. */
    private static final long LITTLE_BYTES = 1 << 8;

    /** Tasks in the order given, where nobody gives up arguments for good. */
    static Updates none(Graph graph, List<Task> tasks) {
        return new Updates(tasks.stream().map(List::of).toList(), tasks.size());
    }

    /** Tasks of a graph whose caller may. */
    static Updates last(Graph graph, List<Task> tasks) {
        var given = Set.copyOf(graph.inputs());
        var read = new HashSet<Flow.Source>();
        var turned = new ArrayList<Task>();
        var straight = new ArrayList<Task>();
        for (var task : tasks.reversed()) {
            if (Collections.disjoint(read, task.out()) && isUpdate(task, given)) {
                (liesStraight(task) ? straight : turned).add(task);
            }
            read.addAll(task.in());
        }
        var small = new ArrayList<List<Task>>();
        var large = new ArrayList<List<Task>>();
        for (var each : List.of(turned, straight)) {
            for (var group : UpdateGroup.of(each.reversed(), given)) {
                if (group.stream().mapToLong(Updates::made).sum() >= FEWEST_BYTES) {
                    large.add(group);
                } else if (group.size() > 1) {
                    small.add(group);
                }
            }
        }
        var moved = Collections.newSetFromMap(new IdentityHashMap<Task, Boolean>());
        small.forEach(moved::addAll);
        large.forEach(moved::addAll);
        var groups = new ArrayList<List<Task>>();
        tasks.stream().filter(task -> !moved.contains(task)).forEach(task -> groups.add(List.of(task)));
        groups.addAll(small);
        int first = groups.size();
        groups.addAll(large);
        return new Updates(List.copyOf(groups), first);
    }

    /** Bytes of the results of a loop. */
    static long made(Task task) {
        return ((Work.Launch) task.work()).outputs().stream().mapToLong(TensorType::bytes).sum();
    }

    private static boolean isUpdate(Task task, Set<Var> given) {
        if (!(task.work() instanceof Work.Launch(Kernel.Loop _, var inputs, var outputs, var strides))) {
            return false;
        }
        var old = new ArrayList<TensorType>();
        long others = 0;
        for (int k = 0; k < inputs.size(); k++) {
            var source = task.in().get(k);
            if (source.chain().isEmpty() && given.contains(source.atom())) {
                old.add(inputs.get(k));
            } else {
                others += bytesBelow(inputs.get(k), strides.get(k));
            }
        }
        return others <= Math.max(made(task), LITTLE_BYTES) && outputs.stream().anyMatch(old::contains);
    }

    /** Of elements that are repeated, each once. */
    private static long bytesBelow(TensorType type, List<Long> strides) {
        long bytes = type.dtype().bytes();
        for (int axis = 0; axis < strides.size(); axis++) {
            bytes *= strides.get(axis) == 0 ? 1 : type.shape().dim(axis);
        }
        return bytes;
    }

    /** Whether its inputs will most likely lie in the order of its results, and so need no copy in another one. */
    private static boolean liesStraight(Task task) {
        var work = (Work.Launch) task.work();
        return IntStream.range(0, work.inputs().size()).allMatch(k -> {
            var strides = work.strides().get(k).stream().mapToLong(Long::longValue).toArray();
            return new Strided(work.inputs().get(k).shape(), strides, 0).isStraight();
        });
    }
}
