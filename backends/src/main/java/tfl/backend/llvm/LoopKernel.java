package tfl.backend.llvm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * Code for {@link Kernel.Loop}: function {@code kernel}, over ranges of output elements. Arguments: the
 * outputs, the inputs, the sizes of {@code rank} axes, then each input's strides, and the numbers of the call, which
 * are the inputs behind those of {@code inner}. Outputs are dense and may be the same memory as an input that is dense
 * too.
 *
 * @param streams whether outputs go past the caches: rank is 1 then, outputs are no inputs and begin at multiples of 64
 *     bytes, and ranges begin at multiples of 64 elements
 */
public record LoopKernel(Kernel.Loop loop, int rank, List<InnerStride> inner, boolean streams) implements KernelSource {
    /** Elements that are computed before they are moved to the outputs. */
    private static final int BLOCK = 512;

    @Override
    public String text() {
        var module = new Module();
        return module.add("kernel", new Writer(module.library()).write()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Scalars scalars;
        private final List<String> outputs;
        private final List<String> inputs;
        private final Nest nest;
        private final List<Value> numbers;

        Writer(MathLibrary library) {
            scalars = new Scalars(code, library);
            var arguments = new Arguments(code);
            outputs = arguments.pointers(loop.bodies().size());
            inputs = arguments.pointers(inner.size());
            nest = Nest.read(code, arguments, rank, inner);
            numbers = arguments.values(loop.inputs().subList(inner.size(), loop.inputs().size()));
        }

        Code write() {
            var blocks = new ArrayList<String>();
            if (streams) {
                loop.bodies().forEach(body -> blocks.add(code.emit("alloca [" + bytes(body.dtype())
                        + " x i8], align 64")));
            }
            nest.walk("%begin", "%end", List.of(), (run, none) -> {
                var operands = new Operands(code, loop.inputs(), inner, inputs, run.offsets(), nest::innerStride,
                        numbers);
                var whole = "0";
                if (streams) {
                    whole = code.emit("and i64 " + run.length() + ", -" + BLOCK);
                    code.loop("0", whole, Integer.toString(BLOCK), List.of(), (start, nothing) -> {
                        streamed(run, operands, blocks, start);
                        return nothing;
                    });
                }
                elements(run, operands, whole, run.length(), outputs, (i, position) -> position);
                return none;
            });
            if (streams) {
                code.streamed();
            }
            return code;
        }

        private void streamed(Nest.Run run, Operands operands, List<String> blocks, String start) {
            elements(run, operands, start, code.emit("add nsw i64 " + start + ", " + BLOCK), blocks,
                    (i, position) -> code.emit("sub nsw i64 " + i + ", " + start));
            for (int k = 0; k < blocks.size(); k++) {
                var dtype = loop.bodies().get(k).dtype();
                var to = code.emit("mul i64 " + code.integer("add nsw", run.position(), start) + ", " + dtype.bytes());
                code.stream(blocks.get(k), 64, code.element("i8", outputs.get(k), to), Integer.toString(bytes(dtype)));
            }
        }

        private static int bytes(DType dtype) {
            return BLOCK * dtype.bytes();
        }

        /** Elements of a run, each stored at the place that its step and position lead to. */
        private void elements(Nest.Run run, Operands operands, String from, String to, List<String> targets,
                BiFunction<String, String, String> place) {
            Consumer<String> element = i -> {
                var leaves = scalars.at(new Scalars.Leaves(k -> operands.at(k, i), k -> null,
                        axis -> coordinate(run, axis, i)));
                var at = place.apply(i, code.integer("add nsw", run.position(), i));
                var values = loop.bodies().stream().map(leaves::write).toList();
                for (int k = 0; k < values.size(); k++) {
                    scalars.memory().store(values.get(k), targets.get(k), at);
                }
            };
            // An inner axis may be shorter than what two rounds of vectors hold.
            if (rank == 1) {
                code.longIndependentLoop(from, to, element);
            } else {
                code.independentLoop(from, to, element);
            }
        }

        private String coordinate(Nest.Run run, int axis, String i) {
            var start = run.coordinates().get(axis);
            return axis == rank - 1 ? code.integer("add", start, i) : start;
        }
    }

    /** Whether positions matter to an expression, so that axes may not be joined. */
    public static boolean readsIndex(ScalarExpr expr) {
        return readsIndex(expr, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean readsIndex(ScalarExpr expr, Set<ScalarExpr> seen) {
        return expr instanceof ScalarExpr.Index
                || seen.add(expr) && expr.parts().stream().anyMatch(part -> readsIndex(part, seen));
    }
}
