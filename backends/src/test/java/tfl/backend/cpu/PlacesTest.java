package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.PanelStep;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** Results land where the caller wants them, and nowhere beside. */
class PlacesTest {
    private static final DType F32 = DType.F32;
    private static final double UNTOUCHED = -77;

    private static TensorType type(long... dims) {
        return new TensorType(F32, Shape.of(dims));
    }

    private static Kernel.Loop sum() {
        return new Kernel.Loop(List.of(F32, F32), List.of(new ScalarExpr.Binary(BinaryOp.ADD,
                new ScalarExpr.Input(0, F32), new ScalarExpr.Input(1, F32))));
    }

    private static Kernel.Assemble sideBySide(long width, boolean over) {
        var windows = List.of(new Kernel.Window(List.of(0L, 0L), List.of(1L, 1L)),
                new Kernel.Window(List.of(0L, width), List.of(1L, 1L)));
        return new Kernel.Assemble(F32, over ? null : new ScalarExpr.Constant(0, F32), windows);
    }

    private static Stream<Arguments> kernels() {
        return Stream.of(
                Arguments.of(sum(), List.of(type(3, 5), type(3, 5)), type(3, 5)),
                Arguments.of(sum(), List.of(type(64, 512), type(64, 512)), type(64, 512)),
                Arguments.of(new Kernel.Contract(F32), List.of(type(3, 4), type(4, 5)), type(3, 5)),
                Arguments.of(new Kernel.Contract(F32), List.of(type(3, 0), type(0, 5)), type(3, 5)),
                Arguments.of(new Kernel.Contract(F32), List.of(type(64, 128), type(128, 256)), type(64, 256)),
                Arguments.of(new Kernel.Product(3, List.of(new PanelStep.Multiply(0, 1), new PanelStep.Apply(sum(),
                        List.of(3, 2))), List.of(4)), List.of(type(64, 128), type(128, 256), type(64, 256)),
                        type(64, 256)),
                Arguments.of(sideBySide(3, false), List.of(type(4, 3), type(4, 2)), type(4, 5)),
                Arguments.of(sideBySide(200, false), List.of(type(100, 200), type(100, 100)), type(100, 300)),
                Arguments.of(sideBySide(200, false), List.of(type(100, 200), type(100, 90)), type(100, 300)),
                Arguments.of(sideBySide(200, true), List.of(type(100, 300), type(100, 200), type(100, 50)),
                        type(100, 300)),
                Arguments.of(sideBySide(3, true), List.of(type(4, 8), type(4, 3), type(4, 2)), type(4, 8)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void areKept(Kernel kernel, List<TensorType> inputs, TensorType output) {
        var executable = new CpuBackend(false).compile(kernel, inputs, List.of(output));
        var values = IntStream.range(0, inputs.size()).mapToObj(k -> {
            var shape = inputs.get(k).shape();
            return Tensor.of(F32, IntStream.range(0, (int) shape.size()).mapToDouble(i -> i % 17 - 3 * k).toArray(),
                    shape.dims());
        }).toArray(Tensor[]::new);
        var expected = executable.run(values, 0)[0].toDoubles();

        int size = expected.length;
        var before = new double[3 * size];
        Arrays.fill(before, UNTOUCHED);
        var stack = Tensor.of(F32, before, 3 * size);
        var place = stack.asStrided(output, output.shape().strides(), size);
        for (int donated : new int[] {0, (1 << values.length) - 1}) {
            var result = executable.run(values, donated, new Tensor[] {place})[0];
            assertSame(stack.storage(), result.storage());
            assertEquals(size, result.offset());
            assertArrayEquals(expected, result.toDoubles());
            result.discard();
        }
        var after = stack.toDoubles();
        for (int i = 0; i < size; i++) {
            assertEquals(UNTOUCHED, after[i]);
            assertEquals(UNTOUCHED, after[2 * size + i]);
        }
    }
}
