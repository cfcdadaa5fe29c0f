package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tfl.tensor.NativeMemory;

/** The quicksort by vectors against Java's, at lengths around what its parts take, with fences around its rooms. */
class VectorSortTest {
    private static final int[] LENGTHS = {0, 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 128, 129, 255, 256, 257, 300,
        1000, 1023, 1024, 1025, 5000, 65_536, 65_537, 300_000};
    private static final long FENCE = 0x5A5A_5A5A_A5A5_A5A5L;

    /** What the numbers look like. */
    enum Pattern {
        RANDOM, RISING, FALLING, PIPE, SAW, ALIKE, TWO, FEW, LARGEST, NEARLY_LARGEST;

        long number(int i, int length, Random random) {
            return switch (this) {
                case RANDOM -> random.nextLong();
                case RISING -> (long) i << 8;
                case FALLING -> (long) (length - i) << 8;
                case PIPE -> Math.min(i, length - i);
                case SAW -> i % 64;
                case ALIKE -> 7;
                case TWO -> random.nextBoolean() ? 5 : -9;
                case FEW -> random.nextInt(10);
                case LARGEST -> -1;
                case NEARLY_LARGEST -> i == length / 3 ? 0 : -1;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void sorts(Pattern pattern) {
        assumeTrue(VectorSort.isPossible(), "no vectors of 512 bits");
        for (int length : LENGTHS) {
            for (int budget : new int[] {0, 1, 3, 40}) {
                check(pattern, length, budget, false);
                check(pattern, length, budget, true);
            }
        }
    }

    private static void check(Pattern pattern, int length, int budget, boolean wide) {
        int width = wide ? 8 : 4;
        long room = Math.ceilDiv((long) length * width, 8) * 8;
        var random = new Random(length);
        var numbers = new long[length];
        try (var memory = Scratch.bytes(3 * room + 4 * 8)) {
            long from = memory.address() + 8;
            long spare = from + room + 8;
            long to = spare + room + 8;
            for (long fence : new long[] {from, spare, to, to + room + 8}) {
                NativeMemory.putLong(fence - 8, FENCE);
            }
            for (int i = 0; i < length; i++) {
                long number = pattern.number(i, length, random);
                numbers[i] = wide ? number : number & 0xffffffffL;
                put(wide, from + (long) i * width, numbers[i]);
            }
            VectorSort.sort(wide, from, spare, length, to, budget);
            var name = pattern + " " + length + " " + budget + " " + wide;
            for (long fence : new long[] {from, spare, to, to + room + 8}) {
                assertEquals(FENCE, NativeMemory.getLong(fence - 8), name);
            }
            var sorted = new long[length];
            for (int i = 0; i < length; i++) {
                long place = to + (long) i * width;
                sorted[i] = wide ? NativeMemory.getLong(place) : NativeMemory.getInt(place) & 0xffffffffL;
            }
            assertArrayEquals(unsigned(numbers), sorted, name);
        }
    }

    private static void put(boolean wide, long place, long number) {
        if (wide) {
            NativeMemory.putLong(place, number);
        } else {
            NativeMemory.putInt(place, (int) number);
        }
    }

    private static long[] unsigned(long[] numbers) {
        return Arrays.stream(numbers).map(number -> number ^ Long.MIN_VALUE).sorted()
                .map(number -> number ^ Long.MIN_VALUE).toArray();
    }
}
