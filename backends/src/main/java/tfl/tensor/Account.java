package tfl.tensor;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How much the tensors of one owner may take, within what all may, and what they take. */
public final class Account {
    private static final int[] WAITS_MS = {5, 20, 80, 200};
    private static final int OWNERS_LISTED = 5;
    /** Says whose the tensors are that the current thread makes; null while nobody has a limit of his own. */
    private static volatile Supplier<Account> owner;

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /** An account of so many bytes. */
    public Account(long limit) {
        this.limit = limit;
    }

    /** From now on that function says who makes a tensor; it answers null for whoever has no limit. */
    public static void ask(Supplier<Account> whose) {
        owner = whose;
    }

    /** The account of whoever runs on this thread, or null. */
    static Account current() {
        var asked = owner;
        return asked == null ? null : asked.get();
    }

    /** Bytes that its tensors may take. */
    public long limit() {
        return limit;
    }

    /** Bytes that its tensors take, those only the collector can release included. */
    public long held() {
        return held.get();
    }

    void add(long bytes) {
        held.addAndGet(bytes);
    }

    /**
     * Whether so many bytes more may be used: returns, or throws.
     *
     * @throws OutOfTensorMemory if they may not, also after the collector has run
     */
    void admit(long bytes) {
        for (int wait : WAITS_MS) {
            if (held() + bytes <= limit) {
                return;
            }
            if (bytes <= limit) {
                collect(wait, limit - bytes);
            }
        }
        if (held() + bytes > limit) {
            throw new OutOfTensorMemory(bytes, this, Memory.largestOwners(this, OWNERS_LISTED));
        }
    }

    private void collect(int millis, long enough) {
        System.gc();
        long end = System.nanoTime() + millis * 1_000_000L;
        while (held() > enough && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000);
        }
    }
}
