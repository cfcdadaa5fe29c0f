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
        /** Who the bytes are charged to while they are used; null for nobody. */
        volatile Account account;
        private boolean used;

        Claim(long address, long bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        synchronized void use(boolean now, Account whose) {
            if (used == now) {
                return;
            }
            used = now;
            owner = null;
            charge(whose);
            IN_USE.addAndGet(now ? bytes : -bytes);
            if (bytes >= LARGE) {
                if (now) {
                    CLAIMS.add(this);
                } else {
                    CLAIMS.remove(this);
                }
            }
        }

        private void charge(Account whose) {
            if (account != null) {
                account.add(-bytes);
            }
            account = whose;
            if (whose != null) {
                whose.add(bytes);
            }
        }

        @Override
        public void run() {
            use(false, null);
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

    /** Counts the block as used from now on, by that account or by none. */
    void use(Account whose) {
        claim.use(true, whose);
    }

    @Override
    public void label(Object owner) {
        claim.owner = owner;
    }

    @Override
    public void giveBack() {
        claim.use(false, null);
        Memory.CACHE.give(this);
    }

    /** Back to the system, at once. */
    void free() {
        free.run();
    }
}
