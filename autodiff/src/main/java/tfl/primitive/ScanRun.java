package tfl.primitive;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** One run of a {@link Scan}: rows are views of the sequences, results are written row by row into their place. */
final class ScanRun {
    private final Scan scan;
    private final Tensor[] inputs;
    private final Tensor[] stacked;

    ScanRun(Scan scan, List<TensorType> outputs, Tensor[] inputs) {
        this.scan = scan;
        this.inputs = inputs;
        this.stacked = outputs.subList(scan.carries(), outputs.size()).stream().map(Tensor::allocate)
                .toArray(Tensor[]::new);
    }

    Tensor[] run(Lowering.Runner runner) {
        int rows = scan.constants() + scan.carries();
        var carried = new Carried(Arrays.copyOfRange(inputs, scan.constants(), rows));
        boolean done = false;
        try {
            for (long round = 0; round < scan.length(); round++) {
                round(runner, carried, scan.reverse() ? scan.length() - 1 - round : round);
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

    private void round(Lowering.Runner runner, Carried carried, long row) {
        int rows = scan.constants() + scan.carries();
        var operands = Arrays.copyOf(inputs, inputs.length);
        System.arraycopy(carried.values(), 0, operands, scan.constants(), scan.carries());
        for (int k = rows; k < operands.length; k++) {
            operands[k] = row(inputs[k], row);
        }
        var results = runner.run(scan.body(), operands, carried.donated(scan.constants()));
        for (int k = 0; k < stacked.length; k++) {
            var result = results[scan.carries() + k];
            store(runner, result, stacked[k], row);
        }
        carried.replace(Arrays.copyOf(results, scan.carries()));
        for (int k = scan.carries(); k < results.length; k++) {
            results[k].discard();
        }
        for (int k = rows; k < operands.length; k++) {
            operands[k].discard();
        }
    }

    private static Tensor row(Tensor sequence, long row) {
        var strides = sequence.strides();
        return sequence.asStrided(BatchOps.element(sequence.type()), Arrays.copyOfRange(strides, 1, strides.length),
                sequence.offset() + row * strides[0]);
    }

    private static void store(Lowering.Runner runner, Tensor result, Tensor stacked, long row) {
        var dense = result.isContiguous() ? result : runner.dense(result);
        long bytes = result.type().bytes();
        MemorySegment.copy(dense.segment(dense.offset()), 0,
                stacked.storage().segment(), row * bytes, bytes);
        if (dense != result) {
            dense.discard();
        }
    }
}
