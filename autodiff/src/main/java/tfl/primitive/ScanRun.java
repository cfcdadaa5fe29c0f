package tfl.primitive;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * One run of a {@link Scan}: rows are views of the sequences. Results are written row by row into their place, by the
 * kernels that make them or else copied; where the carried values before each round are a result, a round writes those
 * after it into the next row.
 */
final class ScanRun {
    private final Scan scan;
    private final Tensor[] inputs;
    private final Tensor[] stacked;
    /** For each carried value the place in {@link #stacked} of those before each round, or -1. */
    private final int[] saved;

    ScanRun(Scan scan, List<TensorType> outputs, Tensor[] inputs) {
        this.scan = scan;
        this.inputs = inputs;
        this.stacked = outputs.subList(scan.carries(), outputs.size()).stream().map(Tensor::allocate)
                .toArray(Tensor[]::new);
        this.saved = new int[scan.carries()];
        Arrays.fill(saved, -1);
        for (int k = 0; k < stacked.length; k++) {
            int carry = scan.body().passed(scan.carries() + k) - scan.constants();
            if (carry >= 0 && carry < saved.length) {
                saved[carry] = k;
            }
        }
    }

    Tensor[] run(Lowering.Runner runner) {
        int rows = scan.constants() + scan.carries();
        var carried = new Carried(Arrays.copyOfRange(inputs, scan.constants(), rows));
        boolean done = false;
        try {
            for (long round = 0; round < scan.length(); round++) {
                round(runner, carried, at(round), round + 1 < scan.length() ? at(round + 1) : -1);
            }
            done = true;
        } finally {
            if (!done) {
                carried.drop();
                Arrays.stream(stacked).forEach(Tensor::discard);
            }
        }
        var last = carried.handOn();
        var outputs = Arrays.copyOf(last, last.length + stacked.length);
        System.arraycopy(stacked, 0, outputs, last.length, stacked.length);
        return outputs;
    }

    /** The row that a round reads and writes. */
    private long at(long round) {
        return scan.reverse() ? scan.length() - 1 - round : round;
    }

    private void round(Lowering.Runner runner, Carried carried, long row, long next) {
        int rows = scan.constants() + scan.carries();
        var operands = Arrays.copyOf(inputs, inputs.length);
        System.arraycopy(carried.values(), 0, operands, scan.constants(), scan.carries());
        for (int k = rows; k < operands.length; k++) {
            operands[k] = row(inputs[k], row);
        }
        var places = places(row, next);
        Tensor[] results;
        try {
            results = runner.run(scan.body(), operands, carried.donated(scan.constants()), places);
        } finally {
            for (int k = rows; k < operands.length; k++) {
                operands[k].discard();
            }
            Arrays.stream(places).filter(Objects::nonNull).forEach(Tensor::discard);
        }
        for (int k = 0; k < stacked.length; k++) {
            store(runner, results[scan.carries() + k], stacked[k], row);
        }
        carried.replace(Arrays.copyOf(results, scan.carries()));
        for (int k = scan.carries(); k < results.length; k++) {
            results[k].discard();
        }
    }

    private Tensor[] places(long row, long next) {
        if (stacked.length == 0) {
            return stacked;
        }
        var places = new Tensor[scan.carries() + stacked.length];
        for (int k = 0; k < saved.length; k++) {
            places[k] = saved[k] < 0 || next < 0 ? null : row(stacked[saved[k]], next);
        }
        for (int k = 0; k < stacked.length; k++) {
            places[scan.carries() + k] = row(stacked[k], row);
        }
        return places;
    }

    private static Tensor row(Tensor sequence, long row) {
        var strides = sequence.strides();
        return sequence.asStrided(BatchOps.element(sequence.type()), Arrays.copyOfRange(strides, 1, strides.length),
                sequence.offset() + row * strides[0]);
    }

    private static void store(Lowering.Runner runner, Tensor result, Tensor stacked, long row) {
        if (result.storage() == stacked.storage() && result.isContiguous()
                && result.offset() * result.type().dtype().bytes() == row * result.type().bytes()) {
            return;
        }
        var dense = result.isContiguous() ? result : runner.dense(result);
        long bytes = result.type().bytes();
        MemorySegment.copy(dense.segment(dense.offset()), 0,
                stacked.storage().segment(), row * bytes, bytes);
        if (dense != result) {
            dense.discard();
        }
    }
}
