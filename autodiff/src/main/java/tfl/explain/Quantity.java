package tfl.explain;

import java.util.Locale;
import tfl.lower.Report;

/** Numbers with units, two or three digits long; durations with three. */
public final class Quantity {
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};

    private Quantity() {}

    static String flops(long flops) {
        return scaled(flops, "FLOP");
    }

    static String bytes(long bytes) {
        return scaled(bytes, "B");
    }

    /** A duration. */
    public static String time(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 999_500) {
            return threeDigits(nanos / 1e3) + " µs";
        }
        return nanos < 999_500_000 ? threeDigits(nanos / 1e6) + " ms" : threeDigits(nanos / 1e9) + " s";
    }

    /** Work, memory moved, and how much of one for each of the other. */
    static String cost(long flops, long bytes) {
        var cost = flops(flops) + " · " + bytes(bytes);
        return flops == 0 || bytes == 0 ? cost : cost + " · " + digits((double) flops / bytes) + " FLOP/byte";
    }

    static String cost(Report.Entry kernel) {
        return cost(kernel.flops(), kernel.bytesRead() + kernel.bytesWritten());
    }

    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String scaled(long amount, String unit) {
        double rest = amount;
        int prefix = 0;
        while (rest >= 999.5) {
            rest /= 1000;
            prefix++;
        }
        return (prefix == 0 ? Long.toString(amount) : digits(rest)) + " " + PREFIXES[prefix] + unit;
    }

    private static String threeDigits(double number) {
        return String.format(Locale.ROOT, number >= 99.95 ? "%.0f" : number >= 9.995 ? "%.1f" : "%.2f", number);
    }

    private static String digits(double number) {
        return String.format(Locale.ROOT, number >= 9.95 ? "%.0f" : number >= 0.995 ? "%.1f" : "%.2f", number);
    }
}
