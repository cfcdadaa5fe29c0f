package tfl.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import tfl.backend.llvm.WinogradKernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.NativeMemory;
import tfl.tensor.Tensor;

/**
 * Convolutions of f32 with windows of 3 x 3 by Winograd's F(2x2, 3x3): for each of 16 places of a tile a product of
 * matrices, in all 16 multiplications where the definition has 36. Rounding errors are a few times those of the
 * definition. A number that is not finite spreads over its tile; then the result is computed another way.
 */
final class WinogradConvolution {
    private static final long FEWEST_CHANNELS = 8;
    private static final long MOST_WEIGHTS = 1 << 18;
    /** Multiplications from which on it pays to have code. */
    private static final double WORTHWHILE = 1 << 17;
    /** Tiles computed, as lines end within a vector, for one that is wanted: against oneDNN, and against patches. */
    private static final double MOST_PADDING = 1.35;
    private static final double MOST_PADDING_ALONE = 3;
    /** Pairs of channels for each element of an image: their weights are transformed at each run. */
    private static final long MOST_PAIRS = 24;
    /** Tiles at once: enough for a product to be fast, few enough that their planes stay in the second cache. */
    private static final long TILES = 128;
    /** Tiles of an image below which oneDNN is faster. */
    private static final long FEWEST_TILES = 32;
    /** The gradient of the weights is summed up from one of each share of the tiles, of so many weights in all. */
    private static final long MOST_PARTIAL = 1 << 16;
    private static final long MOST_SHARES = 16;
    /** Bytes of the planes of one line of tiles, which very wide images would exceed. */
    private static final double MOST_SCRATCH = 1 << 26;
    private static final int PLANES = 16;
    private static final int BYTES = 4;

    private final ConvolutionShape shape;
    private final Routine.Pass pass;
    private final int lanes;
    private final long vectors;
    /** Lines of tiles in one image, and at once. */
    private final long lines;
    private final long block;
    private final BlasCall product;
    private final Thread caller = Thread.currentThread();

    private WinogradConvolution(ConvolutionShape shape, Routine.Pass pass) {
        this.shape = shape;
        this.pass = pass;
        var tiled = tiled(shape, pass);
        this.lanes = lanes(tiled[2]);
        this.vectors = Math.ceilDiv(tiled[2], 2L * lanes);
        this.lines = Math.ceilDiv(tiled[1], 2);
        this.block = Math.clamp(TILES / (vectors * lanes), 1, lines);
        this.product = product(block * vectors * lanes);
    }

    /** By what the products are computed: what OpenBLAS is slow at is worth oneDNN by the work of all of them. */
    private BlasCall product(long tiles) {
        var one = BlasCall.of(DType.F32, new ProductSizes(1, shape.channelsIn(), shape.channelsOut(), tiles));
        return one.large() || !OpenBlas.isDated() ? one : BlasCall.of(DType.F32,
                new ProductSizes(PLANES * parts(), shape.channelsIn(), shape.channelsOut(), tiles));
    }

    /** What is cut into tiles of 2 x 2: the output, or in the input's pass the input. */
    private static long[] tiled(ConvolutionShape shape, Routine.Pass pass) {
        return pass == Routine.Pass.INPUT ? shape.input() : shape.output();
    }

    private static int lanes(long width) {
        int best = 16;
        for (int lanes = 8; lanes >= 4; lanes /= 2) {
            best = price(width, lanes) <= price(width, best) ? lanes : best;
        }
        return best;
    }

    /** Of a line of tiles: products of as many as fill vectors, and transforms of two lanes' worth for each vector. */
    private static long price(long width, int lanes) {
        return Math.ceilDiv(width, 2L * lanes) * (lanes + 2);
    }

    /** Whether it can compute such a convolution, and is the fastest. */
    static boolean takes(ConvolutionShape shape, Routine.Pass pass) {
        var one = new long[] {1, 1, 1};
        boolean can = Arrays.equals(shape.window(), new long[] {1, 3, 3}) && Arrays.equals(shape.stride(), one)
                && Arrays.equals(shape.dilation(), one) && shape.groups() == 1 && shape.input()[0] == 1
                && shape.output()[0] == 1 && shape.pad()[0] == 0 && shape.pad()[1] <= 2 && shape.pad()[2] <= 2;
        if (!can || Math.min(shape.channelsIn(), shape.channelsOut()) < FEWEST_CHANNELS
                || shape.channelsIn() * shape.channelsOut() > MOST_WEIGHTS) {
            return false;
        }
        var tiled = tiled(shape, pass);
        int lanes = lanes(tiled[2]);
        long line = lanes * Math.ceilDiv(tiled[2], 2L * lanes);
        if ((double) PLANES * BYTES * line * (shape.channelsIn() + shape.channelsOut()) > MOST_SCRATCH) {
            return false;
        }
        double computed = 2.0 * line * 2 * Math.ceilDiv(tiled[1], 2);
        double work = (double) shape.images() * shape.channelsIn() * shape.channelsOut() * 9 * tiled[1] * tiled[2];
        double padding = computed / (tiled[1] * tiled[2]);
        return SharedConvolution.pays(shape) ? computed / 4 >= FEWEST_TILES && padding <= MOST_PADDING
                : work >= WORTHWHILE && padding <= MOST_PADDING_ALONE && shape.channelsIn() * shape.channelsOut()
                        <= MOST_PAIRS * shape.images() * tiled[1] * tiled[2];
    }

    /** Works on row-major f32 tensors; false where the result is not finite, and has to be computed another way. */
    static boolean run(ConvolutionShape shape, Routine.Pass pass, Tensor first, Tensor second, Tensor result) {
        var convolution = new WinogradConvolution(shape, pass);
        return pass == Routine.Pass.WEIGHT
                ? convolution.weight(first.address(), second.address(), result.address())
                : convolution.image(first.address(), second.address(), result.address());
    }

    private Map<String, KernelCode> kernels() {
        var kernel = new WinogradKernel(lanes);
        return KernelStore.get(kernel);
    }

    /** The tiles of some lines of one image. */
    private record Part(long image, long line, long lines) {}

    private Part part(long index) {
        long blocks = Math.ceilDiv(lines, block);
        long line = index % blocks * block;
        return new Part(index / blocks, line, Math.min(block, lines - line));
    }

    private long parts() {
        return shape.images() * Math.ceilDiv(lines, block);
    }

    // Images from images: forward, and the input's gradient, which is a convolution with the weights turned around

    private boolean image(long source, long weights, long target) {
        boolean forward = pass == Routine.Pass.FORWARD;
        long from = forward ? shape.channelsIn() : shape.channelsOut();
        long to = forward ? shape.channelsOut() : shape.channelsIn();
        var code = kernels();
        long tiles = block * vectors * lanes;
        long tasks = parts();
        try (var turned = Scratch.elements(DType.F32, PLANES, to, from);
                var flags = Scratch.elements(DType.I64, tasks)) {
            flags.segment().fill((byte) 0);
            turn(weights, turned.address(), to, from, forward);
            Workers.run(Math.toIntExact(tasks), task -> {
                Workers.check(caller);
                try (var planes = Scratch.elements(DType.F32, PLANES, from + to, tiles)) {
                    long products = planes.address() + PLANES * from * tiles * BYTES;
                    var part = part(task);
                    spread(code.get("spread"), planes.address(), source, part, from, tiles);
                    for (int k = 0; k < PLANES; k++) {
                        multiply(false, to, tiles, from, turned.address() + k * to * from * BYTES,
                                planes.address() + k * from * tiles * BYTES, tiles,
                                products + k * to * tiles * BYTES, false);
                    }
                    var size = forward ? shape.output() : shape.input();
                    run(code.get("gather"), products, target, part, to, size, 2 * part.line(), 0, tiles,
                            flags.address() + 8L * task);
                }
            });
            boolean finite = true;
            for (long task = 0; task < tasks; task++) {
                finite &= NativeMemory.getLong(flags.address() + 8 * task) == 0;
            }
            return finite;
        }
    }

    private void spread(KernelCode code, long planes, long source, Part part, long channels, long tiles) {
        boolean input = pass == Routine.Pass.INPUT;
        long down = input ? 2 - shape.pad()[1] : shape.pad()[1];
        long across = input ? 2 - shape.pad()[2] : shape.pad()[2];
        run(code, planes, source, part, channels, input ? shape.output() : shape.input(), 2 * part.line() - down,
                -across, tiles, 0);
    }

    private void run(KernelCode code, long planes, long images, Part part, long channels, long[] size, long top,
            long left, long tiles, long flag) {
        long places = size[1] * size[2];
        var arguments = KernelArguments.start().add(planes).add(images + part.image() * channels * places * BYTES)
                .add(size[1]).add(size[2]).add(places).add(top).add(left).add(part.lines()).add(vectors)
                .add(channels * tiles).add(tiles).add(flag);
        code.run(arguments.address(), 0, channels);
    }

    /** {@code c = a b}, or {@code c = a bᵀ + c}, of rows that are so far apart. */
    private void multiply(boolean turned, long m, long n, long k, long a, long b, long step, long c, boolean more) {
        product.multiply(false, turned, m, n, k, MemorySegment.ofAddress(a), turned ? step : k,
                MemorySegment.ofAddress(b), step, more, MemorySegment.ofAddress(c), n);
    }

    /** G g Gᵀ for each pair of channels, 16 planes of to × from. */
    private void turn(long weights, long planes, long to, long from, boolean forward) {
        Workers.ranges(to, Math.max(1, 512 / from), (first, last) -> {
            var g = new float[9];
            for (long i = first; i < last; i++) {
                for (long j = 0; j < from; j++) {
                    long at = weights + 9 * BYTES * (forward ? i * from + j : j * to + i);
                    for (int k = 0; k < 9; k++) {
                        g[k] = NativeMemory.getFloat(at + BYTES * (forward ? k : 8 - k));
                    }
                    turn(g, planes + BYTES * (i * from + j), BYTES * to * from);
                }
            }
        });
    }

    private static void turn(float[] g, long to, long step) {
        for (int i = 0; i < 4; i++) {
            float x = row(i, g[0], g[3], g[6]);
            float y = row(i, g[1], g[4], g[7]);
            float z = row(i, g[2], g[5], g[8]);
            for (int j = 0; j < 4; j++) {
                NativeMemory.putFloat(to + step * (4 * i + j), row(j, x, y, z));
            }
        }
    }

    private static float row(int i, float x, float y, float z) {
        return switch (i) {
            case 0 -> x;
            case 1 -> 0.5f * (x + z + y);
            case 2 -> 0.5f * (x + z - y);
            default -> z;
        };
    }

    // Weights from images

    private boolean weight(long x, long cotangents, long target) {
        long in = shape.channelsIn();
        long out = shape.channelsOut();
        var code = kernels();
        long tiles = block * vectors * lanes;
        long parts = parts();
        int shares = (int) Math.min(parts, Math.clamp(MOST_PARTIAL / (in * out), Workers.count(),
                Math.max(MOST_SHARES, Workers.count())));
        long weights = PLANES * in * out;
        try (var sums = Scratch.elements(DType.F32, shares, weights)) {
            Workers.run(shares, share -> {
                long sum = sums.address() + share * weights * BYTES;
                try (var planes = Scratch.elements(DType.F32, PLANES, in + out, tiles)) {
                    long others = planes.address() + PLANES * in * tiles * BYTES;
                    long first = parts * share / shares;
                    for (long index = first; index < parts * (share + 1) / shares; index++) {
                        Workers.check(caller);
                        var part = part(index);
                        long used = part.lines() * vectors * lanes;
                        spread(code.get("spread"), planes.address(), x, part, in, tiles);
                        run(code.get("cotangent"), others, cotangents, part, out, shape.output(), 2 * part.line(), 0,
                                tiles, 0);
                        for (int k = 0; k < PLANES; k++) {
                            multiply(true, out, in, used, others + k * out * tiles * BYTES,
                                    planes.address() + k * in * tiles * BYTES, tiles, sum + k * in * out * BYTES,
                                    index > first);
                        }
                    }
                }
            });
            return gathered(sums.address(), shares, target, in * out);
        }
    }

    /** Gᵀ u G of the sum of the shares; whether all of it is finite. */
    private static boolean gathered(long sums, int shares, long target, long pairs) {
        var finite = new boolean[] {true};
        Workers.ranges(pairs, 512, (first, last) -> {
            var u = new float[PLANES];
            float check = 0;
            for (long pair = first; pair < last; pair++) {
                for (int k = 0; k < PLANES; k++) {
                    float sum = 0;
                    for (int share = 0; share < shares; share++) {
                        sum += NativeMemory.getFloat(sums + BYTES * ((share * (long) PLANES + k) * pairs + pair));
                    }
                    u[k] = sum;
                }
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        float value = back(j, back(i, u[0], u[4], u[8], u[12]), back(i, u[1], u[5], u[9], u[13]),
                                back(i, u[2], u[6], u[10], u[14]), back(i, u[3], u[7], u[11], u[15]));
                        NativeMemory.putFloat(target + BYTES * (9 * pair + 3 * i + j), value);
                        check += value * 0f;
                    }
                }
            }
            if (check != 0) {
                finite[0] = false;
            }
        });
        return finite[0];
    }

    /** Row i of Gᵀ. */
    private static float back(int i, float x0, float x1, float x2, float x3) {
        return switch (i) {
            case 0 -> x0 + 0.5f * (x1 + x2);
            case 1 -> 0.5f * (x1 - x2);
            default -> 0.5f * (x1 + x2) + x3;
        };
    }
}
