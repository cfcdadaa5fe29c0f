package tfl.interpreter.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What the machine was busy with since this object was made, as far as the system tells. */
final class Load {
    private static final double TICKS = 100;
    private static final double BUSY = 0.1;
    private static final long PAUSE_MILLIS = 500;

    private final long start = System.nanoTime();
    private final double used = othersSeconds();

    /** The processors that other processes kept busy, 0.0 on average for none; NaN where the system does not tell. */
    double otherCores() {
        double seconds = (System.nanoTime() - start) / 1e9;
        double others = (othersSeconds() - used) / seconds;
        return seconds < 0.1 ? 0 : others < 0 ? 0 : others;
    }

    /** Whether that is too much to measure beside. */
    static boolean disturbs(double otherCores) {
        return otherCores > BUSY;
    }

    /** Waits until others are idle, no longer than that. */
    static void awaitIdle(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        boolean busy = seconds > 0;
        while (busy && System.nanoTime() < end) {
            var load = new Load();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
            busy = disturbs(load.otherCores());
        }
    }

    /** The seconds that the VM's compilers have worked in this process; 0 where it has none. */
    static double compilerSeconds() {
        var compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null ? 0 : compilers.getTotalCompilationTime() / 1e3;
    }

    /** The most memory that this process has had, in MB of 2^20 bytes; NaN where the system does not tell. */
    static double peakMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]) / 1024).findFirst()
                    .orElse(Double.NaN);
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }

    private static double othersSeconds() {
        try {
            var all = fields(Files.readAllLines(Path.of("/proc/stat")).getFirst(), 1);
            var line = Files.readString(Path.of("/proc/self/stat"));
            var own = fields(line.substring(line.lastIndexOf(')') + 1).strip(), 11);
            // User, nice, system, interrupts and what other guests of the host took; idle and waiting left out.
            double busy = all[0] + all[1] + all[2] + all[5] + all[6] + all[7];
            return (busy - own[0] - own[1] - own[2] - own[3]) / TICKS;
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }

    private static double[] fields(String line, int from) {
        var words = line.split("\\s+");
        return Arrays.stream(words, from, Math.min(words.length, from + 8)).mapToDouble(Double::parseDouble).toArray();
    }
}
