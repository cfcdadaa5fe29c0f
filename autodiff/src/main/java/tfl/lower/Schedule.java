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

/** Gives registers to what tasks read and write, and works out when each is free again. */
final class Schedule {
    private final Graph graph;
    private final List<Task> tasks;
    private final Map<Flow.Source, Integer> registers = new HashMap<>();
    private final List<Literal> constants = new ArrayList<>();
    private final List<Flow.Source> results;
    private final int updates;
    private final Map<Integer, Integer> makers = new HashMap<>();
    private int fixed;

    private Schedule(Graph graph, Updates order, List<Flow.Source> results) {
        this.graph = graph;
        this.tasks = order.tasks();
        this.updates = order.first();
        this.results = results;
    }

    /**
     * The program of tasks.
     *
     * @param results what the graph gives back, as tasks name it
     */
    static Program of(Graph graph, Updates order, List<Flow.Source> results) {
        return new Schedule(graph, order, results).program();
    }

    private Program program() {
        for (var input : graph.inputs()) {
            registers.put(new Flow.Source(input, Chain.NONE), registers.size());
        }
        int inputs = graph.inputs().size();
        tasks.forEach(task -> task.in().forEach(this::constant));
        results.forEach(this::constant);
        fixed = registers.size();
        tasks.forEach(task -> task.out().forEach(source -> registers.put(source, registers.size())));
        var steps = steps();
        var given = results.stream().mapToInt(registers::get).toArray();
        var owned = new boolean[given.length];
        var seen = new HashSet<Integer>();
        for (int k = 0; k < given.length; k++) {
            owned[k] = given[k] >= fixed && seen.add(given[k]);
        }
        var plan = new ProgramPlan(inputs, List.copyOf(constants), registers.size(), steps, given, owned, updates);
        return new Program(plan, tasks.stream().map(Task::executable).toList(), () -> report(plan));
    }

    private Report report(ProgramPlan plan) {
        var entries = tasks.stream().map(task -> task.entry().get()).toList();
        return new Report(entries, sources(), makers(results), MemoryPlan.of(plan), over(plan.steps()));
    }

    /** Inputs that updates read last, and whose like they make. */
    private List<Integer> over(List<PlannedStep> steps) {
        var over = new ArrayList<Integer>();
        for (int index = updates; index < steps.size(); index++) {
            var step = steps.get(index);
            var made = new ArrayList<>(tasks.get(index).out().stream().map(Task::type).toList());
            for (int k = 0; k < step.in().length; k++) {
                if ((step.donated() >> k & 1) == 1 && step.given()[k] >= 0
                        && made.remove(Task.type(tasks.get(index).in().get(k)))) {
                    over.add(step.given()[k]);
                }
            }
        }
        return over.stream().sorted().toList();
    }

    private List<List<Integer>> sources() {
        return tasks.stream().map(task -> makers(task.in())).toList();
    }

    /** Which tasks make values, each once; {@code ~k} for input k. */
    private List<Integer> makers(List<Flow.Source> values) {
        if (makers.isEmpty()) {
            for (int k = 0; k < graph.inputs().size(); k++) {
                makers.put(k, ~k);
            }
            for (int k = 0; k < tasks.size(); k++) {
                int task = k;
                tasks.get(k).out().forEach(source -> makers.put(registers.get(source), task));
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

    private List<PlannedStep> steps() {
        var seen = new HashSet<Integer>();
        results.forEach(source -> seen.add(registers.get(source)));
        var steps = new ArrayList<PlannedStep>();
        for (var task : tasks.reversed()) {
            int[] in = task.in().stream().mapToInt(registers::get).toArray();
            int[] out = task.out().stream().mapToInt(registers::get).toArray();
            var dead = new ArrayList<Integer>();
            int donated = 0;
            for (int k = 0; k < in.length; k++) {
                boolean given = in[k] < graph.inputs().size();
                boolean last = given && !seen.contains(in[k]) || isLast(in[k], seen, dead);
                donated |= last && k < Integer.SIZE && task.reuses() && count(in, in[k]) == 1 ? 1 << k : 0;
            }
            for (int register : in) {
                seen.add(register);
            }
            for (int register : out) {
                if (seen.add(register)) {
                    dead.add(register);
                }
            }
            int[] free = dead.stream().mapToInt(each -> each).toArray();
            steps.addFirst(new PlannedStep(task.work(), in, out, free, donated,
                    given(in)));
        }
        return List.copyOf(steps);
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
