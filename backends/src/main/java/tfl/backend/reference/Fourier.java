package tfl.backend.reference;

import java.util.Arrays;
import tfl.tensor.Elements;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/** The discrete Fourier transform, unscaled: radix 2 (Cooley and Tukey), other lengths as a convolution (Bluestein). */
final class Fourier {
    private Fourier() {}

    static void run(Tensor input, Tensor output, boolean inverse) {
        int length = (int) input.dim(input.rank() - 1);
        for (long start = 0; start < input.size(); start += length) {
            var x = new Complex[length];
            for (int i = 0; i < length; i++) {
                long address = input.address(start + i);
                x[i] = new Complex(NativeMemory.getFloat(address), NativeMemory.getFloat(address + 4));
            }
            var y = transform(x, inverse ? 1 : -1);
            for (int i = 0; i < length; i++) {
                Elements.putComplex(output.address(start + i), y[i].re(), y[i].im());
            }
        }
    }

    private static Complex[] transform(Complex[] x, int sign) {
        return Integer.bitCount(x.length) == 1 ? radix2(x, sign) : bluestein(x, sign);
    }

    private static Complex[] radix2(Complex[] x, int sign) {
        int n = x.length;
        if (n == 1) {
            return x.clone();
        }
        var even = new Complex[n / 2];
        var odd = new Complex[n / 2];
        for (int i = 0; i < n / 2; i++) {
            even[i] = x[2 * i];
            odd[i] = x[2 * i + 1];
        }
        even = radix2(even, sign);
        odd = radix2(odd, sign);
        var y = new Complex[n];
        for (int k = 0; k < n / 2; k++) {
            var turned = odd[k].times(Complex.polar(1, sign * 2 * Math.PI * k / n));
            y[k] = even[k].plus(turned);
            y[k + n / 2] = even[k].minus(turned);
        }
        return y;
    }

    /** With jk = (j² + k² - (k - j)²) / 2 the sum is a convolution with a chirp. */
    private static Complex[] bluestein(Complex[] x, int sign) {
        int n = x.length;
        int size = Integer.highestOneBit(2 * n) * 2;
        var chirp = new Complex[n];
        var a = new Complex[size];
        var b = new Complex[size];
        Arrays.fill(a, Complex.ZERO);
        Arrays.fill(b, Complex.ZERO);
        for (int k = 0; k < n; k++) {
            chirp[k] = Complex.polar(1, sign * Math.PI * ((long) k * k % (2L * n)) / n);
            a[k] = x[k].times(chirp[k]);
            b[k] = chirp[k].conjugate();
            b[(size - k) % size] = b[k];
        }
        var fa = radix2(a, -1);
        var fb = radix2(b, -1);
        for (int i = 0; i < size; i++) {
            fa[i] = fa[i].times(fb[i]);
        }
        var product = radix2(fa, 1);
        var y = new Complex[n];
        for (int k = 0; k < n; k++) {
            y[k] = product[k].times(chirp[k]).times(1.0 / size);
        }
        return y;
    }
}
