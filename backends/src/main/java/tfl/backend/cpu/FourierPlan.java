package tfl.backend.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Stockham's self-sorting transform (Van Loan, "Computational Frameworks for the Fast Fourier Transform",
 * 1.7) of lengths whose prime factors are small. A pass of radix r turns {@code x[q + s (p + k m)]} into
 * {@code y[q + s (r p + t)]}, with {@code m} the rest of the length and {@code s} what is done of it.
 */
final class FourierPlan {
    private static final int LARGEST_FACTOR = 13;
    private static final int GRAIN = 1 << 14;

    private final int length;
    private final List<Integer> radices;
    private final ComplexArray roots;

    private FourierPlan(int length, List<Integer> radices) {
        this.length = length;
        this.radices = radices;
        this.roots = ComplexArray.roots(length);
    }

    /** A plan, or null for a length with a large prime factor. */
    static FourierPlan of(int length) {
        var radices = new ArrayList<Integer>();
        int rest = length;
        for (int radix : new int[] {4, 2, 3, 5, 7, 11, LARGEST_FACTOR}) {
            while (rest % radix == 0) {
                radices.add(radix);
                rest /= radix;
            }
        }
        return rest == 1 ? new FourierPlan(length, radices) : null;
    }

    /** Transforms; both arrays are used, and the one that holds the result is returned. */
    ComplexArray transform(ComplexArray x, ComplexArray y) {
        var from = x;
        var to = y;
        int done = 1;
        for (int radix : radices) {
            pass(radix, from, to, done);
            var next = from;
            from = to;
            to = next;
            done *= radix;
        }
        return from;
    }

    private void pass(int radix, ComplexArray x, ComplexArray y, int s) {
        int m = length / s / radix;
        boolean outer = m >= Workers.count();
        Workers.ranges(outer ? m : s, Math.max(1, GRAIN / (length / (outer ? m : s))), (start, end) -> {
            int firstP = outer ? (int) start : 0;
            int lastP = outer ? (int) end : m;
            int firstQ = outer ? 0 : (int) start;
            int lastQ = outer ? s : (int) end;
            for (int p = firstP; p < lastP; p++) {
                switch (radix) {
                    case 2 -> radix2(x, y, s, m, p, firstQ, lastQ);
                    case 4 -> radix4(x, y, s, m, p, firstQ, lastQ);
                    default -> radixAny(radix, x, y, s, m, p, firstQ, lastQ);
                }
            }
        });
    }

    private void radix2(ComplexArray x, ComplexArray y, int s, int m, int p, int first, int last) {
        float[] xr = x.re();
        float[] xi = x.im();
        float[] yr = y.re();
        float[] yi = y.im();
        float wr = roots.re()[p * s];
        float wi = roots.im()[p * s];
        int a = s * p;
        int b = a + s * m;
        int to = 2 * s * p;
        for (int q = first; q < last; q++) {
            float dr = xr[a + q] - xr[b + q];
            float di = xi[a + q] - xi[b + q];
            yr[to + q] = xr[a + q] + xr[b + q];
            yi[to + q] = xi[a + q] + xi[b + q];
            yr[to + s + q] = wr * dr - wi * di;
            yi[to + s + q] = wr * di + wi * dr;
        }
    }

    private void radix4(ComplexArray x, ComplexArray y, int s, int m, int p, int first, int last) {
        float[] xr = x.re();
        float[] xi = x.im();
        float[] yr = y.re();
        float[] yi = y.im();
        float w1r = roots.re()[p * s];
        float w1i = roots.im()[p * s];
        float w2r = roots.re()[2 * p * s];
        float w2i = roots.im()[2 * p * s];
        float w3r = roots.re()[3 * p * s];
        float w3i = roots.im()[3 * p * s];
        int a = s * p;
        int b = a + s * m;
        int c = b + s * m;
        int d = c + s * m;
        int to = 4 * s * p;
        for (int q = first; q < last; q++) {
            float acr = xr[a + q] + xr[c + q];
            float aci = xi[a + q] + xi[c + q];
            float amr = xr[a + q] - xr[c + q];
            float ami = xi[a + q] - xi[c + q];
            float bdr = xr[b + q] + xr[d + q];
            float bdi = xi[b + q] + xi[d + q];
            float bmr = xr[b + q] - xr[d + q];
            float bmi = xi[b + q] - xi[d + q];
            yr[to + q] = acr + bdr;
            yi[to + q] = aci + bdi;
            yr[to + s + q] = w1r * (amr + bmi) - w1i * (ami - bmr);
            yi[to + s + q] = w1r * (ami - bmr) + w1i * (amr + bmi);
            yr[to + 2 * s + q] = w2r * (acr - bdr) - w2i * (aci - bdi);
            yi[to + 2 * s + q] = w2r * (aci - bdi) + w2i * (acr - bdr);
            yr[to + 3 * s + q] = w3r * (amr - bmi) - w3i * (ami + bmr);
            yi[to + 3 * s + q] = w3r * (ami + bmr) + w3i * (amr - bmi);
        }
    }

    /** Each output is a sum over all inputs, its twiddle factor joined to that of the term. */
    private void radixAny(int radix, ComplexArray x, ComplexArray y, int s, int m, int p, int first,
            int last) {
        float[] xr = x.re();
        float[] xi = x.im();
        float[] yr = y.re();
        float[] yi = y.im();
        for (int t = 0; t < radix; t++) {
            int to = s * (radix * p + t);
            for (int k = 0; k < radix; k++) {
                int root = (int) (((long) p * t * s + (long) k * t * (length / radix)) % length);
                float wr = roots.re()[root];
                float wi = roots.im()[root];
                int from = s * (p + k * m);
                for (int q = first; q < last; q++) {
                    float re = wr * xr[from + q] - wi * xi[from + q];
                    float im = wr * xi[from + q] + wi * xr[from + q];
                    yr[to + q] = k == 0 ? re : yr[to + q] + re;
                    yi[to + q] = k == 0 ? im : yi[to + q] + im;
                }
            }
        }
    }
}
