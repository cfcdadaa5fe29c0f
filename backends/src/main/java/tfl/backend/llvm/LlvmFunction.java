package tfl.backend.llvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import tfl.backend.NativeLibraries;
import tfl.backend.NativeLibrary;

/** The functions of LLVM's C interface that we call: one row each, bound at first use. */
enum LlvmFunction {
    LLVMInitializeX86TargetInfo(null),
    LLVMInitializeX86Target(null),
    LLVMInitializeX86TargetMC(null),
    LLVMInitializeX86AsmPrinter(null),
    LLVMGetHostCPUName(ADDRESS),
    LLVMGetHostCPUFeatures(ADDRESS),
    LLVMGetDefaultTargetTriple(ADDRESS),
    LLVMGetTargetFromTriple(JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
    LLVMCreateTargetMachine(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT),
    LLVMCreateTargetDataLayout(ADDRESS, ADDRESS),
    LLVMDisposeTargetData(null, ADDRESS),
    LLVMContextCreate(ADDRESS),
    LLVMContextDispose(null, ADDRESS),
    LLVMCreateMemoryBufferWithMemoryRangeCopy(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS),
    LLVMParseIRInContext(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
    LLVMVerifyModule(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS),
    LLVMSetTarget(null, ADDRESS, ADDRESS),
    LLVMSetModuleDataLayout(null, ADDRESS, ADDRESS),
    LLVMCreatePassBuilderOptions(ADDRESS),
    LLVMDisposePassBuilderOptions(null, ADDRESS),
    LLVMRunPasses(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
    LLVMPrintModuleToString(ADDRESS, ADDRESS),
    LLVMTargetMachineEmitToMemoryBuffer(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS),
    LLVMGetBufferStart(ADDRESS, ADDRESS),
    LLVMGetBufferSize(JAVA_LONG, ADDRESS),
    LLVMDisposeMemoryBuffer(null, ADDRESS),
    LLVMDisposeModule(null, ADDRESS),
    LLVMDisposeMessage(null, ADDRESS),
    LLVMGetErrorMessage(ADDRESS, ADDRESS),
    LLVMDisposeErrorMessage(null, ADDRESS);

    private final FunctionDescriptor descriptor;
    private MethodHandle handle;

    LlvmFunction(MemoryLayout result, MemoryLayout... parameters) {
        descriptor = result == null ? FunctionDescriptor.ofVoid(parameters)
                : FunctionDescriptor.of(result, parameters);
    }

    /** Calls it with its parameters in order: segments, ints and longs. */
    Object call(Object... arguments) {
        try {
            return handle().invokeWithArguments(arguments);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable problem) {
            throw new IllegalStateException(name(), problem);
        }
    }

    /** Calls one that returns a pointer. */
    MemorySegment pointer(Object... arguments) {
        return (MemorySegment) call(arguments);
    }

    private synchronized MethodHandle handle() {
        if (handle == null) {
            var address = NativeLibraries.open(NativeLibrary.LLVM).find(name())
                    .orElseThrow(() -> new UnsatisfiedLinkError("libLLVM has no " + name()));
            handle = Linker.nativeLinker().downcallHandle(address, descriptor);
        }
        return handle;
    }
}
