package tfl.backend.cpu;

import tfl.tensor.NativeMemory;

/** Complex numbers with their parts apart, so that loops over them vectorise. */
record ComplexArray(float[] re, float[] im) {
    ComplexArray(int length) {
        this(new float[length], new float[length]);
    }

    int length() {
        return re.length;
    }

    /**
     * The same with real and imaginary parts exchanged; a transform between two such exchanges is the inverse
     * one.
     */
    ComplexArray exchanged() {
        return new ComplexArray(im, re);
    }

    /** Reads {@code count} c64 numbers into the places from 0 on. */
    void load(long address, int count) {
        for (int i = 0; i < count; i++) {
            re[i] = NativeMemory.getFloat(address + 8L * i);
            im[i] = NativeMemory.getFloat(address + 8L * i + 4);
        }
    }

    void store(long address, int count) {
        for (int i = 0; i < count; i++) {
            NativeMemory.putFloat(address + 8L * i, re[i]);
            NativeMemory.putFloat(address + 8L * i + 4, im[i]);
        }
    }

    /** This times the other's element, for the first {@code count}. */
    void multiply(ComplexArray other, int count) {
        for (int i = 0; i < count; i++) {
            float real = re[i] * other.re[i] - im[i] * other.im[i];
            im[i] = re[i] * other.im[i] + im[i] * other.re[i];
            re[i] = real;
        }
    }

    /** {@code exp(-2 pi i k / n)} for k below n, each rounded once: products of two short tables in f64. */
    static ComplexArray roots(int n) {
        int step = Math.max(1, (int) Math.sqrt(n));
        var fine = new double[2 * step];
        for (int i = 0; i < step; i++) {
            fine[2 * i] = Math.cos(-2 * Math.PI * i / n);
            fine[2 * i + 1] = Math.sin(-2 * Math.PI * i / n);
        }
        var roots = new ComplexArray(n);
        for (int start = 0; start < n; start += step) {
            double cos = Math.cos(-2 * Math.PI * start / n);
            double sin = Math.sin(-2 * Math.PI * start / n);
            for (int i = 0; i < Math.min(step, n - start); i++) {
                roots.re[start + i] = (float) (cos * fine[2 * i] - sin * fine[2 * i + 1]);
                roots.im[start + i] = (float) (cos * fine[2 * i + 1] + sin * fine[2 * i]);
            }
        }
        return roots;
    }
}
