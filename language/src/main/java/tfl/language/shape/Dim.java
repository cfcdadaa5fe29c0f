package tfl.language.shape;

import java.util.function.Supplier;

/**
 * One size of a shape: {@code name * factor + offset}, a number if there is no name, or nothing known.
 *
 * @param name a dimension of an annotation, or an int that is not known; null for a number
 * @param owner tells equal names of different functions apart
 */
public record Dim(String name, Object owner, long factor, long offset) {
    /** Any size. */
    public static final Dim UNKNOWN = new Dim("_", new Object(), 1, 0);

    public static Dim of(long size) {
        return new Dim(null, null, 0, size);
    }

    static Dim named(String name, Object owner) {
        return new Dim(name, owner, 1, 0);
    }

    public boolean isNumber() {
        return name == null;
    }

    boolean isKnown() {
        return this != UNKNOWN;
    }

    boolean is(long size) {
        return isNumber() && offset == size;
    }

    /** Whether no values of the names make both equal. */
    boolean surelyDiffers(Dim other) {
        return isNumber() && other.isNumber() ? offset != other.offset
                : sameName(other) && factor == other.factor && offset != other.offset;
    }

    /** Whether both are equal, whatever the names stand for. */
    boolean surelyEquals(Dim other) {
        return isKnown() && other.isKnown() && (isNumber() && other.isNumber() || sameName(other))
                && factor == other.factor && offset == other.offset;
    }

    private boolean sameName(Dim other) {
        return name != null && name.equals(other.name) && owner == other.owner && isKnown();
    }

    Dim plus(Dim other) {
        if (!isKnown() || !other.isKnown() || !isNumber() && !other.isNumber()) {
            return UNKNOWN;
        }
        return exactly(() -> sum(isNumber() ? other : this, Math.addExact(offset, other.offset)));
    }

    private static Dim sum(Dim named, long offset) {
        return named.isNumber() ? of(offset) : new Dim(named.name, named.owner, named.factor, offset);
    }

    Dim minus(Dim other) {
        if (surelyEquals(other)) {
            return of(0);
        }
        return isKnown() && other.isNumber() ? exactly(() -> sum(this, Math.subtractExact(offset, other.offset)))
                : UNKNOWN;
    }

    Dim times(Dim other) {
        if (!isKnown() || !other.isKnown() || !isNumber() && !other.isNumber()) {
            return UNKNOWN;
        }
        long by = isNumber() ? offset : other.offset;
        var named = isNumber() ? other : this;
        return exactly(() -> named.isNumber() ? of(Math.multiplyExact(named.offset, by)) : by == 0 ? of(0)
                : new Dim(named.name, named.owner, Math.multiplyExact(named.factor, by),
                        Math.multiplyExact(named.offset, by)));
    }

    /** What does not fit is an error of the program, which says so itself. */
    private static Dim exactly(Supplier<Dim> calculation) {
        try {
            return calculation.get();
        } catch (ArithmeticException overflow) {
            return UNKNOWN;
        }
    }

    @Override
    public String toString() {
        if (isNumber()) {
            return String.valueOf(offset);
        }
        return name + (factor == 1 ? "" : "*" + factor) + (offset == 0 ? "" : offset > 0 ? "+" + offset : "" + offset);
    }
}
