package tfl.backend.small;

import java.util.Arrays;

/** One thread's arrays: f32 in floats, f64 in doubles, integers and bools (0 or 1) in longs. */
final class Registers {
    /** Elements of a register, and so the most that a small kernel may have. */
    static final int LENGTH = 4096;
    private static final ThreadLocal<Registers> LOCAL = ThreadLocal.withInitial(Registers::new);

    private float[][] floats = new float[0][];
    private double[][] doubles = new double[0][];
    private long[][] longs = new long[0][];

    /** This thread's registers, at least so many of each kind. */
    static Registers local(int count) {
        var registers = LOCAL.get();
        if (registers.floats.length < count) {
            registers.floats = Arrays.copyOf(registers.floats, count);
            registers.doubles = Arrays.copyOf(registers.doubles, count);
            registers.longs = Arrays.copyOf(registers.longs, count);
        }
        return registers;
    }

    float[] floats(int register) {
        var array = floats[register];
        return array != null ? array : (floats[register] = new float[LENGTH]);
    }

    double[] doubles(int register) {
        var array = doubles[register];
        return array != null ? array : (doubles[register] = new double[LENGTH]);
    }

    long[] longs(int register) {
        var array = longs[register];
        return array != null ? array : (longs[register] = new long[LENGTH]);
    }
}
