package tfl.backend.cpu;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * A function of a shared library. Its signature is one letter for the result and one for each argument:
 * {@code v}oid, {@code i}nt, {@code l}ong, {@code f}loat, {@code d}ouble, {@code b}yte, {@code p}ointer.
 */
final class NativeFunction {
    private final MethodHandle handle;

    NativeFunction(SymbolLookup library, String symbol, String signature) {
        var address = library.find(symbol)
                .orElseThrow(() -> new UnsatisfiedLinkError("no function " + symbol));
        var parameters = signature.substring(1).chars().mapToObj(NativeFunction::layout)
                .toArray(MemoryLayout[]::new);
        var descriptor = signature.charAt(0) == 'v'
                ? FunctionDescriptor.ofVoid(parameters)
                : FunctionDescriptor.of(layout(signature.charAt(0)), parameters);
        handle = Linker.nativeLinker()
                .downcallHandle(address, descriptor)
                .asSpreader(Object[].class, parameters.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static MemoryLayout layout(int letter) {
        return switch (letter) {
            case 'i' -> ValueLayout.JAVA_INT;
            case 'l' -> ValueLayout.JAVA_LONG;
            case 'f' -> ValueLayout.JAVA_FLOAT;
            case 'd' -> ValueLayout.JAVA_DOUBLE;
            case 'b' -> ValueLayout.JAVA_BYTE;
            case 'p' -> ValueLayout.ADDRESS;
            default -> throw new IllegalArgumentException("no native type has the letter " + (char) letter);
        };
    }

    /**
     * Calls it. The memory behind segments is kept alive until the call returns; that it is large enough is
     * the caller's promise.
     */
    Object call(Object... arguments) {
        try {
            return handle.invokeExact(arguments);
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }
}
