package tfl.interpreter.builtin.module;

import java.util.Set;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.ElementKey;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.tensor.Tensors;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.StructType;
import tfl.interpreter.value.StructValue;
import tfl.primitive.PhiloxBits;
import tfl.primitive.RandomBits;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;
import tfl.transform.Trace;

/**
 * Where random words come from: a 64-bit key of the counter-based generator Philox 4x32-10, and the next
 * block. The session has one, which {@code seed} sets; a draw with {@code key=} starts at block 0 of that
 * key.
 */
public final class Generator {
    /** What {@code rng(7)} gives. The key is no number to differentiate. */
    private static final StructType KEY = keyType();
    // Blocks from here on make new keys, so that they never meet the blocks that draws use.
    private static final long SPLITS = 1L << 62;
    private static final long FOLDS = 1L << 63;

    private long key = mixed(System.nanoTime() ^ Long.rotateLeft(System.currentTimeMillis(), 32));
    private long block;
    private boolean drawn;
    private boolean moved;

    /**
     * Where a generator stands, and what it did since {@link #start}.
     *
     * @param drawn whether what was drawn depends on where it started
     * @param moved whether it was drawn from or set
     */
    public record Progress(long key, long block, boolean drawn, boolean moved) {}

    /** The session's generator starts again from a seed. */
    synchronized void seed(long seed) {
        restore(mixed(seed), 0);
    }

    /** Goes on from there, and notes from now on what is done with it. */
    public synchronized void start(long newKey, long newBlock) {
        key = newKey;
        block = newBlock;
        drawn = false;
        moved = false;
    }

    public synchronized Progress progress() {
        return new Progress(key, block, drawn, moved);
    }

    /** Stands where it stood then, as if nothing had been done with it since. */
    synchronized void goBack(Progress then) {
        key = then.key;
        block = then.block;
        drawn = then.drawn;
        moved = then.moved;
    }

    private void noteDraw() {
        drawn |= !moved;
        moved = true;
    }

    /** Goes on from a key and a block that were read before. */
    synchronized void restore(long newKey, long newBlock) {
        key = newKey;
        block = newBlock;
        moved = true;
    }

    /** The session's. */
    public static Generator of(TflContext session) {
        return session.state(Generator.class, Generator::new);
    }

    /** The session's, or while a stream works on an element, the element's. */
    static Generator of(CallContext context) {
        var element = ElementKey.current();
        if (element == null) {
            return of(context.session());
        }
        if (element.generator() == null) {
            var own = new Generator();
            own.key = element.key();
            element.keep(own);
        }
        return (Generator) element.generator();
    }

    synchronized long key() {
        noteDraw();
        return key;
    }

    synchronized long block() {
        noteDraw();
        return block;
    }

    /** Goes on from a block that something which drew ended at. */
    synchronized void moveTo(long newBlock) {
        noteDraw();
        block = newBlock;
    }

    private synchronized long take(long blocks) {
        noteDraw();
        long first = block;
        block += blocks;
        return first;
    }

    /**
     * Words for one draw: from the key that the argument is, or from the session's generator for none.
     *
     * @param round counts the draws of a key that needs several
     */
    static TensorValue words(Call call, int keyIndex, long words, long round) {
        var ops = call.ops();
        long blocks = blocks(words);
        if (!call.isNone(keyIndex)) {
            return keyBits(call, keyIndex) instanceof TensorValue bits
                    ? ops.run(new RandomBits(Shape.of(words)), bits, number(ops, round * blocks))
                    : ops.run(new PhiloxBits((Long) keyBits(call, keyIndex), round * blocks, Shape.of(words)));
        }
        if (Trace.isActive()) {
            return traced(ops, words);
        }
        var own = of(call.context());
        if (!MappedDraws.isActive()) {
            return ops.run(new PhiloxBits(own.key(), own.take(blocks), Shape.of(words)));
        }
        long first = own.take(blocks * MappedDraws.elements());
        return drawn(ops, number(ops, own.key()), MappedDraws.blocks(ops, number(ops, first), blocks), words);
    }

    /**
     * The words of a draw that needs no more than one block, from where {@link #words} has them; null where that has to
     * be asked because the draw is traced, mapped, or of a key that only a graph knows.
     */
    static int[] block(Call call, int keyIndex) {
        if (Trace.isActive() || MappedDraws.isActive()) {
            return null;
        }
        if (!call.isNone(keyIndex)) {
            return keyBits(call, keyIndex) instanceof Long bits ? PhiloxBits.block(bits, 0) : null;
        }
        var own = of(call.context());
        return PhiloxBits.block(own.key(), own.take(1));
    }

    private static TensorValue traced(Tensors ops, long words) {
        var draws = TracedDraws.current();
        if (draws == null) {
            throw MappedDraws.someOnly();
        }
        long blocks = blocks(words);
        if (!MappedDraws.isActive()) {
            return drawn(ops, draws.key(), draws.take(blocks), words);
        }
        var first = draws.take(blocks * MappedDraws.elements());
        return drawn(ops, draws.key(), MappedDraws.blocks(ops, first, blocks), words);
    }

    private static TensorValue drawn(Tensors ops, TensorValue key, TensorValue block, long words) {
        return ops.run(new RandomBits(Shape.of(words)), key, block);
    }

    private static TensorValue number(Tensors ops, long number) {
        return ops.own(Tensor.scalar(DType.I64, number));
    }

    private static long blocks(long words) {
        return (words + 3) / 4;
    }

    // Keys

    private static StructType keyType() {
        return new StructType("Key", RecordLayout.of("bits"), Set.of("bits"),
                "A key of the random generator.");
    }

    /** Whether a value is a key; its only field, the bits, is an int. */
    public static boolean isKey(StructValue value) {
        return value.type() == KEY;
    }

    static StructValue key(Object bits) {
        return new StructValue(KEY, new Object[] {bits});
    }

    /** A key from a seed; near seeds give unlike keys. */
    static StructValue ofSeed(long seed) {
        return key(mixed(seed));
    }

    /** The i-th of the keys that a key splits into. */
    static StructValue split(Object key, long index) {
        return key(key instanceof TensorValue bits ? TracedKeys.word(bits, SPLITS | index)
                : word((Long) key, SPLITS | index));
    }

    /** A key made of a key and a number. */
    static StructValue fold(Object key, Object number) {
        if (key instanceof Long bits && number instanceof Long plain) {
            return key(word(bits ^ mixed(plain), FOLDS));
        }
        return key(TracedKeys.fold(key, number, FOLDS));
    }

    /** An int, or a tensor of one that a graph is given. */
    static Object keyBits(Call call, int index) {
        if (call.value(index) instanceof StructValue struct && struct.type() == KEY) {
            return struct.get(0);
        }
        var sizes = call.severalSizes(index);
        throw call.wrong(index, "a key such as rng(7)", call.value(index) instanceof Long seed
                ? "a seed makes a key: rng(" + seed + ")" + (sizes == null ? "" : "; " + sizes) : null);
    }

    private static long word(long key, long block) {
        int[] words = PhiloxBits.block(key, block);
        return (long) words[1] << 32 | Integer.toUnsignedLong(words[0]);
    }

    // The finisher of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    static long mixed(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
