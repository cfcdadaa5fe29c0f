package tfl.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How much memory tensors may take: what the user said, else a share of the machine's or the container's. */
final class MemoryLimit {
    private static final int DEFAULT_PERCENT = 80;

    private MemoryLimit() {}

    static long read() {
        var said = System.getProperty("tfl.memory", System.getenv("TFL_MEMORY"));
        long all = available();
        return said == null || said.isBlank() ? all / 100 * DEFAULT_PERCENT : parse(said, all);
    }

    /**
     * Bytes of {@code 8g}, {@code 500m}, {@code 50%} or a plain number.
     *
     * @throws IllegalArgumentException for anything else
     */
    static long parse(String said, long all) {
        var text = said.strip().toLowerCase(Locale.ROOT).replaceFirst("i?b$", "");
        int last = text.length() - 1;
        try {
            double number = Double.parseDouble("kmgt%".indexOf(text.charAt(last)) < 0 ? text : text.substring(0, last));
            double unit = switch (text.charAt(last)) {
                case 'k' -> 1L << 10;
                case 'm' -> 1L << 20;
                case 'g' -> 1L << 30;
                case 't' -> 1L << 40;
                case '%' -> all / 100.0;
                default -> 1;
            };
            if (number > 0 && number < 1e18) {
                return (long) (number * unit);
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException problem) {
            // Reported below, with every other text that says no size.
        }
        throw new IllegalArgumentException("TFL_MEMORY is '" + said + "', which is no size such as 8g, 500m or 50%");
    }

    /** Physical memory, or the container's share of it. Where neither can be read, what Java's own default implies. */
    private static long available() {
        long least = machine();
        for (var line : lines(Path.of("/proc/self/cgroup"))) {
            var parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                least = Math.min(least, limitOf("/sys/fs/cgroup" + parts[2] + "/memory.max"));
                least = Math.min(least, limitOf("/sys/fs/cgroup/memory.max"));
            } else if (parts.length == 3 && parts[1].contains("memory")) {
                least = Math.min(least, limitOf("/sys/fs/cgroup/memory" + parts[2] + "/memory.limit_in_bytes"));
                least = Math.min(least, limitOf("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
            }
        }
        return least;
    }

    private static long machine() {
        for (var line : lines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        return Runtime.getRuntime().maxMemory() * 4;
    }

    private static long limitOf(String file) {
        var lines = lines(Path.of(file));
        return lines.isEmpty() || !lines.getFirst().matches("\\d{1,18}") ? Long.MAX_VALUE
                : Long.parseLong(lines.getFirst());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
