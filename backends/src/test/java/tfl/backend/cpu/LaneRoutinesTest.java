package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/** What works along the last axis (sorting, selection, transforms) and random bits, against the reference. */
class LaneRoutinesTest {
    @ParameterizedTest
    @EnumSource(value = DType.class, names = "C64", mode = EnumSource.Mode.EXCLUDE)
    void sorts(DType dtype) {
        for (var shape : List.of(Shape.of(1), Shape.of(0), Shape.of(3, 0), Shape.of(3, 7), Shape.of(300, 2),
                Shape.of(2, 2048), Shape.of(2, 2049), Shape.of(40, 130), Shape.of(70001))) {
            for (var input : List.of(rough(dtype, shape, 1), Samples.scattered(rough(dtype, shape, 2)))) {
                for (boolean descending : new boolean[] {false, true}) {
                    var routine = new Routine.Sort(dtype, descending);
                    var shapes = List.of(shape, shape);
                    var dtypes = List.of(dtype, DType.I64);
                    var expected = Samples.reference(routine, List.of(input), dtypes, shapes);
                    var both = Samples.run(routine, List.of(input), dtypes, shapes);
                    var alone = Samples.run(routine, List.of(input), dtypes, List.of(shape));
                    var name = dtype + " " + shape + " " + descending;
                    assertArrayEquals(expected[1].toLongs(), both[1].toLongs(), name);
                    assertArrayEquals(expected[0].toDoubles(), both[0].toDoubles(), name);
                    assertArrayEquals(expected[0].toDoubles(), alone[0].toDoubles(), name);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = "C64", mode = EnumSource.Mode.EXCLUDE)
    void sortsWithoutVectors(DType dtype) {
        for (var shape : List.of(Shape.of(300, 2), Shape.of(2, 2049), Shape.of(70001))) {
            for (boolean descending : new boolean[] {false, true}) {
                var input = List.of(rough(dtype, shape, 4));
                var types = List.of(new TensorType(dtype, shape), new TensorType(DType.I64, shape));
                var expected = Samples.reference(new Routine.Sort(dtype, descending), input,
                        List.of(dtype, DType.I64), List.of(shape, shape));
                var both = Sorting.plain(dtype, descending, types).run(input.toArray(Tensor[]::new), 0);
                var alone = Sorting.plain(dtype, descending, types.subList(0, 1)).run(input.toArray(Tensor[]::new), 0);
                assertArrayEquals(expected[1].toLongs(), both[1].toLongs(), dtype + " " + shape);
                assertArrayEquals(expected[0].toDoubles(), both[0].toDoubles(), dtype + " " + shape);
                assertArrayEquals(expected[0].toDoubles(), alone[0].toDoubles(), dtype + " " + shape);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"'1', 1", "'5', 0", "'5', 5", "'4 100', 3", "'4 100', 90", "'0 9', 3", "'5000', 7",
            "'5000', 4000"})
    void selects(String sizes, long k) {
        var shape = Shape.of(Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray());
        var dims = shape.dims();
        dims[dims.length - 1] = k;
        var kept = Shape.of(dims);
        for (var dtype : new DType[] {DType.F32, DType.F64, DType.I64, DType.I32, DType.U8, DType.BF16}) {
            for (boolean largest : new boolean[] {false, true}) {
                var routine = new Routine.TopK(dtype, k, largest);
                var input = List.of(Samples.scattered(rough(dtype, shape, 3)));
                var expected = Samples.reference(routine, input, List.of(dtype, DType.I64),
                        List.of(kept, kept));
                var actual = Samples.run(routine, input, List.of(dtype, DType.I64), List.of(kept, kept));
                assertArrayEquals(expected[1].toLongs(), actual[1].toLongs(), routine.toString());
                assertArrayEquals(expected[0].toDoubles(), actual[0].toDoubles(), routine.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17, 30, 49, 64, 97, 100, 121, 128, 210,
            338, 1000, 1009,
        1024, 2187, 4096, 65536, 65537, 100000})
    void transforms(int length) {
        for (boolean inverse : new boolean[] {false, true}) {
            for (var shape : List.of(Shape.of(length), Shape.of(3, length))) {
                var routine = new Routine.Fft(inverse);
                var input = Samples.tensor(DType.C64, 7, shape);
                var expected = Samples.reference(routine, List.of(input), List.of(DType.C64), List.of(shape));
                var actual = Samples.run(routine, List.of(input), List.of(DType.C64), List.of(shape));
                assertArrayEquals(Samples.pairs(expected[0]), Samples.pairs(actual[0]),
                        2e-6 * Math.sqrt(length) + 1e-6 * length / 100);
            }
        }
    }

    @Test
    void transformsStridedLanes() {
        var input = Samples.tensor(DType.C64, 7, Shape.of(12, 10)).permute(1, 0);
        var routine = new Routine.Fft(false);
        var expected = Samples.reference(routine, List.of(input), List.of(DType.C64), List.of(input.shape()));
        var actual = Samples.run(routine, List.of(input), List.of(DType.C64), List.of(input.shape()));
        assertArrayEquals(Samples.pairs(expected[0]), Samples.pairs(actual[0]), 1e-5);
    }

    @Test
    void givesTheKnownRandomBits() {
        var bits = bits(new Routine.Philox(0, 0), 4);
        assertEquals("6627e8d5 e169c58d bc57ac4c 9b00dbd8", hex(bits));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 1000, 100003})
    void givesTheBitsOfTheReference(int count) {
        for (long[] start : new long[][] {{0, 0}, {42, 7}, {-1, -1}, {0x123456789abcdefL, 0xffffffffL}}) {
            var routine = new Routine.Philox(start[0], start[1]);
            var expected = Samples.philox(routine, Shape.of(count), true);
            assertArrayEquals(expected.toLongs(), Samples.philox(routine, Shape.of(count), false).toLongs());
        }
    }

    @Test
    void wordsLookUniform() {
        var bits = bits(new Routine.Philox(3, 0), 1 << 16);
        double mean = Arrays.stream(bits).mapToDouble(word -> (word & 0xffffffffL) / 0x1p32).average()
                .orElseThrow();
        assertTrue(Math.abs(mean - 0.5) < 0.01, "mean " + mean);
    }

    private static long[] bits(Routine.Philox routine, long count) {
        return Samples.philox(routine, Shape.of(count), false).toLongs();
    }

    private static String hex(long[] words) {
        return String.join(" ",
                Arrays.stream(words).mapToObj(word -> String.format("%08x", (int) word)).toList());
    }

    /** Many ties, and among floats NaN, infinities and both zeros. */
    private static Tensor rough(DType dtype, Shape shape, int seed) {
        var random = new Random(seed);
        var special = new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0,
                -0.0};
        var values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            boolean odd = dtype.isFloat() && random.nextInt(8) == 0;
            values[i] = odd ? special[random.nextInt(special.length)]
                    : random.nextBoolean() ? random.nextInt(10)
                    - (dtype == DType.U8 || dtype == DType.BOOL ? 0 : 5)
                    : random.nextGaussian() * (dtype == DType.I64 || dtype == DType.F64 ? 1e12 : 100);
        }
        return Tensor.of(dtype, values, shape.dims());
    }
}
