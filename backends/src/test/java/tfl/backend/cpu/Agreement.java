package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import tfl.backend.reference.ReferenceBackend;
import tfl.kernel.Kernel;
import tfl.tensor.DType;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Runs a kernel on the CPU and by its definition, and compares. */
final class Agreement {
    private static final CpuBackend CPU = new CpuBackend(false);
    private static final ReferenceBackend REFERENCE = new ReferenceBackend();

    private Agreement() {}

    /** Fails where the two differ by more than {@code ulps} units in the last place of the output's dtype. */
    static void check(Kernel kernel, double ulps, List<TensorType> outputs, Tensor... inputs) {
        var types = Arrays.stream(inputs).map(Tensor::type).toList();
        var actual = CPU.compile(kernel, types, outputs).run(inputs, 0);
        var expected = REFERENCE.compile(kernel, types, outputs).run(inputs, 0);
        for (int k = 0; k < actual.length; k++) {
            for (long i = 0; i < actual[k].size(); i++) {
                compare(kernel, ulps, actual[k], expected[k], i, inputs);
            }
        }
    }

    private static void compare(Kernel kernel, double ulps, Tensor actual, Tensor expected, long i,
            Tensor[] inputs) {
        boolean same = actual.dtype().isInteger() ? actual.readLong(i) == expected.readLong(i)
                : close(actual.readDouble(i), expected.readDouble(i), ulps, actual.dtype())
                        && close(actual.readImaginary(i), expected.readImaginary(i), ulps, actual.dtype());
        if (!same) {
            fail(kernel + " at " + i + ": got " + actual.readDouble(i) + ", expected "
                    + expected.readDouble(i) + ", inputs "
                    + Arrays.stream(inputs).filter(input -> input.size() > i)
                            .map(input -> input.readDouble(i)).toList());
        }
    }

    static boolean close(double x, double y, double ulps, DType dtype) {
        if (x == y || Double.isNaN(x) && Double.isNaN(y)) {
            return true;
        }
        return Math.abs(x - y) <= ulps * ulp(y, dtype);
    }

    private static double ulp(double y, DType dtype) {
        return switch (dtype) {
            case F64 -> Math.ulp(y);
            case F16 -> Math.max(0x1p-24, Math.ulp((float) y) * 0x1p13);
            case BF16 -> Math.ulp((float) y) * 0x1p16;
            default -> Math.ulp((float) y);
        };
    }
}
