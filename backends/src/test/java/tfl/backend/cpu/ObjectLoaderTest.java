package tfl.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tfl.backend.llvm.LlvmCompiler;

class ObjectLoaderTest {
    private static final byte[] OBJECT = LlvmCompiler.compile("""
            declare float @cosf(float)
            define float @shifted(float %x) nounwind {
              %y = call float @cosf(float %x)
              %z = fadd float %y, 1.25
              ret float %z
            }
            """);

    @Test
    void codeReachesItsConstantsAndTheSystemsLibraries() throws Throwable {
        var address = ObjectLoader.load(OBJECT).get("shifted");
        var shifted = Linker.nativeLinker().downcallHandle(address,
                FunctionDescriptor.of(JAVA_FLOAT, JAVA_FLOAT));
        assertEquals(2.25f, (float) shifted.invokeExact(0f));
    }

    @Test
    void perfIsToldWhereFunctionsLie() {
        var functions = Map.of("kernel", MemorySegment.ofAddress(0x2000), "first", MemorySegment.ofAddress(0x1000));
        assertEquals("1000 1000 tfl first: loop\n2000 80 tfl kernel: loop\n",
                PerfMap.lines("loop", functions, 0x2080));
    }

    @Test
    void aTruncatedObjectIsRefused() {
        for (int length : new int[] {0, 3, 40, OBJECT.length / 2, OBJECT.length - 60}) {
            assertThrows(IllegalArgumentException.class, () -> ObjectLoader.load(Arrays.copyOf(OBJECT,
                    length)));
        }
    }

    @Test
    void aMissingFunctionIsNamed() {
        var object = LlvmCompiler.compile("""
                declare void @no_such_function()
                define void @kernel() nounwind { call void @no_such_function() ret void }
                """);
        var error = assertThrows(UnsatisfiedLinkError.class, () -> ObjectLoader.load(object));
        assertEquals("this system has no function no_such_function", error.getMessage());
    }
}
