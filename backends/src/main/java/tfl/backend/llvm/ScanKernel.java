package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import tfl.kernel.Kernel;

/**
 * Code for {@link Kernel.Scan} over dense data {@code [outer, n, inner]}. Arguments: output, input, states,
 * n, inner, the length of a chunk, the number of chunks of a line, the columns of a block.
 *
 * <p>Where inner is more than one ({@code across}), function {@code kernel} takes units of one block of
 * neighbouring columns, which it scans side by side. Otherwise lines are cut into chunks: {@code totals}
 * folds each chunk (units: chunks of all lines), {@code starts} turns the totals into what comes before each
 * chunk (units: lines), and {@code kernel} scans {@link #CHAINS} chunks of a line at once (units: such
 * groups), since one chain of additions would wait for itself.
 */
public record ScanKernel(Kernel.Scan scan, boolean across) implements KernelSource {
    /** Chunks that are scanned at once. */
    public static final int CHAINS = 8;
    /** The most columns of a block. */
    public static final int WIDTH = 1024;

    @Override
    public String text() {
        var module = new Module();
        if (across) {
            return module.add("kernel", new Writer(module).columns()).text();
        }
        module.add("totals", new Writer(module).totals());
        module.add("starts", new Writer(module).starts());
        return module.add("kernel", new Writer(module).chains()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Scalars scalars;
        private final Folding folding;
        private final List<Code.Carried> wide;
        private final String output;
        private final String input;
        private final String states;
        private final String length;
        private final String inner;
        private final String chunk;
        private final String chunks;
        private final String width;

        Writer(Module module) {
            scalars = new Scalars(code, module.library());
            folding = new Folding(code, scalars, scan.fold(), scan.output());
            wide = folding.wide();
            var arguments = new Arguments(code);
            output = arguments.pointer();
            input = arguments.pointer();
            states = arguments.pointer();
            length = arguments.number();
            inner = arguments.number();
            chunk = arguments.number();
            chunks = arguments.number();
            width = arguments.number();
        }

        private List<String> neutral() {
            return wide.stream().map(Code.Carried::initial).toList();
        }

        /** Element {@code i} in the direction of the scan. */
        private String place(String line, String i) {
            var index = scan.reverse()
                    ? code.emit("sub i64 " + code.emit("sub i64 " + length + ", 1") + ", " + i) : i;
            return code.emit("add i64 " + code.emit("mul i64 " + line + ", " + length) + ", " + index);
        }

        private Value element(String place) {
            return scalars.cast(scan.output(), scalars.memory().load(scan.input(), input, place));
        }

        private List<String> step(List<String> state, String place) {
            var next = folding.join(wide, state, folding.widened(folding.single(element(place), "0")));
            var written = folding.result(scan.exclusive() ? state : next, scan.output());
            scalars.memory().store(written, output, place);
            return next;
        }

        private String slot(String unit, int k) {
            return code.element("i64", states, code.integer("add", code.emit("shl i64 " + unit + ", 1"),
                    Integer.toString(k)));
        }

        private List<String> loadState(String unit) {
            var state = new ArrayList<String>();
            for (int k = 0; k < wide.size(); k++) {
                state.add(code.emit("load " + wide.get(k).type() + ", ptr " + slot(unit, k)));
            }
            return state;
        }

        private void storeState(String unit, List<String> state) {
            for (int k = 0; k < wide.size(); k++) {
                code.line("store " + wide.get(k).type() + " " + state.get(k) + ", ptr " + slot(unit, k));
            }
        }

        private String endOf(String start) {
            return code.minimum(code.emit("add i64 " + start + ", " + chunk), length);
        }

        Code totals() {
            code.loop("%begin", "%end", "1", List.of(), (unit, none) -> {
                var line = code.emit("udiv i64 " + unit + ", " + chunks);
                var part = code.emit("sub i64 " + unit + ", " + code.emit("mul i64 " + line + ", " + chunks));
                var start = code.emit("mul i64 " + part + ", " + chunk);
                var count = code.emit("sub i64 " + endOf(start) + ", " + start);
                var state = folding.run(neutral(), count, "0",
                        i -> element(place(line, code.emit("add i64 " + start + ", " + i))));
                storeState(unit, state);
                return none;
            });
            return code;
        }

        Code starts() {
            code.loop("%begin", "%end", "1", List.of(), (line, none) -> {
                var first = code.emit("mul i64 " + line + ", " + chunks);
                code.loop("0", chunks, "1", wide, (part, before) -> {
                    var unit = code.emit("add i64 " + first + ", " + part);
                    var after = folding.join(wide, before, loadState(unit));
                    storeState(unit, before);
                    return after;
                });
                return none;
            });
            return code;
        }

        Code chains() {
            var groups = code.emit("udiv i64 " + code.emit("add i64 " + chunks + ", " + (CHAINS - 1)) + ", "
                    + CHAINS);
            code.loop("%begin", "%end", "1", List.of(), (unit, none) -> {
                var line = code.emit("udiv i64 " + unit + ", " + groups);
                var group = code.emit("sub i64 " + unit + ", " + code.emit("mul i64 " + line + ", "
                        + groups));
                var first = code.emit("mul i64 " + group + ", " + CHAINS);
                var end = code.emit("mul i64 " + code.emit("add i64 " + first + ", " + CHAINS) + ", "
                        + chunk);
                var whole = code.emit("icmp ule i64 " + end + ", " + length);
                code.branch(whole, () -> together(line, first), () -> {
                    var last = code.minimum(code.emit("add i64 " + first + ", " + CHAINS), chunks);
                    code.loop(first, last, "1", List.of(), (part, nothing) -> {
                        alone(line, part);
                        return nothing;
                    });
                });
                return none;
            });
            return code;
        }

        private String unit(String line, String part) {
            return code.emit("add i64 " + code.emit("mul i64 " + line + ", " + chunks) + ", " + part);
        }

        private void alone(String line, String part) {
            var start = code.emit("mul i64 " + part + ", " + chunk);
            code.loop(start, endOf(start), "1", carried(loadState(unit(line, part))),
                    (i, state) -> step(state, place(line, i)));
        }

        private List<Code.Carried> carried(List<String> state) {
            var carried = new ArrayList<Code.Carried>();
            for (int k = 0; k < state.size(); k++) {
                carried.add(new Code.Carried(wide.get(k % wide.size()).type(), state.get(k)));
            }
            return carried;
        }

        private void together(String line, String first) {
            var initial = new ArrayList<String>();
            var starts = new ArrayList<String>();
            for (int chain = 0; chain < CHAINS; chain++) {
                var part = code.integer("add", first, Integer.toString(chain));
                initial.addAll(loadState(unit(line, part)));
                starts.add(code.emit("mul i64 " + part + ", " + chunk));
            }
            code.loop("0", chunk, "1", carried(initial), (i, state) -> {
                var next = new ArrayList<String>();
                for (int chain = 0; chain < CHAINS; chain++) {
                    var own = state.subList(chain * wide.size(), (chain + 1) * wide.size());
                    next.addAll(step(own, place(line, code.emit("add i64 " + starts.get(chain) + ", " + i))));
                }
                return next;
            });
        }

        /** Blocks of columns side by side, their states in buffers. */
        Code columns() {
            var buffers = wide.stream().map(each -> code.emit("alloca [" + WIDTH + " x " + each.type()
                    + "], align 64"))
                    .toList();
            var perLine = code.emit("udiv i64 " + code.emit("add i64 "
                    + code.emit("sub i64 " + inner + ", 1") + ", "
                    + width) + ", " + width);
            code.loop("%begin", "%end", "1", List.of(), (unit, none) -> {
                var outer = code.emit("udiv i64 " + unit + ", " + perLine);
                var block = code.emit("sub i64 " + unit + ", " + code.emit("mul i64 " + outer + ", "
                        + perLine));
                var column = code.emit("mul i64 " + block + ", " + width);
                var count = code.minimum(code.emit("sub i64 " + inner + ", " + column), width);
                code.independentLoop("0", count, j -> each((k, type) ->
                        code.store(type, wide.get(k).initial(),
                        code.element(type, buffers.get(k), j))));
                code.loop("0", length, "1", List.of(), (i, nothing) -> {
                    var start = code.emit("add i64 " + code.emit("mul i64 " + place(outer, i) + ", " + inner)
                            + ", "
                            + column);
                    code.independentLoop("0", count, j -> {
                        var state = new ArrayList<String>();
                        each((k, type) -> state.add(code.load(type, code.element(type, buffers.get(k), j))));
                        var next = step(state, code.integer("add nsw", start, j));
                        each((k, type) -> code.store(type, next.get(k),
                                code.element(type, buffers.get(k), j)));
                    });
                    return nothing;
                });
                return none;
            });
            return code;
        }

        private void each(BiConsumer<Integer, String> action) {
            for (int k = 0; k < wide.size(); k++) {
                action.accept(k, wide.get(k).type());
            }
        }
    }
}
