package tfl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What a number of a plan is in terms of numbers of the graph, each of which stands for a column of equal ones. */
sealed interface SizeRule {
    /** Numbers from here on are the bits of floats. */
    long MOST_SIZE = 1L << 40;
    int NONE = -1;

    /** The number for a graph with those in its columns; none where it would overflow. */
    OptionalLong of(long[] columns);

    /** {@code factor * a * b + more}, or without b. */
    record Size(int first, int second, long factor, long more) implements SizeRule {
        @Override
        public OptionalLong of(long[] columns) {
            try {
                long product = second == NONE ? columns[first] : Math.multiplyExact(columns[first], columns[second]);
                return OptionalLong.of(Math.addExact(Math.multiplyExact(factor, product), more));
            } catch (ArithmeticException large) {
                return OptionalLong.empty();
            }
        }
    }

    /** The bits of {@code factor / a} or {@code factor * a}, as 1/n in a mean, rounded to f32 or not. */
    record Float(int column, double factor, boolean divides, boolean isNarrow) implements SizeRule {
        @Override
        public OptionalLong of(long[] columns) {
            double value = divides ? factor / real(columns[column]) : factor * real(columns[column]);
            return OptionalLong.of(Double.doubleToRawLongBits(isNarrow ? (float) value : value));
        }
    }

    static boolean isSize(long number) {
        return number >= 0 && number < MOST_SIZE;
    }

    private static double real(long number) {
        return isSize(number) ? number : Double.longBitsToDouble(number);
    }

    /**
     * All rules that hold for some examples.
     *
     * @param columns for each its number in each example
     * @param wanted the number in the plan of each
     */
    static List<SizeRule> all(List<List<Long>> columns, List<Long> wanted) {
        var rules = new ArrayList<SizeRule>();
        if (wanted.stream().allMatch(SizeRule::isSize)) {
            sizes(columns, wanted, rules);
        } else {
            for (int a = 0; a < columns.size(); a++) {
                if (columns.get(a).equals(wanted)) {
                    rules.add(new Size(a, NONE, 1, 0));
                } else {
                    floats(columns, a, wanted, rules);
                }
            }
        }
        return rules;
    }

    private static void sizes(List<List<Long>> columns, List<Long> wanted, List<SizeRule> rules) {
        var sizes = IntStream.range(0, columns.size())
                .filter(k -> columns.get(k).stream().allMatch(SizeRule::isSize)).toArray();
        for (int a : sizes) {
            size(columns, a, NONE, wanted, rules);
            for (int b : sizes) {
                if (b <= a) {
                    size(columns, a, b, wanted, rules);
                }
            }
        }
    }

    private static void size(List<List<Long>> columns, int a, int b, List<Long> wanted, List<SizeRule> rules) {
        var product = new long[wanted.size()];
        for (int k = 0; k < product.length; k++) {
            product[k] = columns.get(a).get(k) * (b == NONE ? 1 : columns.get(b).get(k));
        }
        for (int other = 1; other < product.length; other++) {
            long run = product[other] - product[0];
            if (run != 0) {
                // A line through two of the examples, on which the others lie or not.
                long factor = (wanted.get(other) - wanted.getFirst()) / run;
                keep(new Size(a, b, factor, wanted.getFirst() - factor * product[0]), columns, wanted, rules);
                return;
            }
        }
    }

    private static void floats(List<List<Long>> columns, int a, List<Long> wanted, List<SizeRule> rules) {
        double first = real(columns.get(a).getFirst());
        double value = Double.longBitsToDouble(wanted.getFirst());
        for (boolean narrow : new boolean[] {true, false}) {
            for (boolean divides : new boolean[] {true, false}) {
                double factor = divides ? value * first : value / first;
                IntStream.range(0, 3).mapToDouble(k -> k == 0 ? factor : k == 1 ? (float) factor : Math.rint(factor))
                        .distinct().forEach(each -> keep(new Float(a, each, divides, narrow), columns, wanted, rules));
            }
        }
    }

    private static void keep(SizeRule rule, List<List<Long>> columns, List<Long> wanted, List<SizeRule> rules) {
        for (int k = 0; k < wanted.size(); k++) {
            int example = k;
            var given = columns.stream().mapToLong(column -> column.get(example)).toArray();
            var result = rule.of(given);
            if (result.isEmpty() || result.getAsLong() != wanted.get(k)) {
                return;
            }
        }
        rules.add(rule);
    }
}
