package tfl.interpreter.builtin.prelude;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * In which order to join the operands of a sum of products, two at a time: the one with the fewest multiplications
 * where there are few operands, a good one where there are many.
 *
 * <p>Joining two operands costs the product of the sizes of all their letters; the result keeps the letters that the
 * rest or the final result needs.
 */
final class ContractionOrder {
    /** Operands up to which every order is tried: 3 to the power of this many splits. */
    static final int MOST_TRIED = 8;

    private final List<String> operands;
    private final String result;
    private final Map<Character, Long> sizes;

    private ContractionOrder(List<String> operands, String result, Map<Character, Long> sizes) {
        this.operands = operands;
        this.result = result;
        this.sizes = sizes;
    }

    /** How operands come together. */
    sealed interface Tree {
        /** One of them. */
        record Operand(int index) implements Tree {}

        /** Two groups joined. */
        record Join(Tree left, Tree right) implements Tree {}

        /** All operands in it. */
        default List<Integer> operands() {
            return switch (this) {
                case Operand(int index) -> List.of(index);
                case Join(var left, var right) -> {
                    var both = new ArrayList<>(left.operands());
                    both.addAll(right.operands());
                    yield both;
                }
            };
        }
    }

    /** A way to join a set of operands, and what it costs in all; of two that cost the same the first is kept. */
    private record Way(Tree tree, double cost) {}

    /**
     * @param operands the letters of each operand, each letter once
     * @param result the letters of the result
     * @param sizes of the axes that letters name
     */
    static Tree of(List<String> operands, String result, Map<Character, Long> sizes) {
        var order = new ContractionOrder(operands, result, sizes);
        return operands.size() <= MOST_TRIED ? order.best() : order.greedy();
    }

    /** What each set of operands costs at best, from small sets to large ones; a set is a bit mask. */
    private Tree best() {
        int all = (1 << operands.size()) - 1;
        var ways = new Way[all + 1];
        for (int set = 1; set <= all; set++) {
            ways[set] = Integer.bitCount(set) == 1
                    ? new Way(new Tree.Operand(Integer.numberOfTrailingZeros(set)), 0) : split(set, ways);
        }
        return ways[all].tree;
    }

    private Way split(int set, Way[] ways) {
        Way best = null;
        int first = Integer.lowestOneBit(set);
        // Each split once: the part with the first operand goes left. Large left parts come first.
        for (int left = set - 1 & set; left > 0; left = left - 1 & set) {
            int right = set & ~left;
            if ((left & first) != 0) {
                double cost = ways[left].cost + ways[right].cost + size(kept(left) + kept(right));
                if (best == null || cost < best.cost) {
                    best = new Way(new Tree.Join(ways[left].tree, ways[right].tree), cost);
                }
            }
        }
        return best;
    }

    /** The letters of a joined set that something outside it needs. */
    private String kept(int set) {
        var inside = new StringBuilder();
        var outside = new StringBuilder(result);
        for (int k = 0; k < operands.size(); k++) {
            ((set & 1 << k) != 0 ? inside : outside).append(operands.get(k));
        }
        return common(inside.toString(), outside.toString());
    }

    private static String common(String letters, String others) {
        var common = new StringBuilder();
        for (char letter : letters.toCharArray()) {
            if (others.indexOf(letter) >= 0) {
                common.append(letter);
            }
        }
        return common.toString();
    }

    /** The product of the sizes of the letters, each counted once. */
    private double size(String letters) {
        double size = 1;
        for (int k = 0; k < letters.length(); k++) {
            if (letters.indexOf(letters.charAt(k)) == k) {
                size *= sizes.get(letters.charAt(k));
            }
        }
        return size;
    }

    /** A group of operands and the letters it has. */
    private record Group(Tree tree, String letters) {}

    /** Joins, again and again, the two groups that then hold the least more than before; the cheaper of equal ones. */
    private Tree greedy() {
        var groups = new ArrayList<Group>();
        for (int k = 0; k < operands.size(); k++) {
            groups.add(new Group(new Tree.Operand(k), operands.get(k)));
        }
        while (groups.size() > 1) {
            joinBest(groups);
        }
        return groups.getFirst().tree;
    }

    private void joinBest(List<Group> groups) {
        int left = 0;
        int right = 1;
        double growth = Double.POSITIVE_INFINITY;
        double cost = Double.POSITIVE_INFINITY;
        for (int i = 0; i < groups.size(); i++) {
            for (int j = i + 1; j < groups.size(); j++) {
                var a = groups.get(i);
                var b = groups.get(j);
                double joined = size(a.letters + b.letters);
                double more = size(joined(groups, i, j)) - size(a.letters) - size(b.letters);
                if (more < growth || more == growth && joined < cost) {
                    growth = more;
                    cost = joined;
                    left = i;
                    right = j;
                }
            }
        }
        var letters = joined(groups, left, right);
        var b = groups.remove(right);
        groups.set(left, new Group(new Tree.Join(groups.get(left).tree, b.tree), letters));
    }

    private String joined(List<Group> groups, int left, int right) {
        var others = new StringBuilder(result);
        for (int k = 0; k < groups.size(); k++) {
            others.append(k == left || k == right ? "" : groups.get(k).letters);
        }
        var letters = common(groups.get(left).letters + groups.get(right).letters, others.toString());
        var once = new StringBuilder();
        letters.chars().distinct().forEach(letter -> once.append((char) letter));
        return once.toString();
    }
}
