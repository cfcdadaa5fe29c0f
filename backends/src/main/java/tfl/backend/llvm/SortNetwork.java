package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;

/** Batcher's sorting networks (1968) over some vectors, a power of two: first across them, then across their lanes. */
final class SortNetwork {
    private final Lanes vectors;
    private final int lanes;
    private final String lowerHalves;
    private final String upperHalves;

    SortNetwork(Lanes vectors) {
        this.vectors = vectors;
        this.lanes = vectors.count();
        this.lowerHalves = halves(0);
        this.upperHalves = halves(lanes / 2);
    }

    /** Sorts the numbers of all vectors: first lanes, in each the first of every vector, the second, and so on. */
    void sort(List<String> numbers) {
        int count = numbers.size();
        columns(numbers, 0, count, 1);
        for (int run = 2; run <= lanes; run *= 2) {
            mirror(numbers, run);
            for (int distance = run / 4; distance > 0; distance /= 2) {
                int step = distance;
                var exchanged = vectors.places(lane -> lane ^ step);
                var upper = vectors.upper(step);
                numbers.replaceAll(each -> {
                    var other = vectors.shuffle(each, each, exchanged);
                    return vectors.choose(upper, vectors.extreme("umin", each, other),
                            vectors.extreme("umax", each, other));
                });
            }
            for (int distance = count / 2; distance > 0; distance /= 2) {
                for (int k = 0; k < count; k++) {
                    if ((k & distance) == 0) {
                        order(numbers, k, k + distance);
                    }
                }
            }
        }
    }

    /** Sorts each lane of some vectors by odd-even merges: those {@code step} apart, before {@code end}. */
    private void columns(List<String> numbers, int first, int end, int step) {
        int half = first + (end - first) / 2;
        if (end - first > 1) {
            columns(numbers, first, half, step);
            columns(numbers, half, end, step);
            merge(numbers, first, end, step);
        }
    }

    private void merge(List<String> numbers, int first, int end, int step) {
        int twice = 2 * step;
        if (twice < end - first) {
            merge(numbers, first, end, twice);
            merge(numbers, first + step, end, twice);
            for (int k = first + step; k + step < end; k += twice) {
                order(numbers, k, k + step);
            }
        } else {
            order(numbers, first, first + step);
        }
    }

    private void order(List<String> numbers, int low, int high) {
        var x = numbers.get(low);
        var y = numbers.get(high);
        numbers.set(low, vectors.extreme("umin", x, y));
        numbers.set(high, vectors.extreme("umax", x, y));
    }

    /** Orders each number of a run of lanes with the one as far from the other end. */
    private void mirror(List<String> numbers, int run) {
        var turned = vectors.places(lane -> lane ^ run - 1);
        var upper = vectors.upper(run / 2);
        int count = numbers.size();
        for (int k = 0; k < Math.ceilDiv(count, 2); k++) {
            int pair = count - 1 - k;
            var x = numbers.get(k);
            var y = vectors.shuffle(numbers.get(pair), numbers.get(pair), turned);
            var low = vectors.extreme("umin", x, y);
            var high = vectors.extreme("umax", x, y);
            numbers.set(k, vectors.choose(upper, low, high));
            if (k != pair) {
                var back = vectors.choose(upper, high, low);
                numbers.set(pair, vectors.shuffle(back, back, turned));
            }
        }
    }

    /** The vectors' first lanes, then their second ones, and so on. */
    List<String> rows(List<List<String>> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int half = parts.size() / 2;
        var joined = new ArrayList<List<String>>();
        for (int k = 0; k < half; k++) {
            var even = parts.get(k);
            var odd = parts.get(k + half);
            var both = new ArrayList<String>();
            for (int i = 0; i < even.size(); i++) {
                both.add(vectors.shuffle(even.get(i), odd.get(i), lowerHalves));
                both.add(vectors.shuffle(even.get(i), odd.get(i), upperHalves));
            }
            joined.add(both);
        }
        return rows(joined);
    }

    /** Lanes of two vectors in turn. */
    private String halves(int first) {
        return vectors.places(lane -> first + lane / 2 + (lane % 2 == 0 ? 0 : lanes));
    }
}
