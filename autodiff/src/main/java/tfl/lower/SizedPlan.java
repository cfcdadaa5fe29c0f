package tfl.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tfl.graph.Graph;
import tfl.graph.GraphCheck;
import tfl.plan.ProgramPlan;
import tfl.plan.Skeleton;

/** The plans of graphs of one form, as far as their numbers are known to depend on those of the graph. */
final class SizedPlan {
    /** Plans beyond are not more certain. */
    private static final int MOST_EXAMPLES = 8;
    /** How far beyond the sizes of the examples it goes: far from them lowering may choose otherwise. */
    private static final int REACH = 4;
    /** From here on kernels may count otherwise. */
    private static final long MOST = Integer.MAX_VALUE;

    private final Skeleton graph;
    private final Skeleton plan;
    private final List<long[]> graphs = new ArrayList<>();
    private final List<long[]> plans = new ArrayList<>();
    private Map<Integer, List<SizeRule>> rules = Map.of();
    private int columnCount;
    private int[] columnOf;
    private boolean confirmed;

    SizedPlan(Skeleton graph, Skeleton plan) {
        this.graph = graph;
        this.plan = plan;
    }

    boolean isOf(Skeleton other) {
        return graph.isLike(other);
    }

    boolean gives(Skeleton other) {
        return plan.isLike(other);
    }

    /** Whether a plan was foretold and became true. */
    boolean isConfirmed() {
        return confirmed;
    }

    /** Takes an example more; gives whether there are rules for it, without which it is none. */
    boolean learn(long[] from, long[] to) {
        if (graphs.stream().anyMatch(known -> Arrays.equals(known, from))) {
            return true;
        }
        var foretold = foretold(from);
        graphs.add(from);
        plans.add(to);
        arrange();
        if (rules.values().stream().anyMatch(List::isEmpty)) {
            graphs.removeLast();
            plans.removeLast();
            arrange();
            return false;
        }
        confirmed = foretold != null && Arrays.equals(foretold, to) || confirmed && foretold == null;
        if (graphs.size() > MOST_EXAMPLES) {
            graphs.removeFirst();
            plans.removeFirst();
            arrange();
        }
        return true;
    }

    Optional<ProgramPlan> plan(long[] from) {
        var numbers = confirmed ? foretold(from) : null;
        return numbers == null ? Optional.empty() : Optional.of((ProgramPlan) plan.with(numbers));
    }

    /** Finds the columns of numbers that vary alike, and the rules that agree with all examples. */
    private void arrange() {
        columnOf = new int[graph.numbers().length];
        var known = new LinkedHashMap<List<Long>, Integer>();
        for (int k = 0; k < columnOf.length; k++) {
            var values = column(graphs, k);
            columnOf[k] = varies(values) ? known.computeIfAbsent(values, none -> known.size()) : SizeRule.NONE;
        }
        var all = List.copyOf(known.keySet());
        columnCount = all.size();
        var found = new HashMap<Integer, List<SizeRule>>();
        var same = new HashMap<List<Long>, List<SizeRule>>();
        for (int k = 0; k < plan.numbers().length; k++) {
            var values = column(plans, k);
            if (varies(values)) {
                found.put(k, same.computeIfAbsent(values, wanted -> SizeRule.all(all, wanted)));
            }
        }
        rules = found;
    }

    /**
     * A graph of this form for a size that was not met, whose plan would tell more; none if two examples do not say how
     * such a graph looks, or nothing is left to ask.
     */
    Optional<Graph> question() {
        if (confirmed || graphs.size() < 2 || graphs.size() >= MOST_EXAMPLES) {
            return Optional.empty();
        }
        int base = 0;
        while (base < columnOf.length && (columnOf[base] == SizeRule.NONE
                || !column(graphs, base).stream().allMatch(SizeRule::isSize))) {
            base++;
        }
        return base == columnOf.length ? Optional.empty() : supposed(column(graphs, base));
    }

    /** A graph in which the size that was so in the examples is another, and what goes with it too. */
    private Optional<Graph> supposed(List<Long> sizes) {
        long size = (sizes.stream().mapToLong(each -> each).sum() / sizes.size()) | 1;
        while (sizes.contains(size)) {
            size += 2;
        }
        var numbers = graphs.getFirst().clone();
        for (int k = 0; k < numbers.length; k++) {
            if (columnOf[k] != SizeRule.NONE) {
                var rules = SizeRule.all(List.of(sizes), column(graphs, k));
                var number = rules.isEmpty() ? OptionalLong.empty() : rules.getFirst().of(new long[] {size});
                if (number.isEmpty()) {
                    return Optional.empty();
                }
                numbers[k] = number.getAsLong();
            }
        }
        try {
            return Optional.of(GraphCheck.check((Graph) graph.with(numbers), "another size"));
        } catch (RuntimeException impossible) {
            return Optional.empty();
        }
    }

    private static List<Long> column(List<long[]> examples, int place) {
        return examples.stream().map(each -> each[place]).toList();
    }

    private static boolean varies(List<Long> values) {
        return !values.stream().allMatch(values.getFirst()::equals);
    }

    /** The numbers of the plan for a graph of those numbers; null where the examples leave it open. */
    private long[] foretold(long[] from) {
        if (graphs.size() < 2) {
            return null;
        }
        var values = columns(from);
        if (values == null) {
            return null;
        }
        var numbers = plans.getFirst().clone();
        for (var each : rules.entrySet()) {
            var results = each.getValue().stream().map(rule -> rule.of(values)).distinct().toList();
            if (results.size() != 1 || results.getFirst().isEmpty()) {
                return null;
            }
            numbers[each.getKey()] = results.getFirst().getAsLong();
        }
        return numbers;
    }

    /** What the columns hold in a graph; null if it differs from the examples otherwise than they from each other. */
    private long[] columns(long[] from) {
        var values = new long[columnCount];
        var seen = new boolean[values.length];
        for (int k = 0; k < from.length; k++) {
            int column = columnOf[k];
            if (column == SizeRule.NONE) {
                if (from[k] != graphs.getFirst()[k]) {
                    return null;
                }
            } else if (seen[column] ? values[column] != from[k] : !isWithin(from[k], k)) {
                return null;
            } else {
                seen[column] = true;
                values[column] = from[k];
            }
        }
        return values;
    }

    /** Whether a number is like those of the examples; sizes of 0 and 1 are not like others. */
    private boolean isWithin(long number, int place) {
        var known = column(graphs, place);
        if (!known.stream().allMatch(SizeRule::isSize)) {
            return true;
        }
        long least = known.stream().mapToLong(each -> each).min().getAsLong();
        long most = known.stream().mapToLong(each -> each).max().getAsLong();
        return least > 1 && number > 1 && number >= least / REACH && number <= Math.min(most * REACH, MOST);
    }
}
