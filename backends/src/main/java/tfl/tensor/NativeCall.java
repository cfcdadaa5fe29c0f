package tfl.tensor;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Calls C functions by address, all through three method handles, since linking one of another type takes the JVM 10 ms
 * in each process. Integers and pointers are words of 64 bits: by the calling convention of the processors that TFL
 * runs on (System V AMD64, 3.2.3) a function reads the low bits of a word for a smaller integer, does not see words
 * beyond those that it takes, and takes floats from registers of their own, wherever they stand among its parameters.
 * What a function without a result leaves, and the upper bits of a result of fewer bits, mean nothing.
 *
 * <p>Nothing is checked here: who calls answers for the address, what it takes, and the lifetime of what it points to.
 */
public final class NativeCall {
    /** The most words that a function may take. */
    public static final int MOST_WORDS = 14;

    /** The most words that {@link #words} takes. */
    public static final int FEW_WORDS = 6;

    private static final MethodHandle WORDS = handle(FEW_WORDS);

    private NativeCall() {}

    /** Calls that are linked when the first function of their kind is called. */
    private static final class Floats {
        static final MethodHandle HANDLE = handle(MOST_WORDS, JAVA_FLOAT, JAVA_FLOAT);
    }

    private static final class Doubles {
        static final MethodHandle HANDLE = handle(MOST_WORDS, JAVA_DOUBLE, JAVA_DOUBLE);
    }

    private static MethodHandle handle(int words, ValueLayout... floats) {
        var parameters = Stream.concat(IntStream.range(0, words).mapToObj(word -> JAVA_LONG), Stream.of(floats))
                .toArray(MemoryLayout[]::new);
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, parameters));
    }

    /** The address of a function of the C library. */
    static MemorySegment find(String name) {
        return Linker.nativeLinker().defaultLookup().findOrThrow(name);
    }

    /** Calls a function of at most {@value #FEW_WORDS} words. */
    public static long words(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) WORDS.invokeExact(function, a, b, c, d, e, f);
        } catch (Throwable problem) {
            throw broken(problem);
        }
    }

    /** Calls a function of {@value #MOST_WORDS} words or fewer, and two floats or fewer. */
    public static long floats(MemorySegment function, long[] w, float first, float second) {
        try {
            return (long) Floats.HANDLE.invokeExact(function, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8],
                    w[9], w[10], w[11], w[12], w[13], first, second);
        } catch (Throwable problem) {
            throw broken(problem);
        }
    }

    /** Calls a function of {@value #MOST_WORDS} words or fewer, and two doubles or fewer. */
    public static long doubles(MemorySegment function, long[] w, double first, double second) {
        try {
            return (long) Doubles.HANDLE.invokeExact(function, w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8],
                    w[9], w[10], w[11], w[12], w[13], first, second);
        } catch (Throwable problem) {
            throw broken(problem);
        }
    }

    /** What a call threw before it reached the function. */
    private static RuntimeException broken(Throwable problem) {
        return switch (problem) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException("a native function cannot be called", problem);
        };
    }
}
