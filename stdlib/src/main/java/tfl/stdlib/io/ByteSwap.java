package tfl.stdlib.io;

/** Turns big-endian elements into little-endian ones and back. */
final class ByteSwap {
    private ByteSwap() {}

    /** The same array, with the bytes of each element of that width reversed. */
    static byte[] swap(byte[] bytes, int width) {
        for (int start = 0; width > 1 && start < bytes.length; start += width) {
            for (int low = start, high = start + width - 1; low < high; low++, high--) {
                byte kept = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = kept;
            }
        }
        return bytes;
    }
}
