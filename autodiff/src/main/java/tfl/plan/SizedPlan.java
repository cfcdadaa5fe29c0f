package tfl.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The plans of graphs of one form, as far as their numbers are known to depend on those of the graph. */
final class SizedPlan {
    /** Plans beyond are not more certain. */
    private static final int MOST_EXAMPLES = 8;
    /** How far beyond the sizes of the examples it goes: far from them lowering may choose otherwise. */
    private static final int REACH = 4;
    /** Numbers from here on are the bits of floats, with which nothing is computed. */
    private static final long MOST_SIZE = 1L << 40;

    private final Skeleton graph;
    private final Skeleton plan;
    private final List<long[]> graphs = new ArrayList<>();
    private final List<long[]> plans = new ArrayList<>();
    private Map<Integer, List<Rule>> rules = Map.of();
    private int columnCount;
    private int[] columnOf;
    private boolean confirmed;

    SizedPlan(Skeleton graph, Skeleton plan) {
        this.graph = graph;
        this.plan = plan;
    }

    /** What a number of the plan is, of the numbers in the columns. */
    private record Rule(int first, int second, long factor, long more) {
        private static final int NONE = -1;

        /** None where it would overflow. */
        OptionalLong of(long[] columns) {
            try {
                long product = second == NONE ? columns[first] : Math.multiplyExact(columns[first], columns[second]);
                return OptionalLong.of(Math.addExact(Math.multiplyExact(factor, product), more));
            } catch (ArithmeticException large) {
                return OptionalLong.empty();
            }
        }
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
            columnOf[k] = varies(values) ? known.computeIfAbsent(values, none -> known.size()) : Rule.NONE;
        }
        var all = List.copyOf(known.keySet());
        columnCount = all.size();
        var found = new HashMap<Integer, List<Rule>>();
        var same = new HashMap<List<Long>, List<Rule>>();
        for (int k = 0; k < plan.numbers().length; k++) {
            var values = column(plans, k);
            if (varies(values)) {
                found.put(k, same.computeIfAbsent(values, wanted -> rules(all, wanted)));
            }
        }
        rules = found;
    }

    private static List<Long> column(List<long[]> examples, int place) {
        return examples.stream().map(each -> each[place]).toList();
    }

    private static boolean varies(List<Long> values) {
        return !values.stream().allMatch(values.getFirst()::equals);
    }

    private static boolean isSize(List<Long> values) {
        return values.stream().allMatch(each -> each >= 0 && each < MOST_SIZE);
    }

    private static List<Rule> rules(List<List<Long>> columns, List<Long> wanted) {
        var rules = new ArrayList<Rule>();
        for (int a = 0; a < columns.size(); a++) {
            if (columns.get(a).equals(wanted)) {
                rules.add(new Rule(a, Rule.NONE, 1, 0));
            }
        }
        if (!isSize(wanted)) {
            return rules;
        }
        for (int a = 0; a < columns.size(); a++) {
            for (int b = Rule.NONE; b <= a && isSize(columns.get(a)); b++) {
                if (b == Rule.NONE || isSize(columns.get(b))) {
                    rule(columns, a, b, wanted).ifPresent(rules::add);
                }
            }
        }
        return rules;
    }

    /** {@code wanted = factor * a * b + more}, if that holds for all examples. */
    private static Optional<Rule> rule(List<List<Long>> columns, int a, int b, List<Long> wanted) {
        var products = new long[wanted.size()];
        for (int k = 0; k < products.length; k++) {
            products[k] = columns.get(a).get(k) * (b == Rule.NONE ? 1 : columns.get(b).get(k));
        }
        int other = 1;
        while (other < products.length && products[other] == products[0]) {
            other++;
        }
        long run = other == products.length ? 0 : products[other] - products[0];
        long rise = other == products.length ? 0 : wanted.get(other) - wanted.getFirst();
        if (run == 0 || rise % run != 0) {
            return Optional.empty();
        }
        var rule = new Rule(a, b, rise / run, wanted.getFirst() - rise / run * products[0]);
        for (int k = 0; k < products.length; k++) {
            if (rule.factor * products[k] + rule.more != wanted.get(k)) {
                return Optional.empty();
            }
        }
        return Optional.of(rule);
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
            if (column == Rule.NONE) {
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
        if (!isSize(known)) {
            return true;
        }
        long least = known.stream().mapToLong(each -> each).min().getAsLong();
        long most = known.stream().mapToLong(each -> each).max().getAsLong();
        return least > 1 && number > 1 && number >= least / REACH && number <= most * REACH && number < MOST_SIZE;
    }
}
