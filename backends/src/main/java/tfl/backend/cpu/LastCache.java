package tfl.backend.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tfl.tensor.DType;
import tfl.tensor.Shape;

/** The largest cache of the processor, which decides whether results are read from memory again anyhow. */
final class LastCache {
    private static final long UNKNOWN = 32L << 20;
    private static final long BYTES = bytes();

    private LastCache() {}

    /** Whether results that are written now are out of the cache before anybody reads them. */
    static boolean isOverrun(long read, long written) {
        return maybeOverrunBy(written) && read + written >= BYTES + BYTES / 2;
    }

    /** Whether results are large enough for {@link #isOverrun} to hold. */
    static boolean maybeOverrunBy(long written) {
        return written >= BYTES / 2;
    }

    /** Bytes that an input of that shape brings along: what is repeated by strides of zero counts once. */
    static long read(DType dtype, Shape shape, long[] strides) {
        long bytes = dtype.bytes();
        for (int axis = 0; axis < strides.length; axis++) {
            bytes *= strides[axis] == 0 ? 1 : shape.dim(axis);
        }
        return bytes;
    }

    private static long bytes() {
        for (int level = 4; level >= 2; level--) {
            var file = Path.of("/sys/devices/system/cpu/cpu0/cache/index" + level + "/size");
            try {
                var size = Files.readString(file).strip();
                if (size.matches("[1-9][0-9]{0,8}K")) {
                    return Long.parseLong(size.substring(0, size.length() - 1)) << 10;
                }
            } catch (IOException none) {
                // There is no cache of that level, or no such system: the next one down, or a guess.
            }
        }
        return UNKNOWN;
    }
}
