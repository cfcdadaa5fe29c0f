package tfl.tensor;

import java.lang.ref.Cleaner;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The memory of all tensors: how much there is, who has it, and what may be asked for.
 *
 * <p>The limit comes from {@code TFL_MEMORY} (or the property {@code tfl.memory}), such as {@code 8g} or {@code 50%};
 * without it, from the machine's or the container's memory.
 */
public final class Memory {
    static final Cleaner CLEANER = Cleaner.create();
    static final BlockCache CACHE = new BlockCache();
    /** How long the collector's cleaners get before a request is refused. */
    private static final int[] WAITS_MS = {5, 20, 80, 200};
    private static final int OWNERS_LISTED = 5;

    /** Zero until first asked for, so that a bad setting is an ordinary error. */
    private static volatile long limit;
    private static volatile long collectAt;
    private static final AtomicBoolean COLLECTING = new AtomicBoolean();

    private Memory() {}

    /** Who holds how much; the owner is a type, or a name that {@link Tensor#label} gave. */
    public record Owner(String name, long bytes) {
        @Override
        public String toString() {
            return name + " (" + OutOfTensorMemory.bytes(bytes) + ")";
        }
    }

    /** Bytes that tensors hold now, those only the collector can release included. */
    public static long inUse() {
        return Block.IN_USE.get();
    }

    /** Free bytes kept for the next tensors. */
    public static long cached() {
        return CACHE.bytes();
    }

    /**
     * Bytes that tensors may hold together.
     *
     * @throws IllegalArgumentException if {@code TFL_MEMORY} says no size
     */
    public static long limit() {
        if (limit == 0) {
            limit(MemoryLimit.read());
        }
        return limit;
    }

    /** The bytes that a text such as {@code 64m} says, or 0 if it says no size. */
    public static long size(String text) {
        try {
            return MemoryLimit.parse(text, Long.MAX_VALUE);
        } catch (IllegalArgumentException none) {
            return 0;
        }
    }

    /** Sets the limit for the tensors to come. */
    public static void limit(long bytes) {
        limit = bytes;
        collectAt = bytes / 16;
    }

    /** Gives the free bytes back to the system. */
    public static void trim() {
        CACHE.trim(0);
    }

    /** The largest holders of a mebibyte or more, largest first. */
    public static List<Owner> largestOwners(int most) {
        return largest(Block.CLAIMS.stream(), most);
    }

    private static List<Owner> largest(Stream<Block.Claim> claims, int most) {
        return claims
                .sorted(Comparator.comparingLong((Block.Claim claim) -> claim.bytes).reversed())
                .limit(most)
                .map(claim -> new Owner(String.valueOf(claim.owner), claim.bytes))
                .toList();
    }

    static long cacheLimit() {
        return limit() / 8;
    }

    /** Memory for that many bytes. */
    static Chunk chunk(long bytes) {
        if (bytes <= CellCache.MOST) {
            return CellCache.local().take((int) bytes);
        }
        var part = Arena.local().take(bytes);
        return part == null ? block(bytes) : part;
    }

    /** A block for an arena of so many bytes, or null where it cannot be had at once. */
    static Block arena(long bytes) {
        long rounded = BlockCache.rounded(bytes);
        var account = Account.current();
        long room = Math.min(limit() - inUse(), account == null ? Long.MAX_VALUE : account.limit() - account.held());
        if (rounded > room) {
            return null;
        }
        var block = CACHE.takeLarger(rounded);
        if (block != null && block.bytes() > room) {
            CACHE.give(block);
            return null;
        }
        if (block == null) {
            // It serves many sizes; the blocks that served each of them until now would only lie beside it.
            CACHE.trimBelow(rounded, rounded);
            CACHE.trim(Math.max(0, limit - inUse() - rounded));
            long address = SystemMemory.allocate(rounded);
            if (address == 0) {
                return null;
            }
            block = new Block(address, rounded);
        }
        block.use(account);
        collectSoon();
        return block;
    }

    /** The largest holders that are charged to an account. */
    static List<Owner> largestOwners(Account account, int most) {
        return largest(Block.CLAIMS.stream().filter(claim -> claim.account == account), most);
    }

    static Block block(long bytes) {
        var account = Account.current();
        if (account != null) {
            account.admit(BlockCache.rounded(bytes));
        }
        if (bytes > limit()) {
            throw exhausted(bytes);
        }
        long rounded = BlockCache.rounded(bytes);
        var block = inUse() + rounded <= limit() ? CACHE.take(rounded) : null;
        if (block == null) {
            block = fresh(bytes, rounded);
        }
        block.use(account);
        collectSoon();
        return block;
    }

    /** Whether so many bytes more may be used: returns, or throws. */
    static void admit(long bytes) {
        for (int wait : WAITS_MS) {
            if (inUse() + bytes <= limit()) {
                collectSoon();
                return;
            }
            collect(wait, limit() - bytes);
        }
        throw exhausted(bytes);
    }

    private static void collectSoon() {
        if (inUse() > collectAt) {
            collectAside();
        }
    }

    private static Block fresh(long bytes, long rounded) {
        if (inUse() + CACHE.bytes() + rounded > limit) {
            CACHE.trim(Math.max(0, limit - inUse() - rounded));
        }
        for (int wait : WAITS_MS) {
            if (inUse() + rounded <= limit) {
                long address = SystemMemory.allocate(rounded);
                if (address != 0) {
                    return new Block(address, rounded);
                }
                trim();
            }
            collect(wait, limit() - rounded);
        }
        throw exhausted(bytes);
    }

    static OutOfTensorMemory exhausted(long bytes) {
        return new OutOfTensorMemory(bytes, inUse(), limit(), largestOwners(OWNERS_LISTED));
    }

    /** The Java heap sees only the small handles, so it must be told when much memory hangs on them. */
    private static void collectAside() {
        if (COLLECTING.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("tensor-memory").start(() -> {
                collect(WAITS_MS[2], 0);
                collectAt = Math.max(limit() / 16, 2 * inUse());
                COLLECTING.set(false);
            });
        }
    }

    /** Lets the collector run, and its cleaners until {@code enough} bytes are in use at most, but no longer. */
    private static void collect(int millis, long enough) {
        System.gc();
        long end = System.nanoTime() + millis * 1_000_000L;
        while (inUse() > enough && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000);
        }
    }
}
