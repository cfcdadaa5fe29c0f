package tfl.interpreter.builtin.module;

import tfl.interpreter.builtin.tensor.Tensors;
import tfl.kernel.BinaryOp;
import tfl.primitive.RandomBits;
import tfl.tensor.DType;
import tfl.tensor.Shape;
import tfl.tensor.Tensor;
import tfl.tensor.TensorValue;

/** The arithmetic of keys, as {@link Generator} does it, on keys that are known only when a graph runs. */
final class TracedKeys {
    private TracedKeys() {}

    /** The first two words of a block as one int. */
    static TensorValue word(TensorValue key, long block) {
        return Tensors.work(ops -> word(ops, key, block));
    }

    private static TensorValue word(Tensors ops, TensorValue key, long block) {
        var words = ops.cast(ops.run(new RandomBits(Shape.of(2)), key, number(ops, block)), DType.I64);
        var low = ops.binary(BinaryOp.AND, element(ops, words, 0), 0xFFFFFFFFL);
        return ops.binary(BinaryOp.OR, ops.binary(BinaryOp.SHIFT_LEFT, element(ops, words, 1), 32L), low);
    }

    private static TensorValue element(Tensors ops, TensorValue words, long index) {
        return ops.squeeze(ops.slice(words, 0, index, 1, 1), 0);
    }

    /** A key made of a key and a number, of which at least one is a tensor. */
    static TensorValue fold(Object key, Object number, long block) {
        return Tensors.work(ops -> word(ops, ops.binary(BinaryOp.XOR, key,
                number instanceof Long plain ? Generator.mixed(plain) : mixed(ops, (TensorValue) number)), block));
    }

    private static TensorValue mixed(Tensors ops, TensorValue seed) {
        var z = ops.binary(BinaryOp.ADD, seed, 0x9E3779B97F4A7C15L);
        z = ops.binary(BinaryOp.MUL, ops.binary(BinaryOp.XOR, z, shifted(ops, z, 30)), 0xBF58476D1CE4E5B9L);
        z = ops.binary(BinaryOp.MUL, ops.binary(BinaryOp.XOR, z, shifted(ops, z, 27)), 0x94D049BB133111EBL);
        return ops.binary(BinaryOp.XOR, z, shifted(ops, z, 31));
    }

    // Shifted in zeros: the operation on tensors repeats the sign.
    private static TensorValue shifted(Tensors ops, TensorValue z, int by) {
        return ops.binary(BinaryOp.AND, ops.binary(BinaryOp.SHIFT_RIGHT, z, (long) by), -1L >>> by);
    }

    private static TensorValue number(Tensors ops, long number) {
        return ops.own(Tensor.scalar(DType.I64, number));
    }
}
