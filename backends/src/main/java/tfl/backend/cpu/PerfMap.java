package tfl.backend.cpu;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import tfl.backend.llvm.KernelSource;
import tfl.backend.llvm.LoopKernel;
import tfl.backend.llvm.ReduceKernel;
import tfl.backend.llvm.RowsKernel;
import tfl.backend.llvm.ScanKernel;
import tfl.kernel.Kernel;
import tfl.kernel.KernelPrinter;

/**
 * Tells Linux's {@code perf} what code lies where, if {@code TFL_PERF} is set: a line for each function of a kernel in
 * {@code /tmp/perf-PID.map}, which {@code perf report} looks into by itself.
 */
final class PerfMap {
    private static final int LONGEST = 160;
    private static final Path FILE = System.getenv("TFL_PERF") == null ? null
            : Path.of("/tmp", "perf-" + ProcessHandle.current().pid() + ".map");

    private PerfMap() {}

    /**
     * Notes functions.
     *
     * @param end where the memory of the last one ends
     */
    static void note(KernelSource source, Map<String, MemorySegment> functions, long end) {
        if (FILE != null) {
            try {
                Files.writeString(FILE, lines(label(source), functions, end), StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException full) {
                throw new IllegalStateException("TFL_PERF is set, and " + FILE + " cannot be written", full);
            }
        }
    }

    /** Start, length and name of each, as perf reads them. */
    static String lines(String label, Map<String, MemorySegment> functions, long end) {
        var places = new TreeMap<Long, String>();
        functions.forEach((name, address) -> places.put(address.address(), name));
        var text = new StringBuilder();
        places.forEach((start, name) -> {
            var next = places.higherKey(start);
            text.append("%x %x tfl %s: %s%n".formatted(start, (next == null ? end : next) - start, name, label));
        });
        return text.toString();
    }

    private static String label(KernelSource source) {
        Kernel kernel = switch (source) {
            case LoopKernel own -> own.loop();
            case ReduceKernel own -> own.reduce();
            case RowsKernel own -> own.rows();
            case ScanKernel own -> own.scan();
            default -> null;
        };
        var text = kernel == null ? source.toString() : KernelPrinter.print(kernel);
        return text.substring(0, Math.min(text.length(), LONGEST)).replace('\n', ' ');
    }
}
