package tfl.backend.cpu;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;

/**
 * Compiled code over some rows of its iteration at a time. Addresses are those of whole tensors; for one that is there
 * only in part, where it would begin if it were whole.
 */
final class Pieces {
    private final KernelCode code;
    private final Tensor[] inputs;
    private final int turned;
    private final long[] arguments;
    private final int[] slots;
    private final boolean byElement;
    private final boolean donates;

    /**
     * Code for these inputs.
     *
     * @param head the arguments before the inputs' addresses, the results' addresses first, still to be set
     * @param inputs null for those that pass
     * @param turned which inputs are to be copied first
     * @param byElement whether the code counts elements rather than rows
     * @param donates whether results may take the storage of inputs
     */
    Pieces(KernelCode code, long[] head, Tensor[] inputs, int turned, long[] tail, boolean byElement,
            boolean donates) {
        this.code = code;
        this.inputs = Turned.straightened(inputs, turned);
        this.turned = turned;
        this.byElement = byElement;
        this.donates = donates;
        this.slots = IntStream.range(0, inputs.length).filter(k -> inputs[k] == null).map(k -> head.length + k)
                .toArray();
        var addresses = Arrays.stream(this.inputs).mapToLong(input -> input == null ? 0 : input.address());
        this.arguments = LongStream.concat(LongStream.concat(Arrays.stream(head), addresses), Arrays.stream(tail))
                .toArray();
    }

    /** The strides of the inputs, those that pass being dense. */
    static long[][] strides(Tensor[] inputs, Shape shape) {
        var strides = new long[inputs.length][];
        for (int k = 0; k < inputs.length; k++) {
            strides[k] = inputs[k] == null ? shape.strides() : inputs[k].strides();
        }
        return strides;
    }

    boolean byElement() {
        return byElement;
    }

    boolean donates() {
        return donates;
    }

    /**
     * Runs rows, or elements, from {@code first}.
     *
     * @param passing where the passing inputs would begin if they were whole
     * @param results the same of the results
     */
    void run(long[] passing, long[] results, long first, long last) {
        var own = KernelArguments.start().addAll(arguments);
        for (int k = 0; k < results.length; k++) {
            own.set(k, results[k]);
        }
        for (int k = 0; k < slots.length; k++) {
            own.set(slots[k], passing[k]);
        }
        code.run(own.address(), first, last);
    }

    void discard() {
        Turned.discard(inputs, turned);
    }
}
