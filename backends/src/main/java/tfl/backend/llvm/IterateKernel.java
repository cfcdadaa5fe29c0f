package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * Code for {@link tfl.kernel.Kernel.Iterate}: function {@code kernel}, over ranges of elements. Arguments: the states,
 * which are dense, read and written in place; the other inputs; the number of rounds; the sizes of {@code rank} axes;
 * each other input's strides.
 *
 * <p>A few vectors of elements go all rounds before the next do. Their states lie on the stack meanwhile, and in
 * registers where LLVM finds enough of them.
 *
 * @param dtypes of the states, which come first, and of the other inputs
 * @param bodies one for each state
 */
public record IterateKernel(List<DType> dtypes, List<ScalarExpr> bodies, int rank, List<InnerStride> inner) {
    /** Elements that go round together: four vectors of 512 bits where they have 4 bytes. */
    private static final int WIDTH = 64;

    /**
     * The module's text.
     *
     * @throws Unsupported if an operation is left to the reference
     */
    public String text() {
        var module = new Module();
        return module.add("kernel", new Writer(module.library()).write()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Scalars scalars;
        private final int states = bodies.size();
        private final List<String> memory;
        private final List<String> others;
        private final String rounds;
        private final Nest nest;
        private final List<String> blocks = new ArrayList<>();

        Writer(MathLibrary library) {
            scalars = new Scalars(code, library);
            var arguments = new Arguments(code);
            memory = arguments.pointers(states);
            others = arguments.pointers(dtypes.size() - states);
            rounds = arguments.number();
            nest = Nest.read(code, arguments, rank, inner);
            for (var dtype : dtypes.subList(0, states)) {
                int parts = dtype.isComplex() ? 2 * WIDTH : WIDTH;
                blocks.add(code.emit("alloca [" + parts + " x " + Value.memory(dtype) + "], align 64"));
            }
        }

        Code write() {
            var width = Integer.toString(WIDTH);
            nest.walk("%begin", "%end", List.of(), (run, none) -> {
                var operands = new Operands(code, dtypes.subList(states, dtypes.size()), inner, others, run.offsets(),
                        nest::innerStride);
                var whole = code.emit("and i64 " + run.length() + ", -" + WIDTH);
                code.loop("0", whole, width, List.of(), (i, nothing) -> {
                    block(run, operands, i, width);
                    return nothing;
                });
                code.loop(whole, run.length(), width, List.of(), (i, nothing) -> {
                    block(run, operands, i, code.emit("sub i64 " + run.length() + ", " + i));
                    return nothing;
                });
                return none;
            });
            return code;
        }

        /** All rounds of {@code count} elements from {@code start} of a run on. */
        private void block(Nest.Run run, Operands operands, String start, String count) {
            var position = code.integer("add nsw", run.position(), start);
            move(count, (k, i) -> scalars.memory().store(
                    scalars.memory().load(dtypes.get(k), memory.get(k), code.integer("add nsw", position, i)),
                    blocks.get(k), i));
            code.loop("0", rounds, "1", List.of(), (round, nothing) -> {
                code.independentLoop("0", count, i -> round(run, operands, start, i));
                return nothing;
            });
            move(count, (k, i) -> scalars.memory().store(
                    scalars.memory().load(dtypes.get(k), blocks.get(k), i),
                    memory.get(k), code.integer("add nsw", position, i)));
        }

        private interface Move {
            void one(int state, String i);
        }

        private void move(String count, Move move) {
            code.independentLoop("0", count, i -> all(k -> move.one(k, i)));
        }

        private void all(IntConsumer each) {
            for (int k = 0; k < states; k++) {
                each.accept(k);
            }
        }

        private void round(Nest.Run run, Operands operands, String start, String i) {
            var here = code.integer("add nsw", start, i);
            var place = scalars.at(new Scalars.Leaves(
                    k -> k < states ? scalars.memory().load(dtypes.get(k), blocks.get(k), i)
                            : operands.at(k - states, here),
                    k -> null, axis -> axis == rank - 1 ? code.integer("add", run.coordinates().get(axis), here)
                            : run.coordinates().get(axis)));
            var values = bodies.stream().map(place::write).toList();
            all(k -> scalars.memory().store(values.get(k), blocks.get(k), i));
        }
    }
}
