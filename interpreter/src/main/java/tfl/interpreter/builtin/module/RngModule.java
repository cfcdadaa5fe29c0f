package tfl.interpreter.builtin.module;

import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.table.Call;
import tfl.interpreter.builtin.table.Rows;
import tfl.interpreter.builtin.table.RowsModule;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordLayout;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.TensorValue;

/** {@code rng}: keys, which make random draws explicit. */
public final class RngModule extends RowsModule {
    private static final RecordLayout STATE = RecordLayout.of("key", "block");

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
                        .add("state", "", "Where the session's generator stands: {key, block}, for restore.", call -> {
                            Outside.reach("rng.state", "looks at the session's generator");
                            var own = Generator.of(call.context());
                            return new RecordValue(STATE, new Object[] {own.key(), own.block()});
                        })
                        .add("restore", "state", "The session's generator goes on from a state that rng.state() gave.",
                                RngModule::restore)
                        .list());
    }

    private static Object restore(Call call) {
        Outside.reach("rng.restore", "sets the session's generator");
        if (call.value(0) instanceof RecordValue state && state.find("key") instanceof Long key
                && state.find("block") instanceof Long block) {
            Generator.of(call.context()).restore(key, block);
            return None.NONE;
        }
        throw call.wrong(0, "what rng.state() gives");
    }
}
