package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tfl.kernel.Kernel;

/**
 * Code for {@link Kernel.Reduce}. The folded elements of each output are cut into chunks of fixed length, so
 * that the result does not depend on the number of threads. Function {@code kernel} takes ranges of units (an
 * output, or a block of neighbouring outputs, with one chunk); {@code finish} joins the chunks of a range of
 * outputs.
 *
 * <p>Arguments: output, partial states, number of outputs, chunks, elements of a chunk, elements folded into
 * an output, outputs of a unit; the inputs; the kept axes (sizes, then each input's strides), the folded axes
 * likewise; the numbers of the call, which are the inputs behind those of {@code keptInner}.
 *
 * @param across whether neighbouring outputs are folded together, for data whose innermost axis is kept
 */
public record ReduceKernel(Kernel.Reduce reduce, int kept, int folded, boolean across,
        List<InnerStride> keptInner,
        List<InnerStride> foldedInner) implements KernelSource {
    /** The most outputs of a unit when {@code across}. */
    public static final int WIDTH = 2048;
    /** Lines that are folded together. */
    private static final int TOGETHER = 4;
    /** Outputs whose chunks are joined together. */
    private static final int FINISHED = 256;
    /** Bytes of one partial state. */
    public static final int STATE = 16;

    @Override
    public String text() {
        var module = new Module();
        module.add("kernel", new Writer(module).kernel());
        module.add("finish", new Writer(module).finish());
        return module.text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Scalars scalars;
        private final Folding folding;
        private final List<String> buffers = new ArrayList<>();
        private List<Code.Carried> states = List.of();
        private final String output;
        private final String partial;
        private final String outputs;
        private final String chunks;
        private final String chunk;
        private final String total;
        private final String width;
        private final List<String> inputs;
        private final Nest keptNest;
        private final Nest foldedNest;
        private final List<Value> numbers;

        Writer(Module module) {
            scalars = new Scalars(code, module.library());
            folding = new Folding(code, scalars, reduce.fold(), reduce.body().dtype());
            var arguments = new Arguments(code);
            output = arguments.pointer();
            partial = arguments.pointer();
            outputs = arguments.number();
            chunks = arguments.number();
            chunk = arguments.number();
            total = arguments.number();
            width = arguments.number();
            inputs = arguments.pointers(keptInner.size());
            keptNest = Nest.read(code, arguments, kept, keptInner);
            foldedNest = Nest.read(code, arguments, folded, foldedInner);
            numbers = arguments.values(reduce.inputs().subList(keptInner.size(), reduce.inputs().size()));
            folding.hideNeutral(reduce.body());
        }

        Code kernel() {
            if (across) {
                allocate(folding.narrow(), WIDTH);
            }
            code.loop("%begin", "%end", "1", List.of(), (unit, none) -> {
                var first = code.emit("udiv i64 " + unit + ", " + chunks);
                var part = code.emit("sub i64 " + unit + ", " + code.emit("mul i64 " + first + ", "
                        + chunks));
                var from = code.emit("mul i64 " + part + ", " + chunk);
                var to = code.minimum(code.emit("add i64 " + from + ", " + chunk), total);
                if (across) {
                    acrossUnit(first, part, from, to);
                } else {
                    alongUnit(first, part, from, to);
                }
                return none;
            });
            return code;
        }

        /** One output: along the folded elements. */
        private void alongUnit(String position, String part, String from, String to) {
            var bases = keptNest.offsets(position);
            var initial = folding.wide();
            var outer = coordinates(keptNest, position);
            var state = foldedNest.walk(from, to, initial, (run, values) -> {
                var operands = new Operands(code, reduce.inputs(), foldedInner, inputs,
                        sums(bases, run.offsets()),
                        foldedNest::innerStride, numbers);
                return folding.run(values, run.length(), run.position(), i -> body(operands, i,
                        axis -> reduce.axes().contains(axis) ? along(run, reduce.axes().indexOf(axis), i)
                                : outer.get(keptAxis(axis))));
            });
            store(part, each -> each.accept(position, state));
        }

        /** A block of outputs in a buffer, into which one line after the other is folded. */
        private void acrossUnit(String block, String part, String from, String to) {
            var size = keptNest.size(kept - 1);
            var perLine = code.emit("udiv i64 " + code.emit("add i64 " + code.emit("sub i64 " + size + ", 1")
                    + ", " + width)
                    + ", " + width);
            var line = code.emit("udiv i64 " + block + ", " + perLine);
            var inLine = code.emit("sub i64 " + block + ", " + code.emit("mul i64 " + line + ", " + perLine));
            var column = code.emit("mul i64 " + inLine + ", " + width);
            var count = code.minimum(code.emit("sub i64 " + size + ", " + column), width);
            var position = code.emit("add i64 " + code.emit("mul i64 " + line + ", " + size) + ", " + column);
            var bases = keptNest.offsets(position);
            code.independentLoop("0", count, j -> save(j, folding.narrow().stream().map(Code.Carried::initial)
                    .toList()));
            var outer = coordinates(keptNest, position);
            var together = code.emit("add i64 " + from + ", " + code.emit("and i64 " + code.emit("sub i64 " + to + ", "
                    + from) + ", " + -TOGETHER));
            lines(from, together, TOGETHER, bases, outer, column, count);
            lines(together, to, 1, bases, outer, column, count);
            store(part, each -> code.independentLoop("0", count, j -> each.accept(code.emit("add i64 " + position + ", "
                    + j), folding.widened(saved(j)))));
        }

        /** Folds lines into the buffer, so many at once: each time it is read and written. */
        private void lines(String from, String to, int atOnce, List<String> bases, List<String> outer, String column,
                String count) {
            code.loop(from, to, Integer.toString(atOnce), List.of(), (first, none) -> {
                var rows = IntStream.range(0, atOnce).mapToObj(k -> code.integer("add", first, Integer.toString(k)))
                        .toList();
                var operands = rows.stream().map(row -> new Operands(code, reduce.inputs(), keptInner, inputs,
                        sums(bases, foldedNest.offsets(row)), keptNest::innerStride, numbers)).toList();
                var inner = rows.stream().map(row -> coordinates(foldedNest, row)).toList();
                code.independentLoop("0", count, j -> {
                    var state = saved(j);
                    for (int k = 0; k < atOnce; k++) {
                        int line = k;
                        state = folding.join(folding.narrow(), state, folding.single(body(operands.get(k), j,
                                axis -> reduce.axes().contains(axis) ? inner.get(line).get(reduce.axes().indexOf(axis))
                                        : keptAxis(axis) < kept - 1 ? outer.get(keptAxis(axis))
                                                : code.integer("add", column, j)), rows.get(k)));
                    }
                    save(j, state);
                });
                return none;
            });
        }

        /** Buffers for so many states. */
        private void allocate(List<Code.Carried> states, int count) {
            this.states = states;
            states.forEach(state -> buffers.add(code.emit("alloca [" + count + " x " + state.type() + "], align 64")));
        }

        private void save(String j, List<String> state) {
            each((k, type) -> code.store(type, state.get(k), code.element(type, buffers.get(k), j)));
        }

        private List<String> saved(String j) {
            var state = new ArrayList<String>();
            each((k, type) -> state.add(code.load(type, code.element(type, buffers.get(k), j))));
            return state;
        }

        private void each(BiConsumer<Integer, String> action) {
            for (int k = 0; k < states.size(); k++) {
                action.accept(k, states.get(k).type());
            }
        }

        private Value body(Operands operands, String i, IntFunction<String> indices) {
            return scalars.at(new Scalars.Leaves(k -> operands.at(k, i), k -> null, indices)).write(reduce.body());
        }

        /** Which of the kept axes an axis is; only where axes are not joined. */
        private int keptAxis(int axis) {
            return axis - (int) reduce.axes().stream().filter(folded -> folded < axis).count();
        }

        private List<String> coordinates(Nest nest, String position) {
            return LoopKernel.readsIndex(reduce.body()) ? nest.coordinates(position) : List.of();
        }

        private String along(Nest.Run run, int axis, String i) {
            var start = run.coordinates().get(axis);
            return axis == folded - 1 ? code.integer("add", start, i) : start;
        }

        private List<String> sums(List<String> x, List<String> y) {
            var sums = new ArrayList<String>();
            for (int k = 0; k < x.size(); k++) {
                sums.add(code.integer("add", x.get(k), y.get(k)));
            }
            return sums;
        }

        /** Results themselves where there is one chunk, else partial states: of what {@code states} hands over. */
        private void store(String part, Consumer<BiConsumer<String, List<String>>> states) {
            var single = code.emit("icmp eq i64 " + chunks + ", 1");
            code.branch(single, () -> states.accept(this::result), () -> states.accept((position, state) -> {
                for (int k = 0; k < state.size(); k++) {
                    code.store(folding.wide().get(k).type(), state.get(k), slot(position, part, k));
                }
            }));
        }

        private void result(String position, List<String> state) {
            scalars.memory().store(folding.result(state, reduce.output()), output, position);
        }

        /** Neighbouring outputs' states of one chunk lie side by side. */
        private String slot(String position, String part, int k) {
            var plane = k == 0 ? part : code.emit("add i64 " + part + ", " + chunks);
            return code.element("i64", partial, code.emit("add i64 " + code.emit("mul i64 " + plane + ", " + outputs)
                    + ", " + position));
        }

        Code finish() {
            var wide = folding.wide();
            allocate(wide, FINISHED);
            code.loop("%begin", "%end", Integer.toString(FINISHED), List.of(), (start, none) -> {
                var end = code.minimum(code.emit("add i64 " + start + ", " + FINISHED), "%end");
                var count = code.emit("sub i64 " + end + ", " + start);
                code.independentLoop("0", count, j -> save(j, wide.stream().map(Code.Carried::initial).toList()));
                code.loop("0", chunks, "1", List.of(), (part, nothing) -> {
                    code.independentLoop("0", count, j -> {
                        var position = code.emit("add i64 " + start + ", " + j);
                        var next = new ArrayList<String>();
                        each((k, type) -> next.add(code.load(type, slot(position, part, k))));
                        save(j, folding.join(wide, saved(j), next));
                    });
                    return nothing;
                });
                code.independentLoop("0", count, j -> result(code.emit("add i64 " + start + ", " + j), saved(j)));
                return none;
            });
            return code;
        }
    }
}
