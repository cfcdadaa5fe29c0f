package tfl.backend.cpu;

import java.lang.ref.Reference;
import java.util.Map;
import java.util.stream.IntStream;
import tfl.backend.Executable;
import tfl.backend.llvm.ScanKernel;
import tfl.backend.llvm.Unsupported;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** A {@link Kernel.Scan} by compiled code, on a dense copy of what does not lie dense. */
record ScanExecutable(Kernel.Scan scan, TensorType output, Executable reference) implements Executable {
    private static final long GRAIN = 16 * 1024;
    private static final long LONGEST_CHUNK = 1024 + 48;
    /** A line so short is scanned as one chunk. */
    private static final long SHORT = 256;

    @Override
    public Tensor[] run(Tensor[] inputs, int donated) {
        var shape = output.shape();
        long length = shape.dim(scan.axis());
        long inner = IntStream.range(scan.axis() + 1, shape.rank()).mapToLong(shape::dim)
                .reduce(1, (x, y) -> x * y);
        var kernel = new ScanKernel(scan, inner > 1);
        if (shape.size() == 0) {
            return new Tensor[] {Tensor.allocate(output)};
        }
        try {
            var functions = KernelStore.get(kernel);
            var input = StridedCopy.dense(inputs[0]);
            var result = Tensor.allocate(output);
            var call = new Call(functions, input, result, length, inner, shape.size() / length / inner);
            if (inner > 1) {
                call.columns();
            } else {
                call.lines();
            }
            if (input != inputs[0]) {
                input.discard();
            }
            Reference.reachabilityFence(inputs);
            return new Tensor[] {result};
        } catch (Unsupported fold) {
            return reference.run(inputs, donated);
        }
    }

    /** One run: data of {@code [outer, length, inner]} elements. */
    private record Call(Map<String, KernelCode> functions, Tensor input, Tensor result, long length,
            long inner,
            long outer) {
        void columns() {
            long width = Math.clamp(inner / (2L * Workers.count()) / 16 * 16, 16, ScanKernel.WIDTH);
            var arguments = KernelArguments.start().addresses(result, input).add(0).add(length).add(inner)
                    .add(0).add(0)
                    .add(width);
            long units = outer * ((inner + width - 1) / width);
            Split.run(functions.get("kernel"), arguments.address(), units,
                    Math.max(1, GRAIN / (length * Math.min(width, inner))));
        }

        /**
         * Whole groups of chunks that are scanned at once, since in each an element waits for the one before; little
         * is left for a last one. Sixteen times an odd number: chunks that lie 4 KB apart fall on the same lines of
         * the cache.
         */
        private static long chunk(long length) {
            if (length <= SHORT) {
                return length;
            }
            long chunks = ScanKernel.CHAINS * Math.ceilDiv(length, ScanKernel.CHAINS * LONGEST_CHUNK);
            long sixteens = length / chunks / 16;
            return 16 * (sixteens % 2 == 1 ? sixteens : sixteens - 1);
        }

        void lines() {
            long chunk = chunk(length);
            long chunks = (length + chunk - 1) / chunk;
            var states = Tensor.allocate(DType.F64, 2 * chunks * outer);
            try {
                var address = KernelArguments.start().addresses(result, input, states).add(length).add(1)
                        .add(chunk)
                        .add(chunks).add(0).address();
                long grain = Math.max(1, GRAIN / chunk);
                Split.run(functions.get("totals"), address, chunks * outer, grain);
                functions.get("starts").run(address, 0, outer);
                long groups = (chunks + ScanKernel.CHAINS - 1) / ScanKernel.CHAINS;
                Split.run(functions.get("kernel"), address, groups * outer,
                        Math.max(1, grain / ScanKernel.CHAINS));
            } finally {
                states.discard();
            }
        }
    }
}
