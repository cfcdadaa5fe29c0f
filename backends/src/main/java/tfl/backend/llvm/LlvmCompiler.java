package tfl.backend.llvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Turns the text of an LLVM module into an object file for this machine. LLVM is loaded by the first call. Several
 * threads may compile at once, each with a target machine of its own.
 */
public final class LlvmCompiler {
    /** Part of every cache key: another version may emit other code. */
    public static final String VERSION = "llvm-20.1.7";

    /** How modules are optimised; part of every cache key too. */
    public static final String PASSES = "default<O3>";
    private static final int AGGRESSIVE = 3;
    private static final int POSITION_INDEPENDENT = 2;
    private static final int DEFAULT_CODE_MODEL = 0;
    private static final int ASSEMBLY_FILE = 0;
    private static final int OBJECT_FILE = 1;
    private static final int RETURN_STATUS = 2;
    private static boolean initialised;
    private static final Queue<LlvmCompiler> IDLE = new ConcurrentLinkedQueue<>();

    private final MemorySegment triple;
    private final MemorySegment machine;
    private final MemorySegment dataLayout;

    private LlvmCompiler() {
        initialise();
        triple = LlvmFunction.LLVMGetDefaultTargetTriple.pointer();
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(ADDRESS);
            var message = arena.allocate(ADDRESS);
            if ((int) LlvmFunction.LLVMGetTargetFromTriple.call(triple, out, message) != 0) {
                throw new IllegalStateException("LLVM does not know this machine: " + take(message));
            }
            var cpu = LlvmFunction.LLVMGetHostCPUName.pointer();
            var features = LlvmFunction.LLVMGetHostCPUFeatures.pointer();
            machine = LlvmFunction.LLVMCreateTargetMachine.pointer(out.get(ADDRESS, 0), triple, cpu, features,
                    AGGRESSIVE, POSITION_INDEPENDENT, DEFAULT_CODE_MODEL);
            LlvmFunction.LLVMDisposeMessage.call(cpu);
            LlvmFunction.LLVMDisposeMessage.call(features);
        }
        dataLayout = LlvmFunction.LLVMCreateTargetDataLayout.pointer(machine);
    }

    /**
     * Optimises a module and emits it.
     *
     * @return an ELF relocatable object
     * @throws IllegalStateException if LLVM refuses the module, with its reason: a bug of the generator
     */
    public static byte[] compile(String module) {
        return with(compiler -> compiler.emit(module, Output.OBJECT));
    }

    /** The module after optimisation, as text. */
    public static String optimised(String module) {
        return new String(with(compiler -> compiler.emit(module, Output.TEXT)), StandardCharsets.UTF_8);
    }

    /** The instructions that the module becomes. */
    public static String assembly(String module) {
        return new String(with(compiler -> compiler.emit(module, Output.ASSEMBLY)), StandardCharsets.UTF_8);
    }

    // No class initialiser: where the library cannot be unpacked, each attempt is to say so anew.
    private static synchronized void initialise() {
        if (!initialised) {
            LlvmFunction.LLVMInitializeX86TargetInfo.call();
            LlvmFunction.LLVMInitializeX86Target.call();
            LlvmFunction.LLVMInitializeX86TargetMC.call();
            LlvmFunction.LLVMInitializeX86AsmPrinter.call();
            initialised = true;
        }
    }

    private enum Output { OBJECT, TEXT, ASSEMBLY }

    private static byte[] with(Function<LlvmCompiler, byte[]> work) {
        var idle = IDLE.poll();
        var compiler = idle == null ? new LlvmCompiler() : idle;
        try {
            return work.apply(compiler);
        } finally {
            IDLE.add(compiler);
        }
    }

    private byte[] emit(String text, Output output) {
        var context = LlvmFunction.LLVMContextCreate.pointer();
        try (var arena = Arena.ofConfined()) {
            var module = parse(text, context, arena);
            try {
                LlvmFunction.LLVMSetTarget.call(module, triple);
                LlvmFunction.LLVMSetModuleDataLayout.call(module, dataLayout);
                optimise(module, arena);
                return output == Output.TEXT ? print(module) : object(module, output, arena);
            } finally {
                LlvmFunction.LLVMDisposeModule.call(module);
            }
        } finally {
            LlvmFunction.LLVMContextDispose.call(context);
        }
    }

    private MemorySegment parse(String text, MemorySegment context, Arena arena) {
        var bytes = arena.allocateFrom(text);
        var name = arena.allocateFrom("kernel");
        var buffer = LlvmFunction.LLVMCreateMemoryBufferWithMemoryRangeCopy.pointer(bytes,
                bytes.byteSize() - 1, name);
        var module = arena.allocate(ADDRESS);
        var message = arena.allocate(ADDRESS);
        if ((int) LlvmFunction.LLVMParseIRInContext.call(context, buffer, module, message) != 0) {
            throw new IllegalStateException("LLVM cannot read the kernel: " + take(message) + "\n" + text);
        }
        if ((int) LlvmFunction.LLVMVerifyModule.call(module.get(ADDRESS, 0), RETURN_STATUS, message) != 0) {
            throw new IllegalStateException("LLVM finds the kernel wrong: " + take(message) + "\n" + text);
        }
        return module.get(ADDRESS, 0);
    }

    private void optimise(MemorySegment module, Arena arena) {
        var options = LlvmFunction.LLVMCreatePassBuilderOptions.pointer();
        var error = LlvmFunction.LLVMRunPasses.pointer(module, arena.allocateFrom(PASSES), machine, options);
        LlvmFunction.LLVMDisposePassBuilderOptions.call(options);
        if (error.address() != 0) {
            var message = LlvmFunction.LLVMGetErrorMessage.pointer(error);
            var reason = string(message);
            LlvmFunction.LLVMDisposeErrorMessage.call(message);
            throw new IllegalStateException("LLVM cannot optimise the kernel: " + reason);
        }
    }

    private byte[] object(MemorySegment module, Output output, Arena arena) {
        var message = arena.allocate(ADDRESS);
        var out = arena.allocate(ADDRESS);
        if ((int) LlvmFunction.LLVMTargetMachineEmitToMemoryBuffer.call(machine, module,
                output == Output.ASSEMBLY ? ASSEMBLY_FILE : OBJECT_FILE, message, out) != 0) {
            throw new IllegalStateException("LLVM cannot emit the kernel: " + take(message));
        }
        var buffer = out.get(ADDRESS, 0);
        var size = (long) LlvmFunction.LLVMGetBufferSize.call(buffer);
        var bytes = LlvmFunction.LLVMGetBufferStart.pointer(buffer).reinterpret(size).toArray(JAVA_BYTE);
        LlvmFunction.LLVMDisposeMemoryBuffer.call(buffer);
        return bytes;
    }

    private static byte[] print(MemorySegment module) {
        var text = LlvmFunction.LLVMPrintModuleToString.pointer(module);
        var bytes = string(text).getBytes(StandardCharsets.UTF_8);
        LlvmFunction.LLVMDisposeMessage.call(text);
        return bytes;
    }

    /** The message at a pointer to it, which is freed. */
    private static String take(MemorySegment pointer) {
        var message = pointer.get(ADDRESS, 0);
        if (message.address() == 0) {
            return "no reason given";
        }
        var text = string(message);
        LlvmFunction.LLVMDisposeMessage.call(message);
        return text;
    }

    private static String string(MemorySegment text) {
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
