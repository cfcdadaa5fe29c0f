package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tfl.kernel.Kernel;
import tfl.tensor.DType;

/**
 * Code for {@link Kernel.Iterate}, whose number of rounds it does not know: function {@code kernel}, over ranges of
 * elements. Arguments: the states, which are dense, read and written in place; the rows of results; the sequences; the
 * other inputs; the first round, the round behind the last, the number of all rounds, the elements of a row; the sizes
 * of {@code rank} axes; the strides along these of each sequence and other input; the distance of rows of each
 * sequence; the numbers of the call, which are the inputs behind the states and those of {@code inner}.
 *
 * <p>Some elements go all rounds before the next do. Their states lie on the stack meanwhile, and in registers where
 * LLVM finds enough of them.
 */
public record IterateKernel(Kernel.Iterate loop, int rank, List<InnerStride> inner) implements KernelSource {
    /** Elements that go round together: four vectors of 512 bits where they have 4 bytes. */
    private static final int WIDTH = 64;
    /** The same where rows are read or written, which are far from each other. */
    private static final int WIDTH_OF_ROWS = 512;

    @Override
    public String text() {
        var module = new Module();
        return module.add("kernel", new Writer(module.library()).write()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Scalars scalars;
        private final int states = loop.states();
        private final int sequences = loop.sequences();
        private final int width = sequences > 0 || loop.bodies().size() > states ? WIDTH_OF_ROWS : WIDTH;
        private final List<String> memory;
        private final List<String> results;
        private final List<String> inputs;
        private final String firstRound;
        private final String lastRound;
        private final String rounds;
        private final String size;
        private final Nest nest;
        private final List<String> distances;
        private final List<Value> numbers;
        private final List<String> blocks = new ArrayList<>();

        Writer(MathLibrary library) {
            scalars = new Scalars(code, library);
            var arguments = new Arguments(code);
            memory = arguments.pointers(states);
            results = arguments.pointers(loop.bodies().size() - states);
            inputs = arguments.pointers(inner.size());
            firstRound = arguments.number();
            lastRound = arguments.number();
            rounds = arguments.number();
            size = arguments.number();
            nest = Nest.read(code, arguments, rank, inner);
            distances = arguments.numbers(sequences);
            numbers = arguments.values(loop.inputs().subList(states + inner.size(), loop.inputs().size()));
            for (var dtype : loop.inputs().subList(0, states)) {
                int parts = dtype.isComplex() ? 2 * width : width;
                blocks.add(code.emit("alloca [" + parts + " x " + Value.memory(dtype) + "], align 64"));
            }
        }

        /** Where a block lies: how far from the beginning of its run, and from that of all. */
        private record Block(Nest.Run run, Operands others, String start, String position, String count) {}

        Code write() {
            nest.walk("%begin", "%end", List.of(), (run, none) -> {
                var others = operands(run, sequences, inputs.size(), run.offsets());
                var whole = code.emit("and i64 " + run.length() + ", -" + width);
                blocks(run, others, "0", whole, true);
                blocks(run, others, whole, run.length(), false);
                return none;
            });
            return code;
        }

        private Operands operands(Nest.Run run, int from, int to, List<String> offsets) {
            return new Operands(code, loop.inputs().subList(states + from, states + to), inner.subList(from, to),
                    inputs.subList(from, to), offsets.subList(from, to), k -> nest.innerStride(from + k), numbers);
        }

        private void blocks(Nest.Run run, Operands others, String from, String to, boolean whole) {
            code.loop(from, to, Integer.toString(width), List.of(), (start, none) -> {
                var count = whole ? Integer.toString(width) : code.emit("sub i64 " + to + ", " + start);
                block(new Block(run, others, start, code.integer("add nsw", run.position(), start), count));
                return none;
            });
        }

        /** All rounds of the elements of a block. */
        private void block(Block block) {
            move(block, (k, i) -> scalars.memory().store(
                    scalars.memory().load(dtype(k), memory.get(k), code.integer("add nsw", block.position(), i)),
                    blocks.get(k), i));
            code.loop(firstRound, lastRound, "1", List.of(), (round, none) -> {
                round(block, round);
                return none;
            });
            move(block, (k, i) -> scalars.memory().store(scalars.memory().load(dtype(k), blocks.get(k), i),
                    memory.get(k), code.integer("add nsw", block.position(), i)));
        }

        private DType dtype(int state) {
            return loop.inputs().get(state);
        }

        private interface Move {
            void one(int state, String i);
        }

        private void move(Block block, Move move) {
            code.independentLoop("0", block.count(), i -> IntStream.range(0, states).forEach(k -> move.one(k, i)));
        }

        private void round(Block block, String round) {
            var run = block.run();
            boolean hasRows = width == WIDTH_OF_ROWS;
            var row = hasRows && loop.reverse()
                    ? code.emit("sub i64 " + code.emit("sub i64 " + rounds + ", 1") + ", " + round) : round;
            var offsets = new ArrayList<>(run.offsets());
            for (int k = 0; k < sequences; k++) {
                offsets.set(k, code.integer("add", offsets.get(k), code.integer("mul", row, distances.get(k))));
            }
            var rows = operands(run, 0, sequences, offsets);
            var target = hasRows ? code.emit("add nsw i64 " + code.emit("mul i64 " + row + ", " + size) + ", "
                    + block.position()) : "0";
            code.independentLoop("0", block.count(), i -> {
                var here = code.integer("add nsw", block.start(), i);
                var place = scalars.at(new Scalars.Leaves(
                        k -> k < states ? scalars.memory().load(dtype(k), blocks.get(k), i)
                                : k < states + sequences ? rows.at(k - states, here)
                                : block.others().at(k - states - sequences, here),
                        k -> null, axis -> axis == rank - 1 ? code.integer("add", run.coordinates().get(axis), here)
                                : run.coordinates().get(axis)));
                var values = loop.bodies().stream().map(place::write).toList();
                for (int k = 0; k < values.size(); k++) {
                    if (k < states) {
                        scalars.memory().store(values.get(k), blocks.get(k), i);
                    } else {
                        scalars.memory().store(values.get(k), results.get(k - states),
                                code.integer("add nsw", target, i));
                    }
                }
            });
        }
    }
}
