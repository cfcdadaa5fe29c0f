package tfl.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * An action on mapped values of which some elements are not meant: they repeat others, see {@link Masks}. Behind the
 * values it is given lanes, in which each element has the number of the one that it stands for; the action sees those
 * that stand for themselves, side by side.
 *
 * @param levels the mapped axes, the innermost first
 * @param asked whether the last operand is the lane of a level that is still to come
 */
record Lanes(Effect.Action action, List<Level> levels, boolean asked) implements Effect.Action {
    /** The type of a lane's element. */
    static final TensorType NUMBER = TensorType.scalar(DType.I64);

    /**
     * @param mapped which of the operands have the axis; those that came later do not
     * @param hasLane whether a lane says which elements are meant; else all are
     */
    private record Level(long size, List<Boolean> mapped, boolean hasLane) {
        boolean maps(int operand) {
            return operand < mapped.size() && mapped.get(operand);
        }
    }

    /** The action, which is given a lane behind its operands. */
    static Lanes asking(Effect.Action action) {
        return action instanceof Lanes lanes ? new Lanes(lanes.action, lanes.levels, true)
                : new Lanes(action, List.of(), true);
    }

    /** The action on operands of which some have one more axis in front. */
    Lanes mapped(long size, List<Boolean> mapped) {
        var all = new ArrayList<>(levels);
        all.add(new Level(size, List.copyOf(mapped), asked));
        return new Lanes(action, List.copyOf(all), false);
    }

    @Override
    public boolean looks() {
        return action.looks();
    }

    @Override
    public void run(Tensor[] operands) {
        int values = operands.length - (int) levels.stream().filter(Level::hasLane).count();
        var given = Arrays.copyOf(operands, values);
        var meant = meant(operands, values);
        if (meant.size() == grid().size()) {
            action.run(given);
            return;
        }
        for (int k = 0; k < values; k++) {
            given[k] = picked(operands[k], k, meant);
        }
        try {
            action.run(given);
        } finally {
            for (int k = 0; k < values; k++) {
                if (given[k] != operands[k]) {
                    given[k].discard();
                }
            }
        }
    }

    /** The sizes of all levels, the outermost first. */
    private Shape grid() {
        return Shape.of(levels.reversed().stream().mapToLong(Level::size).toArray());
    }

    /** Where in the grid an element stands for itself, at each level. */
    private List<long[]> meant(Tensor[] operands, int values) {
        var grid = grid();
        var meant = new ArrayList<long[]>();
        for (long position = 0; position < grid.size(); position++) {
            var at = Meaning.unravel(position, grid);
            if (standsForItself(operands, values, at)) {
                meant.add(at);
            }
        }
        return meant;
    }

    private boolean standsForItself(Tensor[] operands, int values, long[] at) {
        int lane = values;
        for (int k = 0; k < levels.size(); k++) {
            if (levels.get(k).hasLane()) {
                var own = own(lane, at);
                var numbers = operands[lane++];
                if (numbers.readLong(Meaning.ravel(own, numbers.shape())) != at[at.length - 1 - k]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** That place of the grid along the axes that an operand has of it. */
    private long[] own(int operand, long[] at) {
        var own = new long[at.length];
        int count = 0;
        for (int k = 0; k < at.length; k++) {
            if (levels.get(at.length - 1 - k).maps(operand)) {
                own[count++] = at[k];
            }
        }
        return Arrays.copyOf(own, count);
    }

    private Tensor picked(Tensor value, int operand, List<long[]> meant) {
        int axes = own(operand, new long[levels.size()]).length;
        if (axes == 0) {
            return value;
        }
        var dims = value.shape().dims();
        var type = new TensorType(value.dtype(), BatchOps.mapped(Shape.of(Arrays.copyOfRange(dims, axes, dims.length)),
                meant.size()));
        return Meaning.move(value, type, at -> {
            var from = Arrays.copyOf(own(operand, meant.get((int) at[0])), dims.length);
            System.arraycopy(at, 1, from, axes, at.length - 1);
            return from;
        });
    }
}
