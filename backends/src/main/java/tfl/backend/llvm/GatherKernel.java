package tfl.backend.llvm;

import java.util.List;
import tfl.kernel.BinaryOp;
import tfl.kernel.Kernel;
import tfl.kernel.ScalarExpr;
import tfl.tensor.DType;

/**
 * Code for {@link Kernel.Gather} and {@link Kernel.Scatter}. Arguments: a status word, the target, the source
 * (dense), the index tensors, elements of a block (the axes that no index addresses, which lie dense), the
 * number of index positions, for each index the size of the axis it addresses and that axis's stride, the
 * sizes of {@code rank} axes of the index tensors, their strides.
 *
 * <p>Function {@code kernel} goes over ranges of index positions to gather; to scatter it does all positions,
 * in order, for a range of each block. Whoever finds an index out of bounds leaves it out and sets the status
 * word.
 *
 * @param single whether a block is one element
 * @param fixed bytes of a block where code is written for that size alone, otherwise 0
 * @param ahead lines of 64 bytes that are fetched of blocks gathered later; 0 where their source is in a cache
 * @param streams whether gathered blocks go past the caches: they have a multiple of 64 bytes then
 * @param combine how scattered elements meet, null to gather
 */
public record GatherKernel(DType dtype, int indexed, int rank, List<InnerStride> inner, boolean single,
        int fixed, int ahead, boolean streams, Kernel.Combine combine) implements KernelSource {
    /** How many blocks ahead. */
    private static final int DISTANCE = 64;
    private static final int LINE = 64;

    @Override
    public String text() {
        var module = new Module();
        var writer = new Writer(module);
        return module.add("kernel", combine == null ? writer.gather() : writer.scatter()).text();
    }

    private final class Writer {
        private final Code code = new Code();
        private final Arguments arguments = new Arguments(code);
        private final Scalars scalars;
        private final String status = arguments.pointer();
        private final String target = arguments.pointer();
        private final String source = arguments.pointer();
        private final List<String> indices = arguments.pointers(indexed);
        private final String block = arguments.number();
        private final String positions = arguments.number();
        private final List<String> sizes = arguments.numbers(indexed);
        private final List<String> steps = arguments.numbers(indexed);
        private final Nest nest = Nest.read(code, arguments, rank, inner);

        Writer(Module module) {
            scalars = new Scalars(code, module.library());
        }

        /** Where an index position points: an offset in elements, and whether it is inside. */
        private record Place(String offset, String inside) {}

        private Place place(Operands operands, String i) {
            var offset = "0";
            var inside = "true";
            for (int k = 0; k < indexed; k++) {
                var index = operands.at(k, i).name();
                var fits = code.emit("icmp ult i64 " + index + ", " + sizes.get(k));
                inside = inside.equals("true") ? fits : code.emit("and i1 " + inside + ", " + fits);
                offset = code.integer("add", offset, code.integer("mul", index, steps.get(k)));
            }
            return new Place(code.emit("select i1 " + inside + ", i64 " + offset + ", i64 0"), inside);
        }

        private Operands operands(Nest.Run run) {
            var dtypes = indices.stream().map(each -> DType.I64).toList();
            return new Operands(code, dtypes, inner, indices, run.offsets(), nest::innerStride,
                    List.of());
        }

        private String bytes(String elements) {
            return code.integer("mul", elements, Integer.toString(dtype.bytes()));
        }

        Code gather() {
            var outside = nest.walk("%begin", "%end", List.of(new Code.Carried("i1", "false")),
                    (run, before) -> {
                var operands = operands(run);
                var carried = List.of(new Code.Carried("i1", before.getFirst()));
                return single ? code.independentLoop("0", run.length(), carried, (i, bad) ->
                        one(run, operands, i, bad))
                        : code.loop("0", run.length(), "1", carried, (i, bad) -> line(run, operands, i, bad));
            }).getFirst();
            report(outside);
            if (streams) {
                code.streamed();
            }
            return code;
        }

        private void report(String outside) {
            code.branch(outside, () -> code.line("store i64 1, ptr " + status), () -> { });
        }

        private List<String> one(Nest.Run run, Operands operands, String i, List<String> bad) {
            var place = place(operands, i);
            var value = scalars.memory().load(dtype, source, place.offset());
            scalars.memory().store(value, target, code.integer("add nsw", run.position(), i));
            return missed(bad, place);
        }

        private List<String> line(Nest.Run run, Operands operands, String i, List<String> bad) {
            if (ahead > 0) {
                fetch(run, operands, i);
            }
            var place = place(operands, i);
            var position = code.integer("mul", code.integer("add nsw", run.position(), i), block);
            var to = code.element("i8", target, bytes(position));
            var from = code.element("i8", source, bytes(place.offset()));
            if (streams && fixed > 0) {
                for (int at = 0; at < fixed; at += LINE) {
                    code.streamLine(from, dtype.bytes(), to, Integer.toString(at));
                }
            } else if (streams) {
                code.stream(from, dtype.bytes(), to, bytes(block));
            } else {
                code.line("call void @llvm.memcpy.p0.p0.i64(ptr " + to + ", ptr " + from + ", i64 "
                        + (fixed > 0 ? Integer.toString(fixed) : bytes(block)) + ", i1 false)");
            }
            return missed(bad, place);
        }

        private void fetch(Nest.Run run, Operands operands, String i) {
            var last = code.integer("sub", run.length(), "1");
            var later = code.minimum(code.integer("add", i, Integer.toString(DISTANCE)), last);
            var from = code.element("i8", source, bytes(place(operands, later).offset()));
            for (int at = 0; at < ahead * LINE; at += LINE) {
                // Not inbounds: the last block may end before.
                code.line("call void @llvm.prefetch.p0(ptr " + code.emit("getelementptr i8, ptr " + from + ", i64 "
                        + at) + ", i32 0, i32 3, i32 1)");
            }
        }

        private List<String> missed(List<String> bad, Place place) {
            var miss = code.emit("xor i1 " + place.inside() + ", true");
            return List.of(code.emit("or i1 " + bad.getFirst() + ", " + miss));
        }

        Code scatter() {
            var outside = nest.walk("0", positions, List.of(new Code.Carried("i1", "false")),
                    (run, before) -> {
                var operands = operands(run);
                var carried = List.of(new Code.Carried("i1", before.getFirst()));
                return code.loop("0", run.length(), "1", carried, (i, bad) -> {
                    var place = place(operands, i);
                    var from = code.integer("mul", code.integer("add nsw", run.position(), i), block);
                    code.branch(place.inside(), () -> merge(place.offset(), from), () -> { });
                    return missed(bad, place);
                });
            }).getFirst();
            report(outside);
            return code;
        }

        private void merge(String to, String from) {
            if (single) {
                mergeElement(to, from);
            } else {
                code.independentLoop("%begin", "%end", j -> mergeElement(code.integer("add nsw", to, j),
                        code.integer("add nsw", from, j)));
            }
        }

        private void mergeElement(String to, String from) {
            var next = scalars.memory().load(dtype, source, from);
            var value = combine == Kernel.Combine.SET ? next : combined(scalars.memory()
                    .load(dtype, target, to), next);
            scalars.memory().store(value, target, to);
        }

        private Value combined(Value there, Value next) {
            var leaves = new Scalars.Leaves(k -> k == 0 ? there : next, k -> null, axis -> null);
            return scalars.at(leaves).write(new ScalarExpr.Binary(switch (combine) {
                case ADD -> BinaryOp.ADD;
                case MUL -> BinaryOp.MUL;
                case MAX -> BinaryOp.MAX;
                default -> BinaryOp.MIN;
            }, new ScalarExpr.Input(0, dtype), new ScalarExpr.Input(1, dtype)));
        }
    }
}
