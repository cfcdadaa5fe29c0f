package tfl.tensor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Memory from the system. While in use its claim is counted; unreachable, the cleaner gives it back to the system. */
final class Block implements Chunk {
    /** Bytes of all blocks that exist and are not in the cache. */
    static final AtomicLong IN_USE = new AtomicLong();
    /** The claims of large blocks in use. */
    static final Set<Claim> CLAIMS = ConcurrentHashMap.newKeySet();
    private static final long LARGE = 1 << 20;

    private final Claim claim;
    private final Runnable free;

    /** What the cleaner needs to know of a block: everything but the block. */
    static final class Claim implements Runnable {
        final long address;
        final long bytes;
        volatile Object owner;
        private boolean used;

        Claim(long address, long bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        synchronized void use(boolean now) {
            if (used == now) {
                return;
            }
            used = now;
            owner = null;
            IN_USE.addAndGet(now ? bytes : -bytes);
            if (bytes >= LARGE) {
                if (now) {
                    CLAIMS.add(this);
                } else {
                    CLAIMS.remove(this);
                }
            }
        }

        @Override
        public void run() {
            use(false);
            SystemMemory.free(address, bytes);
        }
    }

    /** Takes over memory that {@link SystemMemory#allocate} gave. */
    Block(long address, long bytes) {
        this.claim = new Claim(address, bytes);
        this.free = Memory.CLEANER.register(this, claim)::clean;
    }

    @Override
    public long address() {
        return claim.address;
    }

    long bytes() {
        return claim.bytes;
    }

    /** Counts the block as used from now on, or as cached. */
    void use(boolean now) {
        claim.use(now);
    }

    @Override
    public void label(Object owner) {
        claim.owner = owner;
    }

    @Override
    public void giveBack() {
        use(false);
        Memory.CACHE.give(this);
    }

    /** Back to the system, at once. */
    void free() {
        free.run();
    }
}
