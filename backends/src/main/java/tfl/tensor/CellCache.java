package tfl.tensor;

/** One thread's free cells, by size: making a small tensor takes neither a lock nor a system call. */
final class CellCache {
    static final int LINE = 64;
    /** The largest request a cell serves. */
    static final int MOST = 1024;
    /** Free cells kept of one size; a cell beyond these is left to its slab's cleaner. */
    private static final int KEPT = 4096;
    private static final ThreadLocal<CellCache> LOCAL = ThreadLocal.withInitial(CellCache::new);

    private final Cell[] free = new Cell[MOST / LINE + 1];
    private final int[] counts = new int[MOST / LINE + 1];
    private Slab slab;

    static CellCache local() {
        return LOCAL.get();
    }

    /** A cell of at least so many bytes, {@code 0 <= bytes <= MOST}. */
    Cell take(int bytes) {
        int lines = Math.max(1, (bytes + LINE - 1) / LINE);
        var cell = free[lines];
        if (cell == null) {
            return cut(lines);
        }
        free[lines] = cell.next;
        counts[lines]--;
        cell.next = null;
        return cell;
    }

    void give(Cell cell) {
        if (counts[cell.lines] < KEPT) {
            counts[cell.lines]++;
            cell.next = free[cell.lines];
            free[cell.lines] = cell;
        }
    }

    private Cell cut(int lines) {
        var cell = slab == null ? null : slab.cut(lines);
        if (cell == null) {
            slab = new Slab();
            cell = slab.cut(lines);
        }
        return cell;
    }
}
