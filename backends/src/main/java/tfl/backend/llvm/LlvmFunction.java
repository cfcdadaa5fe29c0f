package tfl.backend.llvm;

import java.lang.foreign.MemorySegment;
import tfl.backend.NativeFunction;
import tfl.backend.NativeLibraries;
import tfl.backend.NativeLibrary;

/**
 * The functions of LLVM's C interface that we call, one a row, with its signature as {@link NativeFunction} reads it.
 */
enum LlvmFunction {
    LLVMInitializeX86TargetInfo("v"),
    LLVMInitializeX86Target("v"),
    LLVMInitializeX86TargetMC("v"),
    LLVMInitializeX86AsmPrinter("v"),
    LLVMGetHostCPUName("p"),
    LLVMGetHostCPUFeatures("p"),
    LLVMGetDefaultTargetTriple("p"),
    LLVMGetTargetFromTriple("ippp"),
    LLVMCreateTargetMachine("pppppiii"),
    LLVMCreateTargetDataLayout("pp"),
    LLVMDisposeTargetData("vp"),
    LLVMContextCreate("p"),
    LLVMContextDispose("vp"),
    LLVMCreateMemoryBufferWithMemoryRangeCopy("pplp"),
    LLVMParseIRInContext("ipppp"),
    LLVMVerifyModule("ipip"),
    LLVMSetTarget("vpp"),
    LLVMSetModuleDataLayout("vpp"),
    LLVMCreatePassBuilderOptions("p"),
    LLVMDisposePassBuilderOptions("vp"),
    LLVMRunPasses("ppppp"),
    LLVMPrintModuleToString("pp"),
    LLVMTargetMachineEmitToMemoryBuffer("ippipp"),
    LLVMGetBufferStart("pp"),
    LLVMGetBufferSize("lp"),
    LLVMDisposeMemoryBuffer("vp"),
    LLVMDisposeModule("vp"),
    LLVMDisposeMessage("vp"),
    LLVMGetErrorMessage("pp"),
    LLVMDisposeErrorMessage("vp");

    private final String signature;
    private volatile NativeFunction function;

    LlvmFunction(String signature) {
        this.signature = signature;
    }

    /** Calls it with its parameters in order: segments, ints and longs. The first call of any of them loads LLVM. */
    Object call(Object... arguments) {
        var bound = function;
        if (bound == null) {
            function = bound = new NativeFunction(NativeLibraries.open(NativeLibrary.LLVM), name(), signature);
        }
        return bound.call(arguments);
    }

    /** Calls one that returns a pointer. */
    MemorySegment pointer(Object... arguments) {
        return (MemorySegment) call(arguments);
    }
}
