package tfl.primitive;

import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import tfl.kernel.Kernel;
import tfl.kernel.Routine;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorType;

/**
 * Raw random bits, i32, of the counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel
 * random numbers: as easy as 1, 2, 3; 2011): no operands. {@code counter} is the first 128-bit block.
 */
public record PhiloxBits(long key, long counter, Shape of) implements Primitive {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    @Override
    public String name() {
        return "random bits";
    }

    @Override
    public List<TensorType> shape(List<TensorType> inputs) {
        return List.of(new TensorType(DType.I32, of));
    }

    @Override
    public List<Tensor> eval(List<Tensor> inputs) {
        int[][] block = new int[1][];
        return List.of(Meaning.integers(new TensorType(DType.I32, of), element -> {
            if (element % 4 == 0) {
                block[0] = block(key, counter + element / 4);
            }
            return block[0][(int) (element % 4)];
        }));
    }

    /** The four words of one block; the key's and the counter's low words come first, the upper half is 0. */
    public static int[] block(long key, long counter) {
        int[] c = {(int) counter, (int) (counter >>> 32), 0, 0};
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * Integer.toUnsignedLong(c[0]);
            long p1 = MULTIPLIER_1 * Integer.toUnsignedLong(c[2]);
            c = new int[] {(int) (p1 >>> 32) ^ c[1] ^ k0, (int) p1, (int) (p0 >>> 32) ^ c[3] ^ k1, (int) p0};
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return c;
    }

    @Override
    public Lowering lower(List<TensorType> inputs) {
        return new Lowering.Launch(new Kernel.LibraryCall(new Routine.Philox(key, counter)));
    }

    @Override
    public <V> List<V> vjp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> cotangents, IntPredicate wanted) {
        return List.of();
    }

    @Override
    public <V> List<V> jvp(Ops<V> ops, List<V> inputs, List<V> outputs, List<V> tangents) {
        return Collections.singletonList(null);
    }

    @Override
    public <V> List<V> batch(Ops<V> ops, long size, List<V> inputs, List<Boolean> mapped) {
        return MappedAxis.same(ops, size, this);
    }

    @Override
    public Residuals residuals(List<TensorType> inputs) {
        return Residuals.NONE;
    }
}
