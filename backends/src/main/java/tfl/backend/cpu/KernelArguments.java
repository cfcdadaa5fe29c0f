package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/**
 * A row of 8-byte slots in native memory, one for each thread, in which the arguments of a call are laid
 * down. It grows, so addresses are good once the last argument is there.
 */
final class KernelArguments {
    private static final int SLOTS = 1024;
    private static final ThreadLocal<KernelArguments> OWN = ThreadLocal.withInitial(KernelArguments::new);
    private MemorySegment memory = Arena.ofAuto().allocate(8L * SLOTS, 64);
    private long address = memory.address();
    private int count;

    /** This thread's slots, empty. They are good until the thread asks again. */
    static KernelArguments start() {
        var arguments = OWN.get();
        arguments.count = 0;
        return arguments;
    }

    KernelArguments add(long value) {
        if (8L * count == memory.byteSize()) {
            grow();
        }
        NativeMemory.putLong(address + 8L * count++, value);
        return this;
    }

    private void grow() {
        var larger = Arena.ofAuto().allocate(2 * memory.byteSize(), 64);
        memory = larger.copyFrom(memory);
        address = memory.address();
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** The address of one more slot, which holds 0: for what the code has to say. */
    long answer() {
        add(0);
        return address + 8L * (count - 1);
    }

    /** Another value for an argument that is there. */
    void set(int slot, long value) {
        NativeMemory.putLong(address + 8L * Objects.checkIndex(slot, count), value);
    }

    KernelArguments addAll(long[] values) {
        for (long value : values) {
            add(value);
        }
        return this;
    }

    KernelArguments addresses(Tensor... tensors) {
        for (var tensor : tensors) {
            add(tensor.address());
        }
        return this;
    }

    long address() {
        return address;
    }
}
