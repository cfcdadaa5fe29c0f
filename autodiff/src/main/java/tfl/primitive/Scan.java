package tfl.primitive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.tensor.TensorType;

/**
 * A loop of known length. The body goes from constants, carried values and one row of each sequence to new carried
 * values and one row of each result; the scan from {@code constants, first carried values, sequences} to {@code last
 * carried values, results}, whose rows lie along axis 0.
 *
 * @param constants how many of the inputs are the same in every round
 * @param carries how many values go from round to round
 * @param reverse whether the rounds go through the rows backwards
 * @param saved how many of the last results are the carried values before each round, which the backward pass needs
 */
public record Scan(Region body, long length, int constants, int carries, boolean reverse, int saved)
        implements ControlFlow {
    @Override
    public String name() {
        return "scan";
    }

    /** All rows of a value that each round has. */
    public TensorType rows(TensorType row) {
        return BatchOps.mapped(row, length);
    }

    int sequences() {
        return body.inputTypes().size() - constants - carries;
    }

    int results() {
        return body.outputTypes().size() - carries;
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        var outputs = new ArrayList<>(body.outputTypes());
        for (int k = carries; k < outputs.size(); k++) {
            outputs.set(k, rows(outputs.get(k)));
        }
        return outputs;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Control((runner, values) -> new ScanRun(this, shape(inputs), values).run(runner));
    }

    // Carried values move if anything they come from does: found by going round until nothing changes.
    private List<Boolean> movingCarries(List<Boolean> constantsMove, List<Boolean> first, List<Boolean> rowsMove) {
        var moving = first;
        while (true) {
            var after = Regions.moves(body, Regions.join(constantsMove, moving, rowsMove)).subList(0, carries);
            var both = Regions.either(moving, after);
            if (both.equals(moving)) {
                return moving;
            }
            moving = both;
        }
    }

    @Override
    public <V> Pushed<V> push(Ops<V> ops, List<V> inputs, List<V> tangents) {
        int rows = constants + carries;
        var flags = Regions.present(tangents);
        var constantsMove = flags.subList(0, constants);
        var rowsMove = flags.subList(rows, flags.size());
        var carriesMove = movingCarries(constantsMove, flags.subList(constants, rows), rowsMove);
        var moving = Regions.join(constantsMove, carriesMove, rowsMove);
        var asked = new ArrayList<>(carriesMove);
        asked.addAll(Regions.moves(body, moving).subList(carries, body.outputTypes().size()));
        var types = body.inputTypes();
        var carried = Regions.filled(ops, tangents.subList(constants, rows), types.subList(constants, rows));
        var operands = Regions.join(inputs.subList(0, constants),
                Regions.where(tangents.subList(0, constants), constantsMove), inputs.subList(constants, rows),
                Regions.where(carried, carriesMove), inputs.subList(rows, inputs.size()),
                Regions.where(tangents.subList(rows, inputs.size()), rowsMove));
        var pair = new Pairs(constants, carries, carries, moving, asked);
        var outputs = ops.apply(new Scan(pair.of(body), length, constants + pair.movingConstants(),
                carries + pair.movingCarries(), reverse, 0), operands);
        return pair.split(outputs);
    }

    /** The same scan, which also gives the carried values before each round. */
    @Override
    public Primitive forReverse() {
        if (saved > 0) {
            return this;
        }
        var outputs = body.derive(body.inputTypes(), new Region.Program() {
            @Override
            public <V> List<V> apply(Ops<V> ops, List<V> inputs) {
                return Regions.join(body.apply(ops, inputs), inputs.subList(constants, constants + carries));
            }
        });
        return new Scan(outputs, length, constants, carries, reverse, carries);
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        if (saved == 0 && carries > 0) {
            var again = ops.apply(SilentOps.silent(forReverse()), inputs);
            var given = new ArrayList<>(cotangents);
            given.addAll(Collections.nCopies(carries, null));
            return forReverse().vjp(ops, inputs, again, given, wanted);
        }
        return new ScanPullback<>(ops, this, inputs, outputs, cotangents, wanted).pull();
    }

    @Override
    public <V> List<BatchOps.Mapped<V>> map(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        int rows = constants + carries;
        var flags = mapped;
        List<Boolean> after;
        while (true) {
            after = Regions.maps(body, size, flags);
            var both = Regions.either(flags.subList(constants, rows), after.subList(0, carries));
            var next = Regions.join(mapped.subList(0, constants), both, mapped.subList(rows, mapped.size()));
            if (next.equals(flags)) {
                break;
            }
            flags = next;
        }
        var asked = Regions.<Boolean>join(flags.subList(constants, rows), after.subList(carries, after.size()));
        var operands = new ArrayList<V>();
        for (int k = 0; k < inputs.size(); k++) {
            var input = inputs.get(k);
            operands.add(k < constants ? input
                    : k < rows ? flags.get(k) ? BatchOps.spread(ops, size, input, mapped.get(k)) : input
                    : mapped.get(k) ? swapped(ops, input) : input);
        }
        var outputs = ops.apply(new Scan(Regions.batch(body, size, flags, asked), length, constants, carries, reverse,
                saved), operands);
        var all = new ArrayList<V>(outputs);
        for (int k = carries; k < all.size(); k++) {
            all.set(k, asked.get(k) ? swapped(ops, all.get(k)) : all.get(k));
        }
        return BatchOps.mapped(all, asked);
    }

    // The rows of the loop and the mapped axis change places.
    private static <V> V swapped(Ops<V> ops, V value) {
        var order = new ArrayList<Integer>();
        for (int axis = 0; axis < ops.type(value).shape().rank(); axis++) {
            order.add(axis < 2 ? 1 - axis : axis);
        }
        return ops.call(new Transpose(order), value);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.BOTH;
    }

    @Override
    public <V> List<V> laned(Ops<V> ops, List<V> inputs, V lane) {
        var loop = new Scan(Regions.laned(body, 0), length, constants + 1, carries, reverse, saved);
        return ops.apply(loop, Regions.join(List.of(lane), inputs));
    }

    @Override
    public List<Region> regions() {
        return List.of(body);
    }

    @Override
    public Primitive withRegions(List<Region> regions) {
        return new Scan(regions.getFirst(), length, constants, carries, reverse, saved);
    }
}
