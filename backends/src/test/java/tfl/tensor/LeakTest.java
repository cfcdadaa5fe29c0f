package tfl.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
