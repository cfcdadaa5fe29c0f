package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tfl.graph.Graph;
import tfl.plan.ProgramPlan;
import tfl.plan.Skeleton;

/**
 * Plans of one function's graphs for several sizes, and from them those for others: learned from examples, as in
 * Mitchell's version spaces (Generalization as Search, 1982). Graphs of one form differ in numbers only, and so do
 * their plans. What each number of a plan can be in terms of the graph's numbers is kept as the set of all rules that
 * every example agrees with; a plan is given for a new graph only where all rules that are left give the same, and
 * where an earlier one was foretold to the last number. Everything else is lowered, and is an example more.
 *
 * <p>Safe for several threads.
 */
public final class SizedPlans {
    private static final int MOST_FORMS = 16;

    /** Examples without a plan that was foretold, after which there is no hurry to see another. */
    private static final int MOST_IN_VAIN = 12;

    private final boolean learns;
    private final List<SizedPlan> forms = new ArrayList<>();
    private int graphs;
    private int learned;
    private boolean anyConfirmed;

    private SizedPlans(boolean learns) {
        this.learns = learns;
    }

    /** For the graphs of one function. */
    public static SizedPlans ofFunction() {
        return new SizedPlans(true);
    }

    /** Where each graph is lowered for itself. */
    public static SizedPlans none() {
        return new SizedPlans(false);
    }

    /** Whether another example would help: there are several graphs, of which most may never run again. */
    synchronized boolean isCurious() {
        return graphs > 1 && learned < MOST_IN_VAIN && !anyConfirmed;
    }

    /** Whether some plans can be told by now. */
    public synchronized boolean knowsAny() {
        return anyConfirmed;
    }

    /** Counts a graph more of the function. */
    synchronized void countGraph() {
        graphs += learns ? 1 : 0;
    }

    /** The plan of a graph as it is lowered, if those of other sizes tell it. */
    Optional<ProgramPlan> plan(Graph graph) {
        return Skeleton.of(graph).flatMap(this::foretold);
    }

    private synchronized Optional<ProgramPlan> foretold(Skeleton graph) {
        return forms.stream().filter(form -> form.isOf(graph)).map(form -> form.plan(graph.numbers()))
                .flatMap(Optional::stream).findFirst();
    }

    /**
     * Notes what a graph that was lowered became.
     *
     * @return a graph of another size whose plan would settle what is still open; none if there is none
     */
    Optional<Graph> learn(Graph graph, ProgramPlan plan) {
        return learns ? Skeleton.of(graph).flatMap(from -> Skeleton.of(plan).flatMap(to -> learn(from, to)))
                : Optional.empty();
    }

    private synchronized Optional<Graph> learn(Skeleton graph, Skeleton plan) {
        var known = forms.stream().filter(form -> form.isOf(graph) && form.gives(plan)
                && form.learn(graph.numbers(), plan.numbers())).findFirst();
        var form = known.orElseGet(() -> new SizedPlan(graph, plan));
        if (known.isEmpty()) {
            form.learn(graph.numbers(), plan.numbers());
        }
        // The one that served last is asked first.
        forms.remove(form);
        forms.addFirst(form);
        if (forms.size() > MOST_FORMS) {
            forms.removeLast();
        }
        learned++;
        anyConfirmed |= form.isConfirmed();
        return form.question();
    }
}
