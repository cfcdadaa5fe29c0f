package tfl.backend.cpu;

import tfl.tensor.DType;

/**
 * The tiles in which {@link DirectProduct} multiplies: two vectors for each row, so many that they, the vectors that
 * they are made of, and one more fill most of a processor's registers.
 *
 * @param bits of a vector; 0 where the processor cannot multiply and add in one step
 */
record Tiles(int bits, int rows) {
    static final Tiles HOST = host();

    private static Tiles host() {
        if (System.getProperty("os.arch").equals("aarch64")) {
            return new Tiles(128, 8);
        }
        if (HostProcessor.has("avx512f", "avx512vl", "fma")) {
            return new Tiles(512, 8);
        }
        return HostProcessor.has("avx2", "fma") ? new Tiles(256, 6) : new Tiles(0, 0);
    }

    /** How many numbers a vector holds. */
    int lanes(DType dtype) {
        return bits / 8 / dtype.bytes();
    }
}
