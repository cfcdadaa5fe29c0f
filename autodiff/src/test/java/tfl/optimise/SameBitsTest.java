package tfl.optimise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.backend.Backend;
import tfl.backend.reference.ReferenceBackend;
import tfl.graph.GraphPrinter;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;
import tfl.tensor.TensorValue;
import tfl.transform.EagerOps;

/** Random graphs give the same bits before and after the passes, whatever the numbers: NaN, infinities, -0. */
class SameBitsTest {
    private static final EagerOps REFERENCE = new EagerOps(new ReferenceBackend());
    private static final EagerOps CPU = new EagerOps(ServiceLoader.load(Backend.class).findFirst().orElseThrow());
    private static final int GRAPHS = 400;
    private static final int GRAPHS_OF_CPU = 60;

    @ParameterizedTest
    @ValueSource(strings = {"f32", "f64", "f16", "bf16", "i32", "i64", "i8", "u8", "bool", "c64"})
    void onTheReferenceBackend(String dtype) {
        for (long seed = 0; seed < GRAPHS; seed++) {
            holds(REFERENCE, DType.of(dtype), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"f32", "f64", "f16", "i32", "bool"})
    void onTheCpu(String dtype) {
        for (long seed = 0; seed < GRAPHS_OF_CPU; seed++) {
            holds(CPU, DType.of(dtype), seed);
        }
    }

    @Test
    void thePassesFindWorkInThem() {
        int before = 0;
        int after = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            var graph = new RandomGraph(seed, DType.F32).graph();
            before += graph.equations().size();
            after += Pipeline.STANDARD.run(graph).graph().equations().size();
        }
        assertTrue(after < before * 0.7, before + " equations, " + after + " after");
    }

    private static void holds(EagerOps ops, DType dtype, long seed) {
        var graph = new RandomGraph(seed, dtype).graph();
        var optimised = Pipeline.STANDARD.run(graph).graph();
        var random = new Random(seed);
        var inputs = graph.inputTypes().stream().<TensorValue>map(type -> tensor(type, random)).toList();
        inputs.forEach(TensorValue::retain);
        var expected = graph.apply(ops, inputs);
        var actual = optimised.apply(ops, inputs);
        for (int k = 0; k < expected.size(); k++) {
            assertEquals(expected.get(k).type(), actual.get(k).type());
            assertEquals(bits((Tensor) expected.get(k)), bits((Tensor) actual.get(k)), () -> "seed " + seed + "\n"
                    + GraphPrinter.print(graph) + "becomes\n" + GraphPrinter.print(optimised));
        }
    }

    private static List<Long> bits(Tensor tensor) {
        var bits = new ArrayList<Long>();
        for (long at = 0; at < tensor.size(); at++) {
            if (tensor.dtype().isDifferentiable()) {
                bits.add(Double.doubleToLongBits(tensor.readDouble(at)));
                bits.add(Double.doubleToLongBits(tensor.dtype().isComplex() ? tensor.readImaginary(at) : 0));
            } else {
                bits.add(tensor.readLong(at));
            }
        }
        return bits;
    }

    static Tensor tensor(TensorType type, Random random) {
        var shape = type.shape();
        if (type.dtype().isComplex()) {
            var pairs = new float[2 * (int) shape.size()];
            IntStream.range(0, pairs.length).forEach(k -> pairs[k] = (float) number(type.dtype(), random));
            return Tensor.ofComplex(pairs, shape.dims());
        }
        var data = random.doubles(shape.size()).map(each -> number(type.dtype(), random)).toArray();
        return shape.equals(Shape.SCALAR) ? Tensor.scalar(type.dtype(), data[0])
                : Tensor.of(type.dtype(), data, shape.dims());
    }

    private static double number(DType dtype, Random random) {
        double[] odd = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.5, 2};
        return switch (dtype.kind()) {
            case BOOL -> random.nextInt(2);
            case UNSIGNED -> random.nextInt(256);
            case SIGNED -> random.nextInt(-128, 128);
            case FLOAT, COMPLEX -> random.nextBoolean() ? odd[random.nextInt(odd.length)]
                    : random.nextGaussian() * 3;
        };
    }
}
