package tfl.backend.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import tfl.backend.KernelCancelled;
import tfl.tensor.DType;

/**
 * Products of large f32 matrices by oneDNN, whose kernels are faster than OpenBLAS's on x86-64. Which of the
 * two computes a product depends on its sizes and the processor alone, so that equal programs give equal bits.
 */
final class OneDnnGemm {
    /** Multiplications from which on it pays to load oneDNN, which takes longer than a thousand small products. */
    private static final long WORTHWHILE = 1 << 20;
    /** The same where OpenBLAS takes twice as long. */
    private static final long WORTHWHILE_ALONE = 1 << 17;
    private static final ReentrantLock PREPARING = new ReentrantLock();
    /** Whether it can, known from the first question on that no interrupt ended. */
    private static volatile Boolean ready;

    private OneDnnGemm() {}

    /** Whether it should do a product of these sizes, and can. */
    static boolean takes(DType dtype, ProductSizes sizes) {
        long work = sizes.work();
        return dtype == DType.F32 && (work >= WORTHWHILE || work >= WORTHWHILE_ALONE && OpenBlas.isDated())
                && isReady();
    }

    private static boolean isReady() {
        if (ready == null) {
            try {
                PREPARING.lockInterruptibly();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new KernelCancelled();
            }
            try {
                if (ready == null) {
                    ready = System.getProperty("os.arch").equals("amd64") && prepare();
                }
            } finally {
                PREPARING.unlock();
            }
        }
        return ready;
    }

    /**
     * {@code to = from with + more to}, all row-major, or {@code T} transposed: {@code [m, k]} by {@code [k, n]}, with
     * the distance of their rows in elements.
     */
    static void run(boolean turnA, boolean turnB, long m, long n, long k, MemorySegment from, long leadA,
            MemorySegment with, long leadB, float more, MemorySegment to, long lead) {
        OneDnn.stayOnThisThread();
        OneDnn.SGEMM.call(letter(turnA), letter(turnB), m, n, k, 1f, from, leadA, with, leadB, more, to, lead);
    }

    private static byte letter(boolean turned) {
        return (byte) (turned ? 'T' : 'N');
    }

    private static boolean prepare() {
        try {
            NativeThread.run(OneDnnGemm::compile);
            return true;
        } catch (OneDnn.Unsupported | LinkageError noWay) {
            // OpenBLAS computes them, only slower; doctor tells of a library that is missing.
            return false;
        }
    }

    /** oneDNN writes its machine code at the first product, which takes much stack. */
    private static void compile() {
        try (var arena = Arena.ofConfined()) {
            var matrix = arena.allocate(64 * 64 * 4, 64);
            var result = arena.allocate(64 * 64 * 4, 64);
            run(false, false, 64, 64, 64, matrix, 64, matrix, 64, 0f, result, 64);
        }
    }
}
