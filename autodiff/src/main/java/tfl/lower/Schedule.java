package tfl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tfl.graph.Graph;
import tfl.graph.Literal;
import tfl.plan.PlannedStep;
import tfl.plan.ProgramPlan;
import tfl.plan.Work;

/** Makes steps of tasks: gives registers to what they read and write, and works out when each is free again. */
final class Schedule {
    private final Graph graph;
    private final List<List<Task>> groups;
    private final Linker linker;
    private final Map<Flow.Source, Integer> registers = new HashMap<>();
    private final List<Literal> constants = new ArrayList<>();
    private final List<Flow.Source> results;
    private final int updates;
    private final Map<Integer, Integer> makers = new HashMap<>();
    private int fixed;

    private Schedule(Graph graph, Updates order, List<Flow.Source> results, Linker linker) {
        this.graph = graph;
        this.groups = order.groups();
        this.linker = linker;
        this.updates = order.first();
        this.results = results;
    }

    /**
     * The program of tasks.
     *
     * @param results what the graph gives back, as tasks name it
     * @param linker gets those ready that run at one time
     */
    static Program of(Graph graph, Updates order, List<Flow.Source> results, Linker linker) {
        return new Schedule(graph, order, results, linker).program();
    }

    private Program program() {
        for (var input : graph.inputs()) {
            registers.put(new Flow.Source(input, Chain.NONE), registers.size());
        }
        int inputs = graph.inputs().size();
        groups.forEach(group -> group.forEach(task -> task.in().forEach(this::constant)));
        results.forEach(this::constant);
        fixed = registers.size();
        groups.forEach(group -> out(group).forEach(source -> registers.put(source, registers.size())));
        var planned = planned();
        var given = numbers(results);
        var owned = new boolean[given.length];
        var seen = new HashSet<Integer>();
        for (int k = 0; k < given.length; k++) {
            owned[k] = given[k] >= fixed && seen.add(given[k]);
        }
        var plan = new ProgramPlan(inputs, List.copyOf(constants), registers.size(), planned, given, owned, updates);
        var steps = new ArrayList<Step>();
        for (int k = 0; k < groups.size(); k++) {
            var group = groups.get(k);
            steps.add(group.size() > 1 ? linker.together(planned.get(k))
                    : new Step.Alone(group.getFirst().executable(), planned.get(k)));
        }
        return new Program(plan, steps, () -> report(plan, steps));
    }

    private Report report(ProgramPlan plan, List<Step> steps) {
        var entries = new ArrayList<Report.Entry>();
        for (int k = 0; k < groups.size(); k++) {
            var each = groups.get(k).stream().map(task -> task.entry().get()).toList();
            entries.add(each.size() == 1 ? each.getFirst() : Entries.together(each, steps.get(k).kernels()));
        }
        return new Report(List.copyOf(entries), groups.stream().map(group -> makers(in(group))).toList(),
                makers(results), MemoryPlan.of(plan), over(plan.steps()));
    }

    private static List<Flow.Source> in(List<Task> group) {
        return group.stream().flatMap(task -> task.in().stream()).toList();
    }

    private static List<Flow.Source> out(List<Task> group) {
        return group.stream().flatMap(task -> task.out().stream()).toList();
    }

    /** Inputs that updates read last, and whose like they make. */
    private List<Integer> over(List<PlannedStep> steps) {
        var over = new ArrayList<Integer>();
        steps.subList(updates, steps.size()).forEach(step -> step.parts().forEach(part -> {
            var work = (Work.Launch) part.work();
            var made = new ArrayList<>(work.outputs());
            for (int k = 0; k < part.in().length; k++) {
                if ((part.donated() >> k & 1) == 1 && part.given()[k] >= 0 && made.remove(work.inputs().get(k))) {
                    over.add(part.given()[k]);
                }
            }
        }));
        return over.stream().sorted().toList();
    }

    /** Which steps make values, each once; {@code ~k} for input k. */
    private List<Integer> makers(List<Flow.Source> values) {
        if (makers.isEmpty()) {
            for (int k = 0; k < graph.inputs().size(); k++) {
                makers.put(k, ~k);
            }
            for (int k = 0; k < groups.size(); k++) {
                int step = k;
                out(groups.get(k)).forEach(source -> makers.put(registers.get(source), step));
            }
        }
        return values.stream().map(registers::get).filter(makers::containsKey).map(makers::get).distinct().toList();
    }

    private void constant(Flow.Source source) {
        if (source.atom() instanceof Literal literal && !registers.containsKey(source)) {
            registers.put(source, registers.size());
            constants.add(literal);
        }
    }

    private List<PlannedStep> planned() {
        var seen = new HashSet<Integer>();
        results.forEach(source -> seen.add(registers.get(source)));
        var steps = new ArrayList<PlannedStep>();
        for (var group : groups.reversed()) {
            var read = numbers(in(group));
            var out = numbers(out(group));
            var dead = new ArrayList<Integer>();
            var parts = group.stream().map(task -> part(task, read, seen, dead)).toList();
            for (int register : read) {
                seen.add(register);
            }
            for (int register : out) {
                if (seen.add(register)) {
                    dead.add(register);
                }
            }
            steps.addFirst(step(parts, read, out, dead.stream().mapToInt(each -> each).toArray()));
        }
        return List.copyOf(steps);
    }

    private PlannedStep step(List<PlannedStep> parts, int[] in, int[] out, int[] dead) {
        boolean alone = parts.size() == 1;
        return new PlannedStep(alone ? parts.getFirst().work() : new Work.Grouped(parts), in, out, dead,
                alone ? parts.getFirst().donated() : 0, given(in));
    }

    /**
     * A task of a step, which itself frees nothing.
     *
     * @param read by all tasks of the step
     * @param seen what is read later on
     * @param dead takes what nobody reads then
     */
    private PlannedStep part(Task task, int[] read, Set<Integer> seen, List<Integer> dead) {
        int[] in = numbers(task.in());
        int donated = 0;
        for (int k = 0; k < in.length; k++) {
            boolean given = in[k] < graph.inputs().size();
            boolean last = given && !seen.contains(in[k]) || isLast(in[k], seen, dead);
            donated |= last && k < Integer.SIZE && task.reuses() && count(read, in[k]) == 1 ? 1 << k : 0;
        }
        return new PlannedStep(task.work(), in, numbers(task.out()), new int[0], donated, given(in));
    }

    private int[] numbers(List<Flow.Source> values) {
        return values.stream().mapToInt(registers::get).toArray();
    }

    /** Whether nobody reads a register of our own later on; notes it as dead then. */
    private boolean isLast(int register, Set<Integer> seen, List<Integer> dead) {
        if (register < fixed || seen.contains(register)) {
            return false;
        }
        if (!dead.contains(register)) {
            dead.add(register);
        }
        return true;
    }

    private static int count(int[] registers, int wanted) {
        int count = 0;
        for (int register : registers) {
            count += register == wanted ? 1 : 0;
        }
        return count;
    }

    private int[] given(int[] in) {
        var given = new int[in.length];
        for (int k = 0; k < in.length; k++) {
            given[k] = in[k] < graph.inputs().size() ? in[k] : -1;
        }
        return given;
    }
}
