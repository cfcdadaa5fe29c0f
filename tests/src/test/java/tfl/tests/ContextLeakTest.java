package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tfl.embedding.Permission;
import tfl.embedding.Tfl;
import tfl.tensor.Memory;

/**
 * Sessions that were opened, used and closed leave nothing behind. As many as the property {@code tfl.test.contexts}
 * says, such as all 10000; few by default.
 */
class ContextLeakTest {
    private static final int CONTEXTS = Integer.getInteger("tfl.test.contexts", 60);
    private static final int WARM_UP = 20;
    private static final String PROGRAM = """
            import nn, io, data
            w = rand((300, 300))
            model = nn.dense(8, 4)
            @graph
            fn f(x) = tanh(x) * 2.0
            for i in 0..4 { f([1.0, 2]) }
            g = grad(x -> sum(x * x))([1.0, 2])
            io.save("x.npy", w)
            m = io.map("x.npy")
            total = sum(m)
            for x in data.range(4).map(x -> x * 2, parallel=2).prefetch(1) { total = total + x }
            """;

    @TempDir
    Path folder;

    /** What a process holds. */
    private record Held(long heap, long tensors, int threads, long files, long resident) {
        private static final int CALM = 10;
        private static final int PATIENCE = 600;
        private static final long NOISE = 1 << 20;

        /**
         * Once nothing falls any more: cleaners close files, and the collector gives back the pages of its heap, some
         * time after a collection.
         */
        static Held settled() throws IOException, InterruptedException {
            var lowest = now();
            for (int round = 0, calm = 0; calm < CALM && round < PATIENCE; round++, calm++) {
                System.gc();
                Thread.sleep(100);
                var next = now();
                if (next.isBelow(lowest)) {
                    lowest = next;
                    calm = 0;
                }
            }
            return lowest;
        }

        private static Held now() throws IOException {
            var machine = Runtime.getRuntime();
            return new Held(machine.totalMemory() - machine.freeMemory(), Memory.inUse(), Thread.activeCount(),
                    openFiles(), residentBytes());
        }

        private boolean isBelow(Held other) {
            return heap < other.heap - NOISE || tensors < other.tensors || threads < other.threads
                    || files < other.files || resident < other.resident - NOISE;
        }

        private static long openFiles() throws IOException {
            try (var files = Files.list(Path.of("/proc/self/fd"))) {
                return files.count();
            }
        }

        private static long residentBytes() throws IOException {
            return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
        }
    }

    @Test
    void sessionsLeaveNothingBehind() throws Exception {
        use(WARM_UP);
        var before = Held.settled();
        var sessions = use(CONTEXTS);
        var after = Held.settled();
        long kept = sessions.stream().filter(each -> each.get() != null).count();
        System.getLogger("tfl").log(System.Logger.Level.INFO, CONTEXTS + " contexts: before " + before + ", after "
                + after);
        assertTrue(kept <= 2, kept + " of " + CONTEXTS + " sessions are still held");
        assertTrue(after.heap() - before.heap() < (8L << 20) + CONTEXTS * 2_000L, before + " -> " + after);
        assertTrue(after.tensors() - before.tensors() < 8L << 20, before + " -> " + after);
        assertTrue(after.threads() <= before.threads() + 2, before + " -> " + after);
        assertTrue(after.files() <= before.files() + 4, before + " -> " + after);
        assertTrue(after.resident() - before.resident() < 256L << 20, before + " -> " + after);
    }

    private List<WeakReference<Object>> use(int count) {
        var sessions = new ArrayList<WeakReference<Object>>();
        for (int i = 0; i < count; i++) {
            try (var tfl = Tfl.builder().allow(Permission.WRITE_FILES, Permission.THREADS).workingFolder(folder)
                    .memoryLimit(1L << 30).open()) {
                tfl.run(PROGRAM);
                assertEquals(4, tfl.eval("len(model(ones((1, 8)))[0])").integer());
                sessions.add(new WeakReference<>(tfl.context()));
            }
        }
        return sessions;
    }
}
