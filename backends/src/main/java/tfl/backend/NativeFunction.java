package tfl.backend;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.ref.Reference;
import tfl.tensor.NativeCall;

/**
 * A function of a shared library. Its signature is one letter for the result and one for each argument: {@code v}oid,
 * {@code i}nt, {@code l}ong, {@code f}loat, {@code d}ouble, {@code b}yte, {@code p}ointer. It takes at most 14 integers
 * and pointers, and two floats or two doubles.
 */
public final class NativeFunction {
    private final MemorySegment address;
    private final String signature;
    private final Form form;

    /** Which of the few ways there are to call it. */
    private enum Form { WORDS, FLOATS, DOUBLES }

    /**
     * Finds the function.
     *
     * @throws UnsatisfiedLinkError if the library has none of that name
     */
    public NativeFunction(SymbolLookup library, String symbol, String signature) {
        address = library.find(symbol).orElseThrow(() -> new UnsatisfiedLinkError("no function " + symbol));
        this.signature = signature;
        form = form(signature);
    }

    private static Form form(String signature) {
        int floats = count(signature, 'f');
        int doubles = count(signature, 'd');
        int words = signature.length() - 1 - floats - doubles;
        if (words > NativeCall.MOST_WORDS || floats > 2 || doubles > 2 || floats > 0 && doubles > 0
                || "vilp".indexOf(signature.charAt(0)) < 0) {
            throw new IllegalArgumentException("no native call has the form " + signature);
        }
        return doubles > 0 ? Form.DOUBLES : floats > 0 || words > NativeCall.FEW_WORDS ? Form.FLOATS : Form.WORDS;
    }

    private static int count(String signature, char letter) {
        return Math.toIntExact(signature.chars().skip(1).filter(each -> each == letter).count());
    }

    /**
     * Calls it. The memory behind native segments is kept alive until the call returns; that it is large enough is the
     * caller's promise.
     *
     * @return an {@code Integer}, a {@code Long}, a segment of no length, or null where it returns nothing
     */
    public Object call(Object... arguments) {
        if (arguments.length != signature.length() - 1) {
            throw new IllegalArgumentException(arguments.length + " arguments for " + signature);
        }
        var values = new long[NativeCall.MOST_WORDS];
        var floats = new double[2];
        for (int k = 0, word = 0, other = 0; k < arguments.length; k++) {
            switch (signature.charAt(k + 1)) {
                case 'f' -> floats[other++] = (float) arguments[k];
                case 'd' -> floats[other++] = (double) arguments[k];
                case 'p' -> values[word++] = address((MemorySegment) arguments[k]);
                case 'i' -> values[word++] = (int) arguments[k];
                case 'b' -> values[word++] = (byte) arguments[k];
                default -> values[word++] = (long) arguments[k];
            }
        }
        long result;
        try {
            result = call(values, floats);
        } finally {
            Reference.reachabilityFence(arguments);
        }
        return switch (signature.charAt(0)) {
            case 'v' -> null;
            case 'i' -> (int) result;
            case 'p' -> MemorySegment.ofAddress(result);
            default -> result;
        };
    }

    private long call(long[] words, double[] floats) {
        return switch (form) {
            case WORDS -> NativeCall.words(address, words[0], words[1], words[2], words[3], words[4], words[5]);
            case FLOATS -> NativeCall.floats(address, words, (float) floats[0], (float) floats[1]);
            case DOUBLES -> NativeCall.doubles(address, words, floats[0], floats[1]);
        };
    }

    private static long address(MemorySegment segment) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("a native function cannot reach memory of the Java heap");
        }
        return segment.address();
    }
}
