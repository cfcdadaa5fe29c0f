package tfl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tfl.graph.Graph;
import tfl.kernel.Kernel;
import tfl.plan.Work;
import tfl.tensor.TensorType;

/**
 * Tasks that make results out of arguments of the same types, such as new parameters of old ones, and that nothing else
 * waits for. They are put last: when they begin, all that can fail is done, so they may write over the arguments if the
 * caller gives those up. Until then the gradients that they read take the room that their results would take.
 *
 * @param tasks in the order in which they run
 * @param first which of them begins the updates
 */
record Updates(List<Task> tasks, int first) {
    /** Results of fewer bytes are soon allocated, and need no more room than they are worth. */
    private static final long FEWEST_BYTES = 1 << 16;

    /** Tasks in the order given, where nobody gives up arguments for good. */
    static Updates none(Graph graph, List<Task> tasks) {
        return new Updates(tasks, tasks.size());
    }

    /** Tasks of a graph whose caller may. */
    static Updates last(Graph graph, List<Task> tasks) {
        var given = new HashSet<Flow.Source>();
        graph.inputs().forEach(input -> given.add(new Flow.Source(input, Chain.NONE)));
        var read = new HashSet<Flow.Source>();
        var rest = new ArrayList<Task>();
        var turned = new ArrayList<Task>();
        var straight = new ArrayList<Task>();
        for (var task : tasks.reversed()) {
            if (Collections.disjoint(read, task.out()) && isUpdate(task, given)) {
                (liesStraight(task) ? straight : turned).add(task);
            } else {
                rest.add(task);
                read.addAll(task.in());
            }
        }
        var ordered = new ArrayList<>(rest.reversed());
        ordered.addAll(turned.reversed());
        ordered.addAll(straight.reversed());
        return new Updates(ordered, rest.size());
    }

    private static boolean isUpdate(Task task, Set<Flow.Source> given) {
        if (!(task.work() instanceof Work.Launch(Kernel.Loop _, var inputs, var outputs, var strides))) {
            return false;
        }
        var old = new ArrayList<TensorType>();
        long others = 0;
        for (int k = 0; k < inputs.size(); k++) {
            if (given.contains(task.in().get(k))) {
                old.add(inputs.get(k));
            } else {
                others += bytesBelow(inputs.get(k), strides.get(k));
            }
        }
        long made = outputs.stream().mapToLong(TensorType::bytes).sum();
        return made >= FEWEST_BYTES && others <= made && outputs.stream().anyMatch(old::contains);
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
