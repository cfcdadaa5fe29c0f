package tfl.backend.cpu;

/**
 * Transforms of any length as a convolution with a chirp, of a power of two (Bluestein, "A linear filtering
 * approach to the computation of discrete Fourier transform", 1970).
 */
final class Bluestein {
    private final int length;
    private final FourierPlan plan;
    private final ComplexArray chirp;
    private final ComplexArray filter;
    private final int padded;

    Bluestein(int length) {
        this.length = length;
        this.padded = Integer.highestOneBit(2 * length) * 2;
        this.plan = FourierPlan.of(padded);
        this.chirp = new ComplexArray(length);
        var wrapped = new ComplexArray(padded);
        for (int k = 0; k < length; k++) {
            double angle = Math.PI * ((long) k * k % (2L * length)) / length;
            chirp.re()[k] = (float) Math.cos(angle);
            chirp.im()[k] = (float) -Math.sin(angle);
            for (int place : new int[] {k, (padded - k) % padded}) {
                wrapped.re()[place] = (float) (Math.cos(angle) / padded);
                wrapped.im()[place] = (float) (Math.sin(angle) / padded);
            }
        }
        this.filter = plan.transform(wrapped, new ComplexArray(padded));
    }

    /** The length of the arrays that {@link #transform} wants. */
    int room() {
        return padded;
    }

    /** As {@link FourierPlan#transform}, on arrays of {@link #room()}, of which the first elements count. */
    ComplexArray transform(ComplexArray x, ComplexArray y) {
        x.multiply(chirp, length);
        for (int i = length; i < padded; i++) {
            x.re()[i] = 0;
            x.im()[i] = 0;
        }
        var product = plan.transform(x, y);
        product.multiply(filter, padded);
        // The inverse transform; the exchanged views share the arrays.
        var result = plan.transform(product.exchanged(), (product == x ? y : x).exchanged()).exchanged();
        result.multiply(chirp, length);
        return result;
    }
}
