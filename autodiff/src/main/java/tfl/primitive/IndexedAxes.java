package tfl.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tfl.tensor.Tensor;

/**
 * What the user sees of the tensor that indices go into, for errors.
 *
 * @param axes for each index what the user calls its axis
 * @param kinds what the values are, as an error shows it beside the underline; empty where it shows nothing
 */
public record IndexedAxes(List<Integer> axes, String kinds) {
    /** So many axes, called as they are. */
    static IndexedAxes leading(int count) {
        return new IndexedAxes(IntStream.range(0, count).boxed().toList(), "");
    }

    int count() {
        return axes.size();
    }

    /** The same with a mapped axis in front, which has no name. */
    IndexedAxes behindMapped() {
        var all = new ArrayList<>(axes);
        all.addFirst(-1);
        return new IndexedAxes(List.copyOf(all), kinds);
    }

    /** Checks the index data for one of the axes. */
    void check(int number, Tensor index, long size) {
        Bounds.check(index, axes.get(number), size, kinds);
    }

    @Override
    public String toString() {
        return axes.toString();
    }
}
