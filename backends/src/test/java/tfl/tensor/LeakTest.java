package tfl.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The process does not grow, whether tensors are released or left to the collector. */
@EnabledOnOs(OS.LINUX)
class LeakTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void releasedTensorsLeaveTheResidentSetFlat() throws IOException {
        churn(100, true);
        long before = resident();
        churn(20_000, true);
        long growth = resident() - before;
        assertTrue(growth < 64 * MEGABYTE, "grew by " + growth / MEGABYTE + " MB");
    }

    @Test
    void forgottenTensorsAreBounded() throws IOException {
        long limit = Memory.limit();
        Memory.limit(Memory.inUse() + 512 * MEGABYTE);
        try {
            churn(100, false);
            long before = resident();
            churn(1_500, false);
            long growth = resident() - before;
            assertTrue(growth < 640 * MEGABYTE, "grew by " + growth / MEGABYTE + " MB");
        } finally {
            Memory.limit(limit);
        }
    }

    @Test
    void blocksBetweenOthersGoBackToTheSystem() throws IOException {
        // A C library that has seen one block of a size freed maps no more of them.
        middling(8).forEach(Tensor::discard);
        Memory.trim();
        var tensors = middling(400);
        long before = resident();
        for (int i = 0; i < tensors.size(); i++) {
            if (i % 16 != 15) {
                tensors.get(i).discard();
            }
        }
        Memory.trim();
        long freed = before - resident();
        assertTrue(freed > 100 * MEGABYTE, "of 131 MB " + freed / MEGABYTE + " went back");
        tensors.forEach(Tensor::discard);
    }

    @Test
    void freedBlocksBetweenOthersServeTheNext() {
        int bytes = 50_000;
        long[] blocks = LongStream.generate(() -> SystemMemory.allocate(bytes)).limit(200).toArray();
        var freed = new HashSet<Long>();
        for (int i = 0; i < blocks.length; i += 2) {
            SystemMemory.free(blocks[i], bytes);
            freed.add(blocks[i]);
        }
        int served = 0;
        for (int i = 0; i < blocks.length; i += 2) {
            blocks[i] = SystemMemory.allocate(bytes);
            served += freed.contains(blocks[i]) ? 1 : 0;
        }
        for (long block : blocks) {
            SystemMemory.free(block, bytes);
        }
        assertTrue(served > 50, served + " of 100");
    }

    /** Tensors of 360,000 bytes, whose pages are there. */
    private static List<Tensor> middling(int count) {
        return Stream.generate(() -> {
            var tensor = Tensor.allocate(DType.F32, 90_000);
            for (long at = 0; at < 360_000; at += 4096) {
                NativeMemory.putByte(tensor.address() + at, (byte) 1);
            }
            return tensor;
        }).limit(count).toList();
    }

    /** Each round touches a large tensor, a small one and a view of sizes that vary. */
    private static void churn(int rounds, boolean release) {
        for (int i = 0; i < rounds; i++) {
            var large = Tensor.allocate(DType.F32, (1 << 20) + i % 7 * 1000);
            for (long at = 0; at < large.type().bytes(); at += 4096) {
                NativeMemory.putByte(large.address() + at, (byte) i);
            }
            var small = Tensor.scalar(DType.F64, (double) i);
            var view = large.slice(0, 10, 1, 100);
            if (release) {
                large.discard();
                small.discard();
                view.discard();
            }
        }
    }

    private static long resident() throws IOException {
        var fields = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(fields[1]) * 4096;
    }
}
