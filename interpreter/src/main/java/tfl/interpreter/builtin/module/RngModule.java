package tfl.interpreter.builtin.module;

import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.table.RowsModule;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** {@code rng}: keys, which make random draws explicit. */
public final class RngModule extends RowsModule {
    public RngModule() {
        super("rng", "Keys of the random generator: rng(7), rng.split(key, n), rng.fold(key, i).",
                () -> new Rows("rng")
                        .add("call", "seed", "The key of a seed; also written rng(seed).",
                                call -> Generator.ofSeed(call.integer(0)))
                        .add("split", "key, n=2", "n keys that have nothing to do with one another.",
                                call -> {
                            var keys = new Object[Math.toIntExact(call.integer(1, 0))];
                            for (int i = 0; i < keys.length; i++) {
                                keys[i] = Generator.split(Generator.keyBits(call, 0), i);
                            }
                            return TupleValue.of(keys);
                        })
                        .add("fold", "key, i", "A key made of a key and a number, such as a step's.",
                                call -> Generator.fold(Generator.keyBits(call, 0),
                                        call.value(1) instanceof TensorValue number ? number : call.integer(1)))
                        .list());
    }
}
