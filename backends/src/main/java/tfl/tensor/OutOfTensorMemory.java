package tfl.tensor;

import java.util.List;

/** More memory was asked for than the limit leaves. */
public final class OutOfTensorMemory extends RuntimeException {
    private final long requested;
    private final long inUse;
    private final long limit;
    private final transient List<Memory.Owner> owners;
    private final boolean own;

    OutOfTensorMemory(long requested, long inUse, long limit, List<Memory.Owner> owners) {
        super("out of memory: " + bytes(requested) + " more were asked for, " + bytes(inUse) + " of at most "
                + bytes(limit) + " are in use");
        this.requested = requested;
        this.inUse = inUse;
        this.limit = limit;
        this.owners = owners;
        this.own = false;
    }

    /** An account has no room for so many bytes more. */
    OutOfTensorMemory(long requested, Account account, List<Memory.Owner> owners) {
        super("out of memory: " + bytes(requested) + " more were asked for, and this program has "
                + bytes(account.held()) + " of the " + bytes(account.limit()) + " that it may take");
        this.requested = requested;
        this.inUse = account.held();
        this.limit = account.limit();
        this.owners = owners;
        this.own = true;
    }

    /** Whether it is the limit of one program that was reached, and not that of the process. */
    public boolean isOfOneProgram() {
        return own;
    }

    public long requested() {
        return requested;
    }

    public long inUse() {
        return inUse;
    }

    public long limit() {
        return limit;
    }

    /** The largest holders at that moment, largest first. */
    public List<Memory.Owner> owners() {
        return owners;
    }

    /** A size as people read it: {@code 384 B}, {@code 1.5 MB}; units are powers of 1024. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double scaled = bytes / Math.pow(1024, power);
        var number = scaled >= 100 || scaled == Math.rint(scaled) ? String.valueOf(Math.round(scaled))
                : String.valueOf(Math.round(scaled * 10) / 10.0);
        return number + " " + " KMGTPE".charAt(power) + "B";
    }
}
